/** The widget's style sheet: paper and ink, one accent, and colour only where it means something. What comes later has its own. */

import { PROPERTIES } from "../timeline/colours.js";
import { FACES } from "../timeline/fonts.js";
import { STYLE } from "../timeline/style.js";

const FRAME = /* css */ `
:host {
  display: block;
  min-inline-size: min(100%, 16em);
  container: loopscope / inline-size;
  contain-intrinsic-inline-size: 40em;
  color-scheme: inherit;
  font: max(14px, 1em)/1.5 var(--sans);
  color: var(--ink);
  direction: ltr;
  text-align: start;
  text-indent: 0;
  text-transform: none;
  letter-spacing: normal;
  word-spacing: normal;
  white-space: normal;
}
:host([hidden]), [hidden] { display: none !important }
:host([theme="light"]) { color-scheme: light }
:host([theme="dark"]) { color-scheme: dark }
*, ::before, ::after { box-sizing: border-box }
.frame {
  --stage: minmax(min-content, 1fr);
  display: grid;
  grid-template: "messages" auto "fallback" auto "program" auto "stage" var(--stage) "side" auto "events" auto / minmax(0, 1fr);
  block-size: 100%;
  background: var(--paper);
  border: 1px solid var(--rule);
  border-radius: var(--loopscope-radius, 6px);
  overflow: auto;
}
.frame > * { min-inline-size: 0 }
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
.fixed .picture { flex-basis: 140px; max-block-size: none }
.blank .picture, .blank .about, .blank .legend, .blank .events, .blank:not(.coded) .side { display: none }
/* Where there is little height, what explains gives way to what is explained. */
.low .about { display: none }
.low .picture { min-block-size: 96px; flex-basis: 96px }
.panel { padding: 12px 16px; border-block-start: 1px solid var(--rule); margin: 0 }
.head { margin: 0 0 4px; font: 600 .8125em/1.5 var(--sans); color: var(--soft) }
.empty { margin: 0; color: var(--soft) }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%) }
.alert, .note { margin: 0; padding: 12px 16px; overflow-wrap: anywhere }
.alert { background: var(--error-ground); border-inline-start: 4px solid var(--error) }
.note { color: var(--soft); font-size: .875em; border-block-end: 1px solid var(--rule) }
.picture { min-block-size: 140px; max-block-size: var(--loopscope-picture-height, 36em); overflow: hidden auto; position: relative; overscroll-behavior: contain }
.picture .empty { padding: 8px 16px }
.picture svg { display: block; position: relative }
.picture .space { min-block-size: 100% }
/* Not hidden: the legend paints with the patterns that are kept in it. */
.picture .empty:not([hidden]) + .space { block-size: 0 !important; min-block-size: 0; overflow: hidden }
.sheet { position: sticky; inset-block-start: 0 }
button, select { font: inherit; color: inherit; min-block-size: 44px; min-inline-size: 44px; border: 1px solid transparent; border-radius: 4px; background: none }
button:disabled { color: var(--edge); opacity: .6 }
button svg { inline-size: 18px; block-size: 18px; fill: currentColor; flex: none }
/* What comes later has its room from the start. */
.about { min-block-size: 48px; margin: 0; border-block-start: 1px solid var(--rule) }
.legend { min-block-size: 44px }
@container loopscope (max-width: 58em) { .legend { min-block-size: 66px } }
@container loopscope (max-width: 34em) { .legend { min-block-size: 84px } }
.low .legend { min-block-size: 44px }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 4px 16px 8px }
.buttons { display: flex; gap: 2px }
.buttons button { display: grid; place-items: center }
.buttons .main { grid-auto-flow: column; gap: 8px; inline-size: 112px; background: var(--ink); color: var(--paper); font-weight: 600 }
.track { display: flex; flex: 1 1 17em; align-items: center; gap: 8px; min-inline-size: 0 }
input[type="range"] { flex: 1 1 80px; min-inline-size: 60px; block-size: 44px; margin: 0; accent-color: var(--accent) }
.place { font-size: .8125em; font-variant-numeric: tabular-nums; color: var(--soft); white-space: nowrap; min-inline-size: 7.5em; text-align: end }
select { padding: 0 2px; border-color: var(--rule); font-size: .875em }
.output { display: flex; flex-direction: column }
.output ol { margin: 0; padding: 0; list-style: none; min-block-size: 4.8em; max-block-size: 14.4em; overflow: auto; font: .8125em/1.6 var(--mono); flex: 1 1 auto }
.output li { display: flex; gap: 12px }
.when { flex: none; color: var(--soft); min-inline-size: 4.5em; text-align: end }
.said { overflow-wrap: anywhere; white-space: pre-wrap }
.result { margin: 4px 0 0; font: .8125em/1.6 var(--mono); overflow-wrap: anywhere; min-block-size: 1.6em; color: var(--soft) }
.program { display: none }
.events summary { min-block-size: 44px; margin-block: -12px; display: list-item; align-content: center; font-size: .8125em; font-weight: 600; color: var(--soft) }
@container loopscope (max-width: 22em) {
  .legend { min-block-size: 128px }
  .buttons { gap: 0; flex-wrap: wrap }
  .buttons .main { inline-size: 84px; gap: 4px; font-size: .8125em }
  .controls { padding-inline: 8px }
  .track { flex-wrap: wrap; justify-content: end; gap: 0 8px }
  .track input { flex-basis: 100% }
}
@container loopscope (max-width: 48em) {
  .fixed { display: flex; flex-direction: column }
  .fixed > * { flex: none }
  .fixed > .stage { flex: 1 0 auto }
}
@container loopscope (min-width: 48em) {
  .sided:not(.coded) { grid-template: "messages messages" auto "fallback fallback" auto "stage side" var(--stage) "events events" auto / minmax(0, 1fr) minmax(11em, 28%) }
  .sided:not(.coded) .side { border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  .fixed > .side { min-block-size: 0; overflow: auto }
}
`;

/** One sheet of a kind for all widgets of a page. @type {Map<string, CSSStyleSheet>} */
const sheets = new Map();

/** @param {string} css */
function made(css) {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/** The sheet that every widget has. */
export const sheet = () => made(`:host{${PROPERTIES}${FACES}}${FRAME}${STYLE}`);

/** Adds a sheet to the widget that a node is in. @param {Node} node @param {string} css */
export function adopt(node, css) {
  const root = /** @type {ShadowRoot} */ (node.getRootNode());
  const sheet = made(css);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
