/**
 * What a lane does at a place, in words: for the labels and the bars.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 */

import { FROZEN, READY, RUNNING, WAITING } from "../trace/state.js";
import { subjectName } from "../trace/words.js";

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
