/** The widget's style sheet: paper and ink, one accent, and colour only where it means something. */

import { PROPERTIES } from "../timeline/colours.js";
import { STYLE } from "../timeline/style.js";

const FRAME = `
:host {
  display: block;
  min-inline-size: min(100%, 16rem);
  container: loopscope / inline-size;
  color-scheme: inherit;
  ${PROPERTIES}
  --sans: var(--loopscope-font, system-ui, sans-serif);
  --mono: var(--loopscope-code-font, ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace);
  font: 1rem/1.5 var(--sans);
  color: var(--ink);
}
:host([hidden]), [hidden] { display: none !important }
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
*, ::before, ::after { box-sizing: border-box }
:host, * { scrollbar-color: var(--edge) transparent; scrollbar-width: thin }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }

.frame {
  --stage: minmax(0, 1fr);
  display: grid;
  grid-template: "messages" auto "fallback" auto "program" auto "stage" var(--stage) "side" auto "events" auto / minmax(0, 1fr);
  block-size: 100%;
  background: var(--paper);
  border: 1px solid var(--rule);
  border-radius: var(--loopscope-radius, 6px);
  overflow: auto;
}
.frame > * { min-inline-size: 0; min-block-size: 0 }
.messages { grid-area: messages }
.program { grid-area: program }
.stage { grid-area: stage; display: flex; flex-direction: column }
.stage > * { flex: none }
.stage > .picture { flex: 1 1 auto }
.side { grid-area: side; border-block-start: 1px solid var(--rule) }
.side > .panel:first-child, .stage[hidden] + .side { border-block-start: 0 }
.events { grid-area: events }
slot:not([name]) { display: block; grid-area: fallback; padding-inline: 16px }
/* A height that was asked for: the picture gives way first, then the whole scrolls. */
.fixed { --stage: minmax(min-content, 1fr) !important }
.fixed .picture { flex-basis: 140px }
.blank .picture, .blank .about, .blank .legend, .blank .events, .blank:not(.coded) .side { display: none }
/* Where there is little height, what explains gives way to what is explained. */
.low .legend ul, .low .about { display: none }
.low .picture { min-block-size: 96px; flex-basis: 96px }
.low .legend { justify-content: end }
.panel { padding: 12px 16px; border-block-start: 1px solid var(--rule); min-block-size: 0; margin: 0 }
.head { margin: 0 0 4px; font: 600 .8125rem/1.5 var(--sans); color: var(--soft) }
.empty { margin: 0; color: var(--soft) }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%) }

.alert, .note { margin: 0; padding: 12px 16px; overflow-wrap: anywhere }
.alert { background: var(--error-ground); border-inline-start: 4px solid var(--error) }
.alert::before { content: "! "; font-weight: 700; color: var(--error) }
.note { color: var(--soft); font-size: .875rem; border-block-end: 1px solid var(--rule) }

.progress { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 0 16px; font-size: .875rem; border-block-end: 1px solid var(--rule) }
.progress progress { inline-size: 7rem; accent-color: var(--accent) }
.progress button { font-weight: 600; color: var(--accent); padding: 0 12px }

.picture { min-block-size: 140px; max-block-size: var(--loopscope-picture-height, 36rem); overflow: hidden auto; position: relative; overscroll-behavior: contain }
.picture:focus-visible { outline-offset: -3px }
.picture .empty { padding: 8px 16px }
.picture svg { display: block; position: relative; touch-action: pan-y; cursor: col-resize }
.picture .space { min-block-size: 100% }
.picture .folded { block-size: 0 !important; min-block-size: 0; overflow: hidden }
.sheet { position: sticky; inset-block-start: 0 }
.paint { position: absolute; inset: 0; pointer-events: none }
.about { display: flex; align-items: center; justify-content: space-between; gap: 4px 12px; margin: 0; padding: 0 16px; min-block-size: 48px; font-size: .8125rem; line-height: 1.35; border-block-start: 1px solid var(--rule) }
.about .told { overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden }
.about .go { flex: none; color: var(--accent); font-weight: 600; padding: 0 8px; max-inline-size: 40% }

::slotted([slot="figures"]) { border-block-start: 1px solid var(--rule) }

.legend { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 12px; padding: 0 8px 0 16px; font-size: .8125rem; color: var(--soft) }
.legend ul { display: flex; flex-wrap: wrap; gap: 4px 12px; font-size: .75rem; margin: 0; padding: 0; list-style: none }
.legend li { display: flex; align-items: center; gap: 6px }
.swatch { flex: none }
.choices { display: flex; flex-wrap: wrap; gap: 0 4px }
.choice { display: flex }
.choice .icon { display: grid; place-items: center; padding: 0 }

button, select { font: inherit; color: inherit; min-block-size: 44px; min-inline-size: 44px; border: 1px solid transparent; border-radius: 4px; background: none; cursor: pointer }
button:hover:not(:disabled), select:hover { background: var(--sunk) }
button:disabled { color: var(--edge); cursor: default; opacity: .6 }
button svg { inline-size: 18px; block-size: 18px; fill: currentColor; flex: none }
.choice button { padding: 0 8px; font-size: .8125rem; border-block-end: 2px solid transparent; border-radius: 0 }
.choice button[aria-pressed="true"] { color: var(--ink); font-weight: 600; border-block-end-color: var(--accent) }

.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 4px 16px 8px }
.buttons { display: flex; gap: 2px }
.buttons button { display: grid; place-items: center }
.buttons .main { grid-auto-flow: column; gap: 8px; inline-size: 112px; background: var(--ink); color: var(--paper); font-weight: 600 }
.buttons .main:hover { background: color-mix(in oklab, var(--ink), var(--paper) 18%) }
.track { display: flex; flex: 1 1 17rem; align-items: center; gap: 8px; min-inline-size: 0 }
input[type="range"] { flex: 1 1 80px; min-inline-size: 60px; block-size: 44px; margin: 0; accent-color: var(--accent); cursor: pointer }
.place { font-size: .8125rem; font-variant-numeric: tabular-nums; color: var(--soft); white-space: nowrap; min-inline-size: 7.5em; text-align: end }
select { padding: 0 2px; border-color: var(--rule); font-size: .875rem }
option { background: var(--paper); color: var(--ink) }

.output { display: flex; flex-direction: column }
.output ol { margin: 0; padding: 0; list-style: none; min-block-size: 4.5rem; max-block-size: 12rem; overflow: auto; font: .8125rem/1.6 var(--mono); flex: 1 1 auto }
.output li { display: flex; gap: 12px }
.when { flex: none; color: var(--soft); font-variant-numeric: tabular-nums; min-inline-size: 4.5em; text-align: end }
.said { overflow-wrap: anywhere; white-space: pre-wrap }
.result { margin: 4px 0 0; font: .8125rem/1.6 var(--mono); overflow-wrap: anywhere; min-block-size: 1.6em; color: var(--soft) }

.program { display: none }
.coded .program { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); border-block-end: 1px solid var(--rule) }
.code { display: flex; flex-direction: column; border: 0; padding-inline: 0 }
.code .head { padding-inline: 16px }
.code pre { margin: 0; overflow: auto; max-block-size: var(--loopscope-code-height, 22rem); font: .8125rem/1.6 var(--mono); tab-size: 4; position: relative; flex: 1 1 auto }
.code code { display: grid; inline-size: max-content; min-inline-size: 100%; font: inherit; counter-reset: line }
.code code > span { display: block; padding-inline: 0 16px; border-inline-start: 3px solid transparent; counter-increment: line }
.code code > span::before { content: counter(line); display: inline-block; inline-size: 3em; margin-inline-end: 1em; text-align: end; color: var(--edge) }
.code [data-linked], .output [data-linked] { background: color-mix(in oklab, var(--waiting) 16%, var(--paper)) }
.code [aria-current] { background: color-mix(in oklab, var(--accent) 14%, var(--paper)); border-color: var(--accent) }
.code [aria-current]::before { color: var(--ink); font-weight: 700 }
.comment { color: var(--soft) }
.string { color: var(--frozen) }
.word { font-weight: 600 }

.notes ul { margin: 0; padding-inline-start: 1.2em; font-size: .875rem }
.link { min-block-size: 24px; min-inline-size: 24px; padding: 0 2px; color: var(--accent); text-decoration: underline }
.help { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 4px 12px; margin: 0; padding: 8px 16px; font-size: .875rem; border-block-start: 1px solid var(--rule) }
.help div { display: flex; gap: 12px }
.help dd { margin: 0 }
.help dt { min-inline-size: 3.5rem }
kbd { font: .8125rem/1.5 var(--mono); border: 1px solid var(--rule); border-radius: 3px; padding: 0 6px }

.events summary { min-block-size: 44px; margin-block: -12px; display: list-item; align-content: center; font-size: .8125rem; font-weight: 600; color: var(--soft); cursor: pointer }
.events .scroll { max-block-size: 17rem; overflow: auto; margin-block-start: 12px }
table { border-collapse: collapse; inline-size: 100%; font-size: .8125rem; font-variant-numeric: tabular-nums }
th { position: sticky; inset-block-start: 0; background: var(--paper); text-align: start; font-weight: 600; color: var(--soft) }
th, td { padding: 0 12px 0 4px; block-size: 28px; white-space: nowrap }
td:last-child { inline-size: 100% }
td button { min-block-size: 24px; min-inline-size: 36px; text-align: end; color: var(--accent); padding: 0 4px }
tr[aria-current] { background: color-mix(in oklab, var(--accent) 14%, var(--paper)) }
.space td { padding: 0; block-size: 0 }

@container loopscope (max-width: 20.75rem) {
  .buttons { gap: 0 }
  .buttons .main { inline-size: 84px; gap: 4px; font-size: .8125rem }
}
@container loopscope (max-width: 42rem) {
  .fixed { display: flex; flex-direction: column }
  .fixed > * { flex: none; min-block-size: auto }
  .fixed > .stage { flex: 1 0 auto }
}
@container loopscope (min-width: 42rem) {
  .sided:not(.coded) { grid-template: "messages messages" auto "fallback fallback" auto "stage side" var(--stage) "events events" auto / minmax(0, 1fr) minmax(11rem, 28%) }
  .sided:not(.coded) .side { border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  .fixed > .side { min-block-size: 0; overflow: auto }
  .coded .program { grid-auto-flow: column; grid-auto-columns: minmax(13rem, 17rem) }
  .coded .side { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr) }
  .coded ::slotted([slot="figures"]) { border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  ::slotted([slot="parameters"]) { border-inline-start: 1px solid var(--rule); overflow: auto }
}
@container loopscope (min-width: 58rem) {
  .coded { --stage: minmax(0, max-content); grid-template-rows: auto auto minmax(9rem, 1fr) var(--stage) auto auto }
  .sided.coded { grid-template: "messages messages" auto "fallback fallback" auto "program side" minmax(9rem, 1fr) "stage side" var(--stage) "events events" auto / minmax(0, 1fr) minmax(13rem, 18rem) }
  .sided.coded .side { display: block; overflow: auto; border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  .coded ::slotted([slot="figures"]) { border-block-start: 1px solid var(--rule); border-inline-start: 0 }
}
@media (pointer: coarse) {
  td { block-size: 44px }
  td button { min-block-size: 44px; min-inline-size: 44px }
}
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto; transition: none } }
@media (forced-colors: active) { .timeline { forced-color-adjust: none } }
`;

/** @type {CSSStyleSheet | undefined} */
let made;

/** One sheet for all widgets of a page. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(FRAME + STYLE);
  }
  return made;
}
