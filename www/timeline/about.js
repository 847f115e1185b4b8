/**
 * What a lane does at a place, in words: for the labels, for the line under the picture, for the file.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {{ text: string, event: number, lane: Lane | null, why: string }} About
 *   a sentence, the event it speaks of, and whose deed at which place ended it
 */

import { FROZEN, READY, RUNNING, WAITING } from "../trace/state.js";
import { subjectName, taskName, time } from "../trace/words.js";

/** @type {Record<number, string>} */
export const NAMES = { [READY]: "ready", [RUNNING]: "running", [WAITING]: "waiting", [FROZEN]: "frozen" };

/** What is held by others while a task waits for it. */
const HELD = ["lock", "semaphore", "pool", "rate limiter"];

/** Whether a wait is one in which somebody is held back: by a queue that is full, by what others hold; not by time. @param {Lanes} lanes @param {number} cause */
export function isHeld({ trace }, cause) {
  if (cause < 0 || !trace.subject[cause]) return false;
  const kind = trace.resourceOf(trace.subject[cause])?.kind ?? "";
  return kind === "queue" ? trace.textOf(cause).startsWith("room") : HELD.includes(kind);
}

/** What entry `k` of a lane waits for, or the value it is frozen with. @param {Lanes} lanes @param {Lane} lane @param {number} k */
export function reason({ trace }, { states }, k) {
  const cause = states.extra[k];
  if (cause < 0) return "";
  return trace.textOf(cause) || (states.value[k] === FROZEN ? "" : subjectName(trace, cause));
}

/** @param {Lanes} lanes @param {Lane} lane @param {number} k */
export function doing(lanes, lane, k) {
  const state = lane.states.value[k];
  const why = reason(lanes, lane, k);
  if (state === FROZEN) return `suspended at yield${why && ` ${why}`}`;
  if (state === WAITING) return why ? `waiting for ${why}` : "waiting";
  return state === READY ? "ready, waits for its turn" : "running";
}

/** What a lane does after `index` events. @param {Lanes} lanes @param {Lane} lane @param {number} index */
export function now(lanes, lane, index) {
  if (lane.end >= 0 && lane.end < index) return ending(lanes, lane);
  const k = lane.at(index);
  return k < 0 ? "not begun" : doing(lanes, lane, k);
}

/** How a lane ended. @param {Lanes} lanes @param {Lane} lane */
function ending({ trace }, { kind, end }) {
  const text = trace.textOf(end);
  if (kind === "task") return text || "done";
  if (trace.kindOf(end).name === "drop") return "given up before its end";
  return text.startsWith("raised") ? text : "exhausted";
}

/** All that can be said of entry `k` of a lane: what, how long, who ended it. @param {Lanes} lanes @param {Lane} lane @param {number} k @returns {About} */
export function about(lanes, lane, k) {
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
