/**
 * The whole of a run as an SVG file that needs nothing around it, on paper and at night.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { plain } from "./plain.js";
import { Lanes } from "./lanes.js";
import { Renderer } from "./render.js";
import { MARGIN, Rows } from "./rows.js";
import { Scale, TimeAxis } from "./scale.js";
import * as scenery from "./scenery.js";
import { STYLE } from "./style.js";
import { svg } from "./svg.js";
import { layout } from "./timeline.js";

/** Signs that no XML may hold; a name in a saved run may. */
const NO_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Cs}\ufffe\uffff]/gu;

/** @param {Trace} trace @param {"time" | "ticks"} name @param {string} words what it is called @param {number} [width] */
export function file(trace, name, words, width = 960) {
  const axis = name === "ticks" ? new scenery.TicksAxis(trace) : new TimeAxis(trace);
  const room = { left: MARGIN, right: width - MARGIN };
  const lanes = new Lanes(trace, scenery).update();
  const rows = new Rows().update(lanes);
  const end = axis.end(trace.end);
  const picture = layout(lanes, rows, axis, new Scale(0, end, room.left, room.right), { index: trace.length, t: trace.end }, { width, edge: end }, null, scenery);
  const renderer = new Renderer();
  renderer.add(scenery);
  renderer.draw(picture, room);
  for (const node of [renderer.cursor, renderer.veil, renderer.floor]) node.remove();
  // On a page that it is pasted into, it styles nothing but itself.
  const css = `${STYLE}${scenery.STYLE}.timeline .paper { fill: var(--paper) }`.replace(/(^|[,}])\s*\.timeline/g, "$1\nsvg.timeline");
  const coloured = css.match(/[^{}]+\{[^{}]*var\([^{}]*\}/g)?.join("") ?? "";
  const style = svg("style");
  style.textContent = `${plain(css, 0)}\n@media (prefers-color-scheme: dark) {${plain(coloured, 1)}\n}\n`;
  const title = svg("title");
  title.textContent = words;
  const paper = svg("rect", { class: "paper", width: picture.width, height: picture.height });
  renderer.node.prepend(title, style, paper);
  return new XMLSerializer().serializeToString(renderer.node).replace(NO_XML, "\ufffd");
}
