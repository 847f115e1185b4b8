/**
 * What goes from lane to lane: values on their way to whoever asked for them.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./rows.js").Rows} Rows
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, fromX: Px, fromY: Px, w: Px, text: string, lane: Lane, target: Lane, from: number, to: number, past: boolean }} Mark
 */

import { CHAR } from "./bars.js";
import { BAR, MARGIN, TEXT } from "./rows.js";

/** Marks that are closer than this are drawn as one. */
const APART = 7;

/** The middle of a lane's bar. @param {Rows} rows @param {Lane} lane @returns {Px} */
export function middle(rows, lane) {
  return (rows.of(lane)?.y ?? 0) + TEXT + BAR / 2;
}

/**
 * A mark for each value that was handed over; without its value where there is no room for it, and none where one is already.
 * @param {Lanes} lanes @param {Lane} lane @param {Rows} rows @param {Axis} axis @param {Scale} scale @param {number} index @param {Px} top @param {Mark[]} out
 * @param {Record<Px, Mark[]>} values those that are written already, by how high they lie: several lanes may give to one
 */
export function marks(lanes, lane, rows, axis, scale, index, top, out, values) {
  const { sent } = lane;
  /** How far the lane is taken: by marks, and by values. */
  let taken = -Infinity;
  let far = -Infinity;
  let k = Math.max(0, sent.before(axis.before(scale.start)));
  const last = axis.before(scale.beyond(scale.right + 1));
  while (k < sent.length && sent.at[k] < last) {
    const from = sent.at[k];
    const to = sent.value[k] < 0 ? from : sent.value[k];
    const at = scale.x(axis.of(to));
    if (at < taken || at < scale.left - 1) {
      // Straight to the first one that may lie free; what is sent is taken at once or later, never earlier.
      k = Math.max(k + 1, at < taken ? sent.before(axis.before(scale.beyond(taken))) : 0);
      continue;
    }
    const target = lanes.taker(lane, k) ?? lane;
    const y = middle(rows, target) - top;
    const fromY = middle(rows, lane) - top;
    const written = (values[y] ??= []);
    // Its own follow each other; only where another lane came before it, each has to be looked at.
    const free = (/** @type {Px} */ x, /** @type {Px} */ half) =>
      x - half > far && (written[0]?.lane === lane || written.every((value) => Math.abs(value.x - x) > value.w / 2 + half));
    const full = short(lanes.trace.textOf(from));
    const half = pill(full) / 2;
    // All of a value is seen, also at the end, and a little beside it.
    const beside = half + 2 - MARGIN;
    const place = Math.max(scale.left + beside, Math.min(at, scale.right - beside));
    const fits = free(place, half);
    const text = fits ? full : "";
    // Neither a dot nor the end of a line hides the value that it lies on.
    const w = fits || free(at, 3) ? pill(text) : 0;
    const mark = {
      key: `mark-${from}`,
      x: fits ? place : at,
      y: w ? y : y + Math.sign(fromY - y) * 8,
      fromX: scale.x(axis.of(from)),
      fromY,
      w,
      text,
      lane,
      target,
      from,
      to,
      past: to < index,
    };
    out.push(mark);
    if (fits) {
      written.push(mark);
      far = place + half;
    }
    taken = at + APART;
    k += 1;
  }
}

/** How wide a value's mark is; without the value it is a dot. @param {string} text */
function pill(text) {
  return text ? Math.max(18, text.length * CHAR + 10) : 6;
}

/** @param {string} text */
function short(text) {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
