/**
 * What lies under a place of the picture, found in its geometry: it is the same whether SVG or a canvas shows it.
 *
 * @typedef {import("../timeline/lane.js").Lane} Lane
 * @typedef {import("../timeline/marks.js").Mark} Mark
 * @typedef {import("../timeline/timeline.js").Picture} Picture
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {{ lane: Lane | null, k: number, title: string, frame: { x: number, y: number, w: number, h: number } }} Hit
 *   an entry of a lane, or something that has a title of its own
 */

import { time } from "../trace/words.js";

/** How far from a thing a hand may be. */
const NEAR = 4;

/** @param {Picture} picture @param {Trace} trace @param {number} x @param {number} y @returns {Hit | null} */
export function hit({ marks, arrows, spans, gaps, bars, bands }, trace, x, y) {
  const inside = (/** @type {{ x: number, y: number, w: number, h?: number }} */ thing, h = thing.h ?? 18) =>
    x >= thing.x - 1 && x <= thing.x + thing.w + 1 && y >= thing.y && y <= thing.y + h;
  const mark = marks.find((mark) => Math.abs(mark.x - x) <= Math.max(mark.w / 2, NEAR) && Math.abs(mark.y - y) <= 9);
  if (mark) return thing(handed(mark, trace), { x: mark.x - Math.max(mark.w, 6) / 2, y: mark.y - 8, w: Math.max(mark.w, 6), h: 16 });
  const arrow = arrows.find((arrow) => Math.abs(arrow.x - x) <= NEAR && (y - arrow.y) * (y - arrow.fromY) <= 0);
  if (arrow) return thing(arrow.title, { x: arrow.x - 5, y: Math.min(arrow.y, arrow.fromY), w: 10, h: Math.abs(arrow.y - arrow.fromY) });
  const span = spans.find((span) => inside(span, 12));
  if (span) return thing(span.title, { ...span, h: 12 });
  const gap = gaps.find((gap) => inside(gap));
  if (gap) return thing(gap.title, { ...gap, h: 18 });
  // What runs lies above what waits.
  const bar = bars.findLast((bar) => bar.state === "running" && inside(bar)) ?? bars.findLast((bar) => inside(bar));
  if (bar) return { lane: bar.lane, k: bar.k, title: "", frame: bar };
  const band = bands.find((band) => inside(band));
  return band ? thing(`${band.name}: ${band.now}`, band) : null;
}

/** @param {Mark} mark @param {Trace} trace */
function handed({ lane, target, from, to }, trace) {
  return `${lane.name} yields ${trace.textOf(from)} to ${target.name} at ${time(trace.t[to])}`;
}

/** @param {string} title @param {{ x: number, y: number, w: number, h: number }} frame @returns {Hit} */
function thing(title, { x, y, w, h }) {
  return { lane: null, k: -1, title, frame: { x, y, w, h } };
}
