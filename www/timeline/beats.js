/**
 * Where the loop starved: a task whose time had come was not given its turn. Shown in the lanes that are there to show it.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, w: Px, text: string, title: string }} Gap
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
    out.push({ key: `late-${cause}`, x, y, w, text: text.length * CHAR + 12 < w ? text : "", title: `${lane.name} was due at ${time(due)} and came at ${time(came)}: something held the loop` });
  }
}
