/** How that looks which a hand and an eye want when the first picture stands. */

export const STYLE = /* css */ `
:host, * { scrollbar-color: var(--edge) transparent; scrollbar-width: thin }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
@media (forced-colors: active) { .timeline { forced-color-adjust: none } }
.picture:focus-visible { outline-offset: -3px }
.picture svg { touch-action: pan-y; cursor: col-resize; user-select: none; -webkit-user-select: none }
::slotted([slot="figures"]) { border-block-start: 1px solid var(--rule) }
button:not(:disabled), select, summary, input { cursor: pointer }
button:hover:not(:disabled), select:hover { background: var(--sunk) }
.buttons .main:hover { background: color-mix(in oklab, var(--ink), var(--paper) 18%) }
option { background: var(--paper); color: var(--ink) }
.about .told { overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.about .go { flex: none; color: var(--accent); font-weight: 600; padding: 0 8px; max-inline-size: 40% }
.legend ul { display: flex; flex-wrap: wrap; gap: 4px 12px; font-size: .923em; margin: 0; padding: 0; list-style: none }
.legend li { display: flex; align-items: center; gap: 6px }
.swatch { flex: none }
.choices { display: flex; flex-wrap: wrap; gap: 0 4px }
.choice { display: flex }
.choice .icon { display: grid; place-items: center; padding: 0 }
.choice button { padding: 0 8px; border-block-end: 2px solid transparent; border-radius: 0 }
.choice button[aria-pressed="true"] { color: var(--ink); font-weight: 600; border-block-end-color: var(--accent) }
.full { display: grid; place-items: center; min-block-size: 44px; padding: 0 8px; color: var(--accent) }
.notes ul { margin: 0; padding-inline-start: 1.2em; font-size: .875em }
.notes .empty { font-size: .875em }
.notes code { font-family: var(--mono) }
.help { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5em), 1fr)); gap: 4px 12px; margin: 0; padding: 8px 16px; font-size: .875em; border-block-start: 1px solid var(--rule) }
.help div { display: flex; gap: 12px }
.help dd { margin: 0 }
.help dt { min-inline-size: 4em }
kbd { font: .93em/1.5 var(--mono); border: 1px solid var(--rule); border-radius: 3px; padding: 0 6px }
.events .scroll { max-block-size: 17em; overflow: auto; margin-block-start: 12px }
table { border-collapse: collapse; inline-size: 100%; font-size: .8125em; font-variant-numeric: tabular-nums }
th { position: sticky; inset-block-start: 0; background: var(--paper); text-align: start; font-weight: 600; color: var(--soft) }
th, td { padding: 0 12px 0 4px; block-size: 28px; white-space: nowrap }
td:last-child { inline-size: 100% }
td button { min-block-size: 24px; min-inline-size: 36px; text-align: end; color: var(--accent); padding: 0 4px }
tr[aria-current] { background: color-mix(in oklab, var(--accent) 14%, var(--paper)) }
.space td { padding: 0; block-size: 0 }
@media (pointer: coarse) {
  td { block-size: 44px }
  td button { min-block-size: 44px; min-inline-size: 44px }
}
.low .legend { justify-content: end }
.low .legend ul { display: none }
.about { display: flex; align-items: center; justify-content: space-between; gap: 4px 12px; padding: 0 16px; font-size: .8125em; line-height: 1.35 }
.legend { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 12px; padding: 0 8px 0 16px; font-size: .8125em; color: var(--soft) }
.code [data-linked], .output [data-linked] { background: color-mix(in oklab, var(--waiting) 16%, var(--paper)) }
.link { min-block-size: 24px; min-inline-size: 24px; padding: 0 2px; color: var(--accent); text-decoration: underline }
.timeline .picked { fill: none; stroke: var(--ink); stroke-width: 2 }
.timeline .linked { fill: var(--accent); opacity: .9 }
`;
