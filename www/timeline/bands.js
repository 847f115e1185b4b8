/**
 * How much there was over time, as an area: a queue under its capacity line and hatched where it holds somebody back, a
 * gauge of what is held, the bytes that live. In each column of pixels the most that there was in it.
 *
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Columns} Columns
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {import("./levels.js").Levels} Levels
 * @typedef {import("./track.js").Track} Track
 * @typedef {{ key: string, kind: Track["kind"], x: Px, y: Px, w: Px, h: Px, steps: { x: Px, w: Px, y: Px }[], held: { x: Px, w: Px }[], line: Px, name: string, now: string }} Band
 *   `line` is where the capacity is, -1 for none
 */

import { bytes } from "../trace/words.js";
import { GRAIN } from "./bars.js";
import { BAND, TEXT } from "./rows.js";

/** @param {Lanes} lanes @param {Track} track @param {Axis} axis @param {Scale} scale @param {Columns} columns @param {number} edge @param {number} index @param {Px} y @returns {Band} */
export function band(lanes, track, axis, scale, columns, edge, index, y) {
  const h = BAND[track.kind];
  const most = Math.max(track.capacity, track.peak, 1);
  const end = Math.min(scale.x(edge), scale.right + 4);
  const top = y + TEXT;
  const height = (/** @type {number} */ level) => top + h - (level / most) * (h - 2);
  const held = steps(track.waiting, axis, scale, columns, end).filter(({ level }) => level > 0);
  return {
    key: track.key,
    kind: track.kind,
    x: scale.left,
    y: top,
    w: Math.max(0, end - scale.left),
    h,
    steps: steps(track.level, axis, scale, columns, end).map(({ x, w, level }) => ({ x, w, y: height(level) })),
    held: joined(held),
    line: track.capacity > 0 ? height(track.capacity) : -1,
    name: track.name,
    now: words(lanes, track, index),
  };
}

/** The level over each stretch in which it does not change, or over each column in which it does. @param {Levels} series @param {Axis} axis @param {Scale} scale @param {Columns} columns @param {Px} end */
function steps(series, axis, scale, columns, end) {
  /** @type {{ x: Px, w: Px, level: number }[]} */
  const list = [];
  let k = Math.max(0, series.before(columns.counts[0]));
  const x = (/** @type {number} */ k) => Math.min(k < series.length ? scale.x(axis.of(series.at[k])) : end, end);
  while (k < series.length) {
    const from = Math.max(x(k), scale.left - 4);
    if (from >= end) break;
    const next = Math.max(k + 1, series.before(columns.after(from)) + 1);
    // What begins in this column and lasts is a step of its own.
    const cut = next > k + 1 && x(next) - x(next - 1) >= GRAIN ? next - 1 : next;
    const to = cut < next ? Math.max(x(cut), from) : Math.max(x(next), from);
    list.push({ x: from, w: to - from, level: series.most(k, cut) });
    k = cut;
  }
  return list;
}

/** Stretches that touch each other as one. @param {{ x: Px, w: Px }[]} list */
function joined(list) {
  /** @type {{ x: Px, w: Px }[]} */
  const out = [];
  for (const { x, w } of list) {
    const last = out[out.length - 1];
    if (last && x <= last.x + last.w + 0.5) last.w = Math.max(last.w, x + w - last.x);
    else out.push({ x, w: Math.max(w, 1) });
  }
  return out;
}

/** How much there is of it just now. @param {Lanes} lanes @param {Track} track @param {number} index */
export function words(lanes, track, index) {
  const level = track.at(index);
  if (track.kind === "memory") return `${bytes(level)} live, ${bytes(track.peak)} at most`;
  const waiting = track.waitingAt(index);
  const of = track.capacity > 0 ? ` of ${track.capacity}` : "";
  const who = waiting === 0 ? "" : track.kind === "queue" ? `, full: ${waiting} held back` : `, ${waiting} waiting`;
  const kind = lanes.trace.resourceOf(track.id)?.kind ?? "";
  return `${kind === track.name ? "" : `${kind}, `}${level}${of} ${track.kind === "queue" ? "in it" : "held"}${who}`;
}
