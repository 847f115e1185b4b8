/**
 * The bars of a lane on a scale. However many states there were, there are no more bars than columns of pixels: what
 * is shorter than one is put together, drawn as what lasted longest, with a foot of ink where it also ran.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Columns} Columns
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, w: Px, h: Px, state: string, text: string, lane: Lane, k: number }} Bar
 */

import { FROZEN, RUNNING, WAITING } from "../trace/state.js";
import { NAMES, isHeld, reason } from "./about.js";
import { BAR } from "./rows.js";

/** What runs for no measurable time is still seen: on the wall clock most turns are below the clock's step. */
const LEAST = { [RUNNING]: 3, 1: 2 };
/** The width of a character of the small type, roughly: enough to decide whether a word fits. */
export const CHAR = 6.6;
/** What a bar keeps free around its text; a mark may sit at its start. */
const PAD = 24;
/** So many of what lies in one column are looked at. */
const LOOKS = 8;
/** The width of a column: what is shorter than this is put together with what lies in the same one. */
export const GRAIN = 2;
/** The height of the foot. */
const FOOT = 5;

/** @param {Lanes} lanes @param {Lane} lane @param {Axis} axis @param {Scale} scale @param {Columns} columns @param {number} edge @param {Px} y @param {Bar[]} out */
export function bars(lanes, lane, axis, scale, columns, edge, y, out) {
  const { states } = lane;
  const x = (/** @type {number} */ i) => scale.x(i < 0 ? edge : axis.of(i));
  const { last } = columns;
  /** The last bar that stands for several states, which the next one may go on. @type {Bar | null} */
  let dust = null;
  let k = Math.max(0, states.before(columns.counts[0]));
  while (k < states.length && states.at[k] <= last) {
    const from = x(states.at[k]);
    const to = x(lane.until(k));
    const state = states.value[k];
    if (state === 0) {
      k += 1;
      continue;
    }
    if (to - from >= GRAIN) {
      out.push(bar(lanes, lane, k, Math.max(from, scale.left - 4), y, Math.min(to, scale.right + 4), state));
      dust = null;
      k += 1;
      continue;
    }
    const next = grains(lane, k, columns.after(from), x);
    const { main, ran } = mixture(lane, k, next, x);
    const end = Math.max(x(lane.until(next - 1)), from + (LEAST[/** @type {1} */ (main)] ?? (next - k > 1 ? GRAIN : 0)));
    if (dust && dust.k >= 0 && dust.state === NAMES[main] && from <= dust.x + dust.w + 0.5) dust.w = Math.max(dust.w, end - dust.x);
    else if (end > from) {
      dust = { key: `${lane.key}-${k}`, x: from, y, w: end - from, h: BAR, state: NAMES[main], text: "", lane, k };
      out.push(dust);
    }
    if (ran && main !== RUNNING) foot(out, lane, k, from, y, Math.max(end, from + GRAIN));
    k = next;
  }
}

/** @param {Lanes} lanes @param {Lane} lane @param {number} k @param {Px} from @param {Px} y @param {Px} to @param {number} state @returns {Bar} */
function bar(lanes, lane, k, from, y, to, state) {
  const w = Math.max(to - from, LEAST[/** @type {1} */ (state)] ?? 0);
  const text = w > 40 && !lane.beats && (state === WAITING || state === FROZEN) ? reason(lanes, lane, k) : "";
  const name = state === WAITING && isHeld(lanes, lane.states.extra[k]) ? "held" : NAMES[state];
  return { key: `${lane.key}-${k}-${name}`, x: from, y, w, h: BAR, state: name, text: text.length * CHAR + PAD < w ? text : "", lane, k };
}

/** Up to which entry all begin and end in the column that entry `k` begins in. @param {Lane} lane @param {number} k @param {number} index @param {(i: number) => Px} x */
function grains(lane, k, index, x) {
  const next = lane.states.before(index) + 1;
  if (next <= k + 1) return k + 1;
  // The last one may begin in this column and go on for many.
  return x(lane.until(next - 1)) - x(lane.states.at[next - 1]) >= GRAIN ? next - 1 : next;
}

/** What lasted longest from entry `from` up to `to`, and whether it also ran. @param {Lane} lane @param {number} from @param {number} to @param {(i: number) => Px} x */
function mixture(lane, from, to, x) {
  const { at, value } = lane.states;
  if (to - from === 1) return { main: value[from], ran: value[from] === RUNNING };
  const long = [0, 0, 0, 0, 0, 0];
  let ran = false;
  // An odd way, so that of two states that take turns both are met.
  const way = Math.ceil((to - from) / LOOKS) | 1;
  for (let k = from; k < to; k += way) {
    ran ||= value[k] === RUNNING;
    long[value[k]] += x(lane.until(k)) - x(at[k]);
  }
  const most = long.indexOf(Math.max(...long.slice(1)), 1);
  return { main: long[most] > 0 ? most : ran ? RUNNING : value[to - 1] || value[from], ran };
}

/** @param {Bar[]} out @param {Lane} lane @param {number} k @param {Px} from @param {Px} y @param {Px} to */
function foot(out, lane, k, from, y, to) {
  // It is the last bar, or the one before the bar that it stands in.
  const last = [out[out.length - 1], out[out.length - 2]].find((bar) => bar?.h === FOOT && bar.lane === lane);
  if (last && from <= last.x + last.w + 0.5) last.w = to - last.x;
  else out.push({ key: `${lane.key}-foot-${k}`, x: from, y: y + BAR - FOOT, w: to - from, h: FOOT, state: "running", text: "", lane, k });
}
