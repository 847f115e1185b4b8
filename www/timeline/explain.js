/**
 * All that can be said of what a lane does, and who ended it: for the line under the picture.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {{ text: string, event: number, lane: Lane | null, why: string }} About
 *   a sentence, the event it speaks of, and whose deed at which place ended it
 */

import { WAITING } from "../trace/state.js";
import { taskName, time } from "../trace/words.js";
import { doing } from "./about.js";

/** All that can be said of entry `k` of a lane: what, how long, who ended it. @param {Lanes} lanes @param {Lane} lane @param {number} k @returns {About} */
export function explain(lanes, lane, k) {
  const { trace } = lanes;
  const { states } = lane;
  const from = states.at[k];
  const to = lane.until(k);
  const span = to < 0 ? `since ${time(trace.t[from])}` : `${time(trace.t[to] - trace.t[from])} from ${time(trace.t[from])}`;
  const text = `${lane.name}: ${doing(lanes, lane, k)}, ${span}`;
  const event = states.extra[k] < 0 ? from : states.extra[k];
  if (states.value[k] !== WAITING) return { text, event, lane: null, why: "" };
  // What is said of a generator that waits is true of the task that it waits in.
  const wake = to >= 0 && trace.kindOf(to).name === "wake" ? to : -1;
  if (wake >= 0) {
    const by = lanes.task(trace.subject[wake]);
    const what = trace.textOf(wake);
    return { text: `${text}. ${by && by !== lane ? `${by.name} ended it` : "The loop ended it"}${what && `: ${what}`}`, event, lane: by === lane ? null : by, why: what };
  }
  return { text: `${text}. ${open(lanes, lane, event)}`, event, ...ender(lanes, event, lane) };
}

/** Who could end a wait that has not ended, as a sentence. @param {Lanes} lanes @param {Lane} lane @param {number} cause */
function open(lanes, lane, cause) {
  const { lane: other } = ender(lanes, cause, lane);
  if (other) return `${other.name} can end it`;
  if (lanes.trace.value[cause] > 0 && lanes.trace.kindOf(cause).value_name === "until") return `It ends at ${time(lanes.trace.value[cause])}`;
  return "Nobody has ended it yet";
}

/** Who could end a wait: who holds what it waits for, or a task that it made and that lives. @param {Lanes} lanes @param {number} cause @param {Lane} lane */
function ender(lanes, cause, lane) {
  const { trace } = lanes;
  const holders = [...(lanes.track(trace.subject[cause])?.holders.keys() ?? [])].filter((id) => id !== lane.id);
  const child = /to end/.test(trace.textOf(cause)) ? lane.children.find(({ kind, end }) => kind === "task" && end < 0) : undefined;
  const other = (holders.length > 0 ? lanes.task(holders[0]) : child) ?? null;
  return { lane: other, why: other ? `it has what ${taskName(trace, lane.id)} waits for` : "" };
}
