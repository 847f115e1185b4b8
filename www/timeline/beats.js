/**
 * Where the loop starved: a call that blocked it, and in the lanes that are there to show it, a task whose time had come and
 * that was not given its turn.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, w: Px, text: string, title: string, kind: "late" | "block" }} Gap
 */

import { WAITING } from "../trace/state.js";
import { time } from "../trace/words.js";
import { CHAR } from "./bars.js";

/** Less late than this is what a loop does all the time, in nanoseconds. */
const LATE = 5e6;

/** @param {Lanes} lanes @param {Lane} lane @param {Axis} axis @param {Scale} scale @param {Px} y @param {Gap[]} out */
export function gaps({ trace }, lane, axis, scale, y, out) {
  const { states } = lane;
  if (axis.name !== "time") return;
  const last = axis.before(scale.beyond(scale.right + 1));
  let taken = -Infinity;
  for (let k = Math.max(0, states.before(axis.before(scale.start))); k < states.length && states.at[k] <= last; k += 1) {
    const cause = states.extra[k];
    if (states.value[k] !== WAITING || cause < 0 || k + 1 >= states.length) continue;
    const due = trace.value[cause];
    const came = trace.t[states.at[k + 1]];
    if (!(due > 0) || came - due < LATE) continue;
    const x = scale.x(due);
    const w = scale.x(came) - x;
    if (w < 1 || x < taken) continue;
    taken = x + w;
    const text = `starved ${time(came - due)}`;
    out.push({ key: `late-${cause}`, x, y, w, text: text.length * CHAR + 12 < w ? text : "", title: `${lane.name} was due at ${time(due)} and came at ${time(came)}: something held the loop`, kind: "late" });
  }
}

/** @param {Lanes} lanes @param {Lane} lane @param {Axis} axis @param {Scale} scale @param {Px} y @param {Gap[]} out */
export function blocks({ trace }, lane, axis, scale, y, out) {
  if (axis.name !== "time") return;
  const list = lane.blocks;
  let taken = -Infinity;
  for (let k = Math.max(0, list.before(axis.before(scale.start))); k < list.length; k += 1) {
    const end = trace.t[list.at[k]];
    const from = end - list.value[k];
    const x = Math.max(scale.x(from), scale.left - 4);
    const w = Math.min(scale.x(end), scale.right + 4) - x;
    if (x > scale.right) break;
    if (w < 1 || x < taken - 0.5) continue;
    taken = x + w;
    const text = `blocks the loop for ${time(list.value[k])}`;
    const short = `blocks ${time(list.value[k])}`;
    out.push({ key: `block-${list.at[k]}`, x, y, w, text: [text, short].find((words) => words.length * CHAR + 12 < w) ?? "", title: `${lane.name}: ${text}, from ${time(from)}: nobody else gets a turn`, kind: "block" });
  }
}
