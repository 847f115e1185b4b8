/**
 * What lies below what: lanes under the task that made them, a queue between those who use it, a gauge above the first
 * one who took of it, memory at the end.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./track.js").Track} Track
 * @typedef {{ lane: Lane | null, track: Track | null, y: Px, h: Px }} Row
 * @typedef {{ lanes: boolean, queue: boolean, memory: boolean }} Shown
 */

/** The room to the left and right of the axis, for marks that sit at its very ends. */
export const MARGIN = 16;
/** A row is a line of text and what is drawn under it, so that labels never take width from the time. */
export const TEXT = 20;
/** The height of what is drawn. */
export const BAR = 18;
export const BRACKET = 15;
/** More nested contexts than these are drawn over each other. */
export const LEVELS = 5;
export const BAND = { queue: 30, gauge: 16, memory: 34 };
const GAP = 8;
const TOP = 6;
/** So many bytes are worth a row. */
export const LOUD = 65536;

/** @type {Shown} */
const ALL = { lanes: true, queue: true, memory: false };

export class Rows {
  /** @type {Row[]} */
  list = [];
  /** The height of all of them. */
  height = TOP;
  #version = "";
  /** @type {Map<Lane | Track, Row>} */
  #of = new Map();

  /** Puts them in order, if there are other ones than before. @param {Lanes} lanes @param {Shown} [shown] */
  update(lanes, shown = ALL) {
    // Of the little that every program needs, nobody has to be told who did not ask.
    const memory = [...lanes.tracks.values()].filter(({ lane, peak }) => !lane && (shown.memory || (shown.lanes && peak >= LOUD)));
    const version = `${lanes.version} ${shown.lanes} ${shown.queue} ${memory.length}`;
    if (version === this.#version) return this;
    this.#version = version;
    this.list = [];
    this.height = TOP;
    this.#of.clear();
    /** @type {Map<Lane, Track[]>} */
    const above = new Map();
    /** @type {Map<Lane, Track[]>} */
    const below = new Map();
    for (const track of lanes.tracks.values()) {
      if (!track.lane || !(track.kind === "queue" ? shown.queue : shown.lanes)) continue;
      const side = track.kind === "gauge" && track.lane.parent ? above : below;
      side.set(track.lane, [...(side.get(track.lane) ?? []), track]);
    }
    /** What waits until the generators of its lane are through. @type {Track[]} */
    let late = [];
    for (const lane of lanes.all()) {
      if (lane.kind === "task") late = this.#tracks(late);
      this.#tracks(above.get(lane));
      if (shown.lanes) this.#add(lane, null, TEXT + BAR + Math.min(lane.brackets.length, LEVELS) * BRACKET);
      late = [...late, ...(below.get(lane) ?? [])];
    }
    this.#tracks(late);
    this.#tracks(memory);
    return this;
  }

  /** @param {Lane | Track} thing */
  of(thing) {
    return this.#of.get(thing);
  }

  /** The number of the row at a height. @param {Px} y */
  at(y) {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.list[middle].y + this.list[middle].h <= y) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.list.length - 1));
  }

  /** The rows that are seen from one height to another. @param {Px} top @param {Px} bottom */
  between(top, bottom) {
    return this.list.slice(this.at(top), this.at(bottom) + 1);
  }

  /** @param {Track[]} [tracks] @returns {Track[]} */
  #tracks(tracks = []) {
    for (const track of tracks) this.#add(null, track, TEXT + BAND[track.kind]);
    return [];
  }

  /** @param {Lane | null} lane @param {Track | null} track @param {Px} h */
  #add(lane, track, h) {
    const row = { lane, track, y: this.height, h: h + GAP };
    this.list.push(row);
    this.#of.set(/** @type {Lane | Track} */ (lane ?? track), row);
    this.height += row.h;
  }
}
