/**
 * From lanes and a cursor to geometry: rows, bars, marks and labels in pixels, of what is seen and of nothing else. Pure;
 * render.js and paint.js draw what it returns.
 *
 * @typedef {import("./bands.js").Band} Band
 * @typedef {import("./bars.js").Bar} Bar
 * @typedef {import("./beats.js").Gap} Gap
 * @typedef {import("./brackets.js").Span} Span
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./arrows.js").Arrow} Arrow
 * @typedef {import("./marks.js").Mark} Mark
 * @typedef {import("./rows.js").Row} Row
 * @typedef {import("./rows.js").Rows} Rows
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Cursor} Cursor
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {typeof import("./scenery.js")} Scenery what few programs need: contexts, queues, gauges, requests
 * @typedef {{ key: string, y: Px, h: Px, x: Px, name: string, now: string, state: string, generator: boolean, lane: boolean }} Label
 * @typedef {{ key: string, width: Px, height: Px, ticks: { key: string, x: Px, text: string, anchor: string }[], rows: Label[],
 *   bars: Bar[], marks: Mark[], arrows: Arrow[], spans: Span[], bands: Band[], gaps: Gap[], cursor: Px, end: Px, bottom: Px }} Picture
 */

import { NAMES, now } from "./about.js";
import { CHAR, GRAIN, bars } from "./bars.js";
import { marks } from "./marks.js";
import { MARGIN, TEXT } from "./rows.js";

export const AXIS = 24;

/**
 * @param {Lanes} lanes
 * @param {Rows} rows
 * @param {Axis} axis
 * @param {Scale} scale
 * @param {Cursor} cursor
 * @param {{ width: Px, top?: Px, height?: Px, edge?: number }} room what is seen of the rows: from `top` on, so high; and
 *   where a segment that is not over yet ends
 * @param {Picture | null} [last] what was drawn last: where only the cursor has moved, bars are where they were
 * @param {Scenery | null} [scenery] without it, nothing of that is in the picture
 * @returns {Picture}
 */
export function layout(lanes, rows, axis, scale, cursor, { width, top = 0, height = Infinity, edge = scale.end }, last = null, scenery = null) {
  const key = [lanes.read, rows.height, axis.name, scale.start, scale.end, width, top, height, edge].join();
  // Where there is more room than rows, the axis is at the bottom of it.
  const bottom = Number.isFinite(height) ? height - AXIS : rows.height;
  const ticks = scale.ticks(axis.name === "time" ? 84 : 56, axis.name === "time" ? 0 : 1);
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : scale.end - scale.start;
  const columns = scale.columns(axis, GRAIN);
  const seen = rows.between(top, top + bottom);
  const { bars: oldBars = [], spans = [], gaps: oldGaps = [] } = last?.key === key ? last : {};
  /** @type {Picture} */
  const picture = {
    key,
    width,
    height: bottom + AXIS,
    bottom,
    ticks: ticks.map((at) => tick(at, scale.x(at), axis.label(at, step, scale.end), width)),
    rows: seen.map((row) => cut(label(lanes, row, cursor, top, scenery), width)),
    bars: oldBars,
    marks: [],
    spans,
    bands: [],
    gaps: oldGaps,
    arrows: scenery?.arrows(lanes, rows, axis, scale, cursor.index, top) ?? [],
    cursor: scale.x(axis.cursor(cursor)),
    end: scale.x(edge),
  };
  /** @type {Record<Px, Mark[]>} */
  const values = {};
  for (const { lane, track, y } of seen) {
    if (lane) {
      marks(lanes, lane, rows, axis, scale, cursor.index, top, picture.marks, values);
      if (last?.key === key) continue;
      bars(lanes, lane, axis, scale, columns, edge, y + TEXT - top, picture.bars);
      scenery?.inLane(lanes, lane, axis, scale, edge, y - top, picture);
    } else if (track && scenery) picture.bands.push(scenery.band(lanes, track, axis, scale, columns, edge, cursor.index, y - top));
  }
  return picture;
}

/** @param {number} at @param {Px} x @param {string} text @param {Px} width */
function tick(at, x, text, width) {
  const half = (text.length * CHAR) / 2;
  return { key: String(at), x, text, anchor: x < half ? "start" : x + half > width ? "end" : "middle" };
}

/** What does not fit beside a name is cut; the line under the picture and the table have all of it. @param {Label} label @param {Px} width @returns {Label} */
function cut(label, width) {
  const room = Math.floor((width - label.x - MARGIN / 2) / CHAR) - label.name.length - 2;
  if (label.now.length <= room) return label;
  return { ...label, now: room > 4 ? `${label.now.slice(0, room - 1)}…` : "" };
}

/** @param {Lanes} lanes @param {Row} row @param {Cursor} cursor @param {Px} top @param {Scenery | null} scenery @returns {Label} */
function label(lanes, { lane, track, y, h }, cursor, top, scenery) {
  const place = { y: y + 13 - top, h };
  if (!lane) {
    const { key, name, lane: first } = /** @type {import("./track.js").Track} */ (track);
    return { ...place, key, x: MARGIN + (first?.depth ?? 0) * 14, name, now: scenery?.words(lanes, /** @type {import("./track.js").Track} */ (track), cursor.index) ?? "", state: "", generator: false, lane: false };
  }
  const k = lane.at(cursor.index);
  return {
    ...place,
    key: lane.key,
    x: MARGIN + lane.depth * 14,
    name: lane.name,
    now: now(lanes, lane, cursor.index),
    state: k < 0 ? "" : NAMES[lane.states.value[k]],
    generator: lane.kind === "generator",
    lane: true,
  };
}
