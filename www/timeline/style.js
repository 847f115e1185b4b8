/** How every picture looks; the widget adopts it, the exported file carries it. */
export const STYLE = /* css */ `
.timeline text { font: 12px/1 var(--sans); fill: var(--ink) }
.timeline .grid { stroke: var(--rule) }
.timeline .tick text { fill: var(--soft); font-variant-numeric: tabular-nums }
.timeline .label { font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round }
.timeline .label tspan + tspan { font-weight: 400; fill: var(--soft) }
.timeline .lane { fill: var(--sunk) }
.timeline .running { fill: var(--running) }
.timeline .ready { stroke: var(--ready); stroke-width: 1 }
.timeline .waiting { stroke: var(--waiting); stroke-width: 1 }
.timeline .bar .held { stroke: var(--error); stroke-width: 1 }
.timeline .frozen { stroke: var(--frozen); stroke-width: 1; stroke-dasharray: 3 2 }
.timeline pattern .ground-waiting { fill: var(--waiting-ground) }
.timeline pattern .ground-frozen { fill: var(--frozen-ground) }
.timeline pattern .ground-ready { fill: var(--paper) }
.timeline pattern .ground-held { fill: none }
.timeline pattern .ground-late { fill: var(--error-ground) }
.timeline pattern .line-waiting { stroke: var(--waiting); stroke-opacity: .45 }
.timeline pattern .line-frozen { stroke: var(--frozen); stroke-opacity: .45 }
.timeline pattern .line-held { stroke: var(--error); stroke-opacity: .7 }
.timeline pattern .dot { fill: var(--ready) }
.timeline .why { font-size: 11px; paint-order: stroke; stroke-width: 4px; stroke-linejoin: round }
.timeline .why.waiting-text { stroke: var(--waiting-ground) }
.timeline .why.held-text { stroke: var(--error-ground) }
.timeline .why.frozen-text { stroke: var(--frozen-ground) }
.timeline .mark line { stroke: var(--ink); stroke-width: 1.5 }
.timeline .mark rect { fill: var(--ink) }
.timeline .mark text { fill: var(--paper); font: 600 11px/1 var(--mono); text-anchor: middle }
.timeline .mark circle { fill: var(--ink) }
.timeline [data-past="false"] { opacity: .35 }
.timeline .floor { fill: var(--paper) }
.timeline .veil { fill: var(--paper); opacity: .68 }
.timeline .cursor line { stroke: var(--ink); stroke-width: 1.5 }
.timeline .cursor path { fill: var(--ink) }
`;
