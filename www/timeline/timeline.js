/**
 * From lanes and a cursor to geometry: rows, bars, marks and labels in pixels. Pure; render.js draws what it returns.
 *
 * @typedef {import("./lanes.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./lanes.js").Segment} Segment
 * @typedef {import("./lanes.js").State} State
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Cursor} Cursor
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {{ key: string, x: Px, y: Px, w: Px, h: Px, state: State, text: string, title: string }} Bar
 * @typedef {{ key: string, y: Px, x: Px, name: string, now: string, state: State | "", generator: boolean }} Row
 * @typedef {{ key: string, x: Px, y: Px, fromX: Px, fromY: Px, w: Px, text: string, title: string, past: boolean }} Mark
 * @typedef {{ width: Px, height: Px, ticks: { key: string, x: Px, text: string, anchor: string }[], rows: Row[],
 *   bars: Bar[], marks: Mark[], cursor: Px, end: Px, bottom: Px }} Picture
 */

import { subjectName, taskName, time } from "../trace/words.js";

/** A lane is a line of text and a bar under it, so that labels never take width from the time. */
const ROW = 46;
const TOP = 6;
const BAR = { y: 20, h: 18 };
const AXIS = 24;
/** What runs for no measurable time is still seen: on the wall clock most turns are below the clock's step. */
const LEAST = { running: 3, ready: 2, waiting: 0, frozen: 0 };
/** The width of a character of the small type, roughly: enough to decide whether a word fits. */
const CHAR = 6.6;
/** Marks that are closer than this are drawn as one. */
const APART = 4;
/** What a bar keeps free around its text; a mark may sit at its start. */
const PAD = 24;

/** The room to the left and right of the axis, for marks that sit at its very ends. */
export const MARGIN = 16;

/**
 * @param {Lanes} lanes
 * @param {Axis} axis
 * @param {Scale} scale
 * @param {Cursor} cursor
 * @param {Px} width
 * @param {number} [edge] where a segment that is not over yet ends
 * @returns {Picture}
 */
export function layout(lanes, axis, scale, cursor, width, edge = scale.end) {
  const list = lanes.all();
  const top = new Map(list.map((lane, i) => [lane, TOP + i * ROW]));
  const y = (/** @type {Lane} */ lane) => /** @type {number} */ (top.get(lane)) + BAR.y;
  const x = (/** @type {number} */ i) => scale.x(i < 0 ? edge : axis.of(i));
  const bottom = TOP + list.length * ROW;
  const ticks = scale.ticks(axis.name === "time" ? 84 : 56, axis.name === "time" ? 0 : 1);
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : scale.end;
  return {
    width,
    height: bottom + AXIS,
    bottom,
    ticks: ticks.map((at) => tick(at, scale.x(at), axis.label(at, step, scale.end), width)),
    rows: list.map((lane) => row(lanes, lane, cursor, y(lane) - BAR.y)),
    bars: list.flatMap((lane) => bars(lanes, lane, x, y(lane))),
    marks: marks(lanes, x, y, cursor),
    cursor: scale.x(axis.cursor(cursor)),
    end: scale.x(edge),
  };
}

/** @param {number} at @param {Px} x @param {string} text @param {Px} width */
function tick(at, x, text, width) {
  const half = (text.length * CHAR) / 2;
  return { key: String(at), x, text, anchor: x < half ? "start" : x + half > width ? "end" : "middle" };
}

/**
 * A mark for each value that was handed over; without its value where there is no room for it, and none where one is already.
 * @param {Lanes} lanes
 * @param {(i: number) => Px} x
 * @param {(lane: Lane) => Px} y
 * @param {Cursor} cursor
 */
function marks(lanes, x, y, cursor) {
  /** How far each lane is taken: by marks, and by values. @type {Map<Lane, { mark: Px, value: Px }>} */
  const taken = new Map();
  /** @type {Mark[]} */
  const marks = [];
  for (const { from, to: end, lane, target: consumer } of lanes.passages) {
    const to = end < 0 ? from : end;
    const target = consumer ?? lane;
    const until = taken.get(lane) ?? { mark: -Infinity, value: -Infinity };
    const at = x(to);
    if (at < until.mark) continue;
    const full = short(lanes.trace.textOf(from));
    const fits = at - pill(full) / 2 >= until.value;
    const text = fits ? full : "";
    taken.set(lane, { mark: at + APART, value: fits ? at + pill(full) / 2 + 1 : until.value });
    marks.push({
      key: `mark-${from}`,
      x: at,
      y: y(target) + BAR.h / 2,
      fromX: x(from),
      fromY: y(lane) + BAR.h / 2,
      // A dot would hide the value that it lies on.
      w: fits || at - 3 >= until.value ? pill(text) : 0,
      text,
      title: `${name(lanes, lane)} yields ${lanes.trace.textOf(from)} to ${name(lanes, target)} at ${time(lanes.trace.t[to])}`,
      past: to < cursor.index,
    });
  }
  return marks;
}

/** How wide a value's mark is; without the value it is a dot. @param {string} text */
function pill(text) {
  return text ? Math.max(18, text.length * CHAR + 10) : 6;
}

/** @param {Lanes} lanes @param {Lane} lane @param {Cursor} cursor @param {Px} y @returns {Row} */
function row(lanes, lane, cursor, y) {
  const segment = lane.at(cursor.index);
  return {
    key: lane.key,
    x: MARGIN + lane.depth * 14,
    y: y + 13,
    name: name(lanes, lane),
    now: lane.end >= 0 && lane.end < cursor.index ? ending(lanes, lane) : segment ? state(lanes, segment) : "not begun",
    state: segment?.state ?? "",
    generator: lane.kind === "generator",
  };
}

/** @param {Lanes} lanes @param {Lane} lane @param {(i: number) => Px} x @param {Px} y */
function bars(lanes, lane, x, y) {
  /** @type {Bar[]} */
  const bars = [];
  /** @type {Map<State, Px>} */
  const drawn = new Map();
  for (const [i, segment] of lane.segments.entries()) {
    const start = x(segment.from);
    const real = x(segment.to) - start;
    const w = Math.max(real, LEAST[segment.state]);
    if (w <= 0) continue;
    // What adds too little to its like is not drawn: a million turns are no more bars than there are pixels.
    if (start + w - (drawn.get(segment.state) ?? -2) < (real < 1 ? 2 : 0.5)) continue;
    drawn.set(segment.state, start + w);
    const text = segment.state === "waiting" || segment.state === "frozen" ? reason(lanes, segment) : "";
    bars.push({
      key: `${lane.key}-${i}`,
      x: start,
      y,
      w,
      h: BAR.h,
      state: segment.state,
      text: text.length * CHAR + PAD < w ? text : "",
      title: `${name(lanes, lane)}: ${state(lanes, segment)}${span(lanes, segment)}`,
    });
  }
  return bars;
}

/** @param {Lanes} lanes @param {Lane} lane */
function name({ trace }, lane) {
  return lane.kind === "task" ? taskName(trace, lane.id) : trace.resourceOf(lane.id)?.name || `generator ${lane.id}`;
}

/** @param {Lanes} lanes @param {Segment} segment */
function state(lanes, segment) {
  const why = reason(lanes, segment);
  if (segment.state === "frozen") return `suspended at yield ${why}`;
  return segment.state === "waiting" && why ? `waiting for ${why}` : segment.state;
}

/** @param {Lanes} lanes @param {Segment} segment */
function reason({ trace }, { cause }) {
  return cause < 0 ? "" : trace.textOf(cause) || subjectName(trace, cause);
}

/** @param {Lanes} lanes @param {Segment} segment */
function span({ trace }, { from, to }) {
  return to < 0 ? "" : `, ${time(trace.t[to] - trace.t[from])} from ${time(trace.t[from])}`;
}

/** @param {Lanes} lanes @param {Lane} lane */
function ending({ trace }, lane) {
  return lane.kind === "generator" ? "exhausted" : trace.textOf(lane.end) || "done";
}

/** @param {string} text */
function short(text) {
  return text.length > 12 ? `${text.slice(0, 11)}…` : text;
}
