/**
 * Requests to stop, from lane to lane.
 *
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./rows.js").Rows} Rows
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, fromY: Px, title: string, past: boolean }} Arrow
 */

import { time } from "../trace/words.js";
import { middle } from "./marks.js";
import { BAR } from "./rows.js";

/** Who asked whom to stop. @param {Lanes} lanes @param {Rows} rows @param {Axis} axis @param {Scale} scale @param {number} index @param {Px} top @returns {Arrow[]} */
export function arrows(lanes, rows, axis, scale, index, top) {
  const { requests, trace } = lanes;
  const until = axis.before(scale.beyond(scale.right + 1));
  let low = 0;
  let high = requests.length;
  const first = axis.before(scale.start);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (requests[middle].at < first) low = middle + 1;
    else high = middle;
  }
  /** @type {Arrow[]} */
  const arrows = [];
  for (let k = low; k < requests.length && requests[k].at < until && arrows.length < 500; k += 1) {
    const { at, from, to } = requests[k];
    const why = trace.textOf(at);
    arrows.push({
      key: `stop-${at}`,
      x: scale.x(axis.of(at)),
      y: middle(rows, to) - top,
      fromY: (from ? middle(rows, from) : middle(rows, to) - BAR - 6) - top,
      title: `${from?.name ?? "the loop"} asks ${to.name} to stop${why && `: ${why}`}, at ${time(trace.t[at])}`,
      past: at < index,
    });
  }
  return arrows;
}
