/**
 * Context managers: a bracket from enter to exit, nested ones below. One whose exit never came is red and open.
 *
 * @typedef {import("./lane.js").Bracket} Bracket
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, w: Px, body: Px, exit: Px, text: string, title: string, kind: "whole" | "open" | "skipped" | "failed" }} Span
 *   `body` and `exit` are where the body begins and where it ends
 */

import { time } from "../trace/words.js";
import { CHAR } from "./bars.js";
import { BAR, BRACKET, LEVELS, TEXT } from "./rows.js";

/** Closer to each other than this they are not told apart. */
const APART = 2;

/** @param {Lanes} lanes @param {Lane} lane @param {Axis} axis @param {Scale} scale @param {number} edge @param {Px} y @param {Span[]} out */
export function brackets(lanes, lane, axis, scale, edge, y, out) {
  const first = axis.before(scale.start);
  const last = axis.before(scale.beyond(scale.right + 1));
  const x = (/** @type {number} */ i) => scale.x(i < 0 ? edge : axis.of(i));
  for (const [level, list] of lane.brackets.slice(0, LEVELS).entries()) {
    let taken = -Infinity;
    for (let k = from(list, first); k < list.length && list[k].enter <= last; k += 1) {
      const bracket = list[k];
      const end = bracket.exited >= 0 ? bracket.exited : lane.end;
      if (x(end) < taken) {
        k = Math.max(k, from(list, axis.before(scale.beyond(taken))) - 1);
        continue;
      }
      taken = Math.max(x(end), x(bracket.enter) + 1) + APART;
      out.push(span(lanes, lane, bracket, x, y + TEXT + BAR + 2 + level * BRACKET));
    }
  }
}

/** @param {Lanes} lanes @param {Lane} lane @param {Bracket} bracket @param {(i: number) => Px} x @param {Px} y @returns {Span} */
function span({ trace }, lane, bracket, x, y) {
  const { resource, enter, entered, exit, exited, kept } = bracket;
  const name = trace.resourceOf(resource)?.name || "context";
  const end = exited >= 0 ? exited : lane.end;
  const skipped = exited < 0 && lane.end >= 0;
  const error = exited >= 0 ? trace.textOf(exit >= 0 ? exit : exited) : "";
  const kind = skipped ? "skipped" : exited < 0 ? "open" : error && !kept ? "failed" : "whole";
  const words = { skipped: "its exit was skipped", open: "open", failed: `left with ${error}`, whole: kept ? `left, kept ${error} to itself` : "left" };
  const room = x(end) - x(enter);
  return {
    key: `context-${resource}`,
    x: x(enter),
    y,
    w: Math.max(room, 2),
    body: entered >= 0 ? x(entered) : x(enter),
    exit: exit >= 0 ? x(exit) : x(end),
    text: name.length * CHAR + 12 < room ? name : "",
    title: `${lane.name}, context ${name}: entered at ${time(trace.t[enter])}, ${words[kind]}${end >= 0 ? ` at ${time(trace.t[end])}` : ""}`,
    kind,
  };
}

/** The first bracket that ends behind an event. @param {Bracket[]} list @param {number} event */
function from(list, event) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { exited } = list[middle];
    if (exited >= 0 && exited < event) low = middle + 1;
    else high = middle;
  }
  return low;
}
