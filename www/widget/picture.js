/**
 * The timeline's panel: keeps the lanes of a run and draws the part that is chosen at the size there is.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./hit.js").Hit} Hit
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("../timeline/lane.js").Lane} Lane
 * @typedef {import("../timeline/scale.js").Axis} Axis
 * @typedef {import("../timeline/scale.js").Cursor} Cursor
 * @typedef {{ seek(cursor: Cursor): void, redraw(): void, point(from: number, to: number, cause: number): void }} Wishes
 *   `point` tells from which event to which something is pointed at, and which one says why; -1 for nothing
 */

import { about } from "../timeline/about.js";
import { Lanes } from "../timeline/lanes.js";
import { Renderer, heavy } from "../timeline/render.js";
import { Rows } from "../timeline/rows.js";
import { Scale, TicksAxis, TimeAxis } from "../timeline/scale.js";
import { AXIS, MARGIN, layout } from "../timeline/timeline.js";
import { Zoom } from "../timeline/zoom.js";
import { make, write } from "./dom.js";
import { gestures } from "./gestures.js";
import { hit } from "./hit.js";

/** A live run is drawn on at least a second, or so many turns, and the picture grows in steps instead of all the time. */
const LEAST = { time: 1e9, ticks: 8 };
/** How much of the way to the new width is gone in a frame. */
const EASE = 0.22;
/** Of a line of the program that is pointed at, so many of its events are marked. */
const LINKS = 400;

/** How long a frame may read events, in milliseconds. */
const BUDGET = 8;

const EMPTY = { idle: "Press Run to see every turn.", loading: "Loading the engine…", running: "Starting…" };

export class Picture {
  zoom = new Zoom();
  /** @type {Axis | null} */
  axis = null;
  /** What the reader has picked, or points at, as an entry of a lane. @type {{ lane: Lane, k: number } | null} */
  picked = null;
  /** Events of other panels that are pointed at. @type {readonly number[]} */
  links = [];
  /** Which rows are wanted. */
  shown = { lanes: true, queue: true, memory: false };

  #renderer = new Renderer();
  /** @type {import("../timeline/paint.js").Painter | null} */
  #painter = null;
  /** @type {Lanes | null} */
  #lanes = null;
  #rows = new Rows();
  #size = { width: 0, height: 0 };
  /** How long the axis is just now; moves towards what there is. */
  #whole = 0;
  #scale = new Scale(0, 0, 0, 0);
  #empty = make("p", { class: "empty" });
  #sheet = make("div", { class: "sheet" });
  #space = make("div", { class: "space" }, this.#sheet);
  /** @type {import("../timeline/timeline.js").Picture | null} */
  #drawn = null;
  /** @type {Hit | null} */
  #hover = null;
  /** How tall each scenario's picture was, so that a new run of it does not begin small. */
  #tall = { scenario: "", height: 0 };

  /** @param {Wishes} wishes */
  constructor(wishes) {
    this.wishes = wishes;
    this.node = make("div", { class: "picture", part: "timeline", tabindex: 0, role: "group", "aria-label": "Timeline" }, this.#empty, this.#space);
    this.#sheet.append(this.#renderer.node);
    this.observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = this.node;
      if (width === this.#size.width && height === this.#size.height) return;
      this.#size = { width, height };
      wishes.redraw();
    });
    this.node.addEventListener("scroll", () => wishes.redraw());
    gestures(this.node, this.#renderer.node, {
      seek: (x, y) => this.#press(x, y),
      pan: (pixels) => this.#change((zoom) => zoom.pan(pixels / this.#scale.pixels, this.#whole)),
      zoom: (factor, x) => this.#change((zoom) => zoom.by(factor, this.#scale.at(x), this.#whole)),
      hover: (x, y) => this.#point(this.#drawn && hit(this.#drawn, x, y)),
      leave: () => this.#point(null),
      zoomed: () => !this.zoom.fitted,
      ruler: (y) => this.#drawn !== null && y > this.#drawn.bottom,
      look: (x, y) => this.#look(this.#drawn && hit(this.#drawn, x, y)),
    });
  }

  /** What is pointed at or picked, in words, and who ended it. */
  get pointed() {
    if (this.#hover?.title) return { text: this.#hover.title, to: "", jump: () => {} };
    const entry = this.#hover?.lane ? { lane: this.#hover.lane, k: this.#hover.k } : this.picked;
    if (!entry || !this.#lanes || entry.k >= entry.lane.states.length) return null;
    const { text, lane } = about(this.#lanes, entry.lane, entry.k);
    return { text, to: lane?.name ?? "", jump: () => this.jump(entry) };
  }

  /** Goes to whoever ended a wait, at the event with which that was done. @param {{ lane: Lane, k: number } | null} [entry] */
  jump(entry = this.picked) {
    const lanes = this.#lanes;
    const other = entry && lanes ? about(lanes, entry.lane, entry.k).lane : null;
    if (!entry || !lanes || !other) return;
    const end = entry.lane.until(entry.k);
    const index = end < 0 ? lanes.trace.length : end + 1;
    const k = Math.max(0, other.states.before(index));
    this.picked = { lane: other, k };
    this.#hover = null;
    this.#reveal(other);
    this.wishes.seek({ index, t: lanes.trace.t[index - 1] ?? 0 });
    this.#tell();
  }

  /** Picks a lane above or below, at the cursor. @param {-1 | 1} way @param {number} index */
  move(way, index) {
    const lanes = this.#rows.list.flatMap(({ lane }) => lane ?? []);
    const at = this.picked ? lanes.indexOf(this.picked.lane) + way : way > 0 ? 0 : lanes.length - 1;
    const lane = lanes[at];
    if (!lane) return;
    this.#hover = null;
    this.picked = { lane, k: Math.max(0, lane.states.before(index)) };
    this.#reveal(lane);
    this.#tell();
  }

  /** Shows a part, around the cursor if that is seen. @param {number} factor @param {Cursor} cursor */
  scale(factor, cursor) {
    const at = this.axis?.cursor(cursor) ?? 0;
    const middle = (this.zoom.start + this.zoom.end) / 2;
    this.#change((zoom) => zoom.by(factor, at >= zoom.start && at <= zoom.end ? at : middle, this.#whole));
  }

  fit() {
    this.#change((zoom) => zoom.fit());
  }

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    const { trace, state } = frame;
    const drawn = trace !== null && trace.length > 0;
    this.#empty.hidden = drawn;
    // Not hidden: the legend paints with the patterns that are kept in it.
    this.#space.classList.toggle("folded", !drawn);
    if (!drawn) {
      write(this.#empty, EMPTY[/** @type {"idle"} */ (state)] ?? "");
      if (trace === null) this.#forget();
      return false;
    }
    if (this.#lanes?.trace !== trace || this.axis?.name !== frame.axis) this.#begin(trace, frame);
    if (this.#size.width === 0 || !this.#lanes || !this.axis) return false;
    const lanes = this.#lanes.update(BUDGET);
    const settled = this.#grow(frame, this.axis);
    this.#room(lanes, frame);
    const { zoom, axis } = this;
    const edge = axis.end(frame.edge);
    zoom.grow(this.#whole);
    if (frame.playing) zoom.follow(axis.cursor(frame.cursor), this.#whole);
    const { width, height } = this.#size;
    const room = { left: MARGIN, right: width - MARGIN };
    const top = Math.min(this.node.scrollTop, Math.max(0, this.#rows.height + AXIS - height));
    this.#scale = new Scale(zoom.start, zoom.end, room.left, room.right);
    const picture = layout(lanes, this.#rows, axis, this.#scale, frame.cursor, { width, top, height: Math.max(height, 60), edge }, this.#drawn);
    this.#drawn = picture;
    const painted = heavy(picture) && this.#paint(picture, room);
    this.#renderer.motion = frame.motion && frame.playing;
    this.#renderer.draw(picture, room, painted);
    if (this.#painter) this.#painter.node.hidden = !painted;
    this.#pick(frame);
    const part = zoom.fitted ? "" : ", a part of the run";
    this.#renderer.node.setAttribute("aria-label", `${this.#rows.list.length} lanes${part}; the table of events tells the same`);
    return !settled || !lanes.complete;
  }

  /** @param {Trace} trace @param {Frame} frame */
  #begin(trace, frame) {
    this.#drawn = null;
    if (this.#lanes?.trace !== trace) {
      this.#lanes = new Lanes(trace);
      this.#rows = new Rows();
      this.picked = this.#hover = null;
    }
    this.axis = frame.axis === "ticks" ? new TicksAxis(trace) : new TimeAxis(trace);
    this.zoom.fit();
    this.#whole = 0;
    const { scenario } = trace.about;
    if (this.#tall.scenario !== scenario) this.#tall = { scenario, height: 0 };
  }

  #forget() {
    this.#lanes = this.axis = this.picked = this.#hover = this.#drawn = null;
  }

  /** Makes room for the rows; what there was of it stays, so that nothing jumps when a program runs again. @param {Lanes} lanes @param {Frame} frame */
  #room(lanes, { state }) {
    const height = this.#rows.update(lanes, this.shown).height + AXIS;
    if (this.#tall.height < height || (state === "done" && this.#tall.height !== height)) {
      this.#tall.height = height;
      this.#space.style.blockSize = `${height}px`;
      this.#size = { width: this.node.clientWidth, height: this.node.clientHeight };
    }
  }

  /** @param {Frame} frame @param {Axis} now */
  #grow({ trace, state, edge, motion, axis }, now) {
    const end = now.end(edge);
    const live = trace?.about.clock !== "virtual" && (state === "running" || state === "paused" || state === "loading");
    const goal = live ? Math.max(LEAST[axis], new Scale(0, end * 1.08, 0, 1).step(1)) : end;
    const first = this.#whole === 0 || !motion;
    const way = goal - this.#whole;
    this.#whole = first || Math.abs(way) < goal / 500 ? goal : this.#whole + way * EASE;
    return this.#whole === goal;
  }

  /** Paints, if the painter is there; else sends for it, and until it comes SVG does what it can. @param {import("../timeline/timeline.js").Picture} picture @param {{ left: number, right: number }} room */
  #paint(picture, room) {
    if (this.#painter) this.#painter.draw(picture, room);
    else void import("../timeline/paint.js").then(({ Painter }) => {
      this.#painter ??= new Painter();
      this.#sheet.prepend(this.#painter.node);
      this.wishes.redraw();
    });
    return this.#painter !== null;
  }

  /** @param {Frame} frame */
  #pick({ cursor }) {
    // What was picked by lane goes on with the cursor.
    if (this.picked && this.picked.lane.at(cursor.index) >= 0) this.picked.k = this.picked.lane.at(cursor.index);
    const entry = this.#hover?.lane ? this.#hover : this.picked;
    const bars = this.#drawn?.bars.filter(({ lane }) => lane === entry?.lane) ?? [];
    const frame = entry?.lane ? bars.find(({ k }) => k === entry.k) ?? bars.findLast(({ k }) => k <= entry.k) : this.#hover?.frame;
    const axis = /** @type {Axis} */ (this.axis);
    this.#renderer.pick(frame ?? null, this.links.slice(0, LINKS).map((i) => this.#scale.x(axis.of(i))));
  }

  /** @param {number} x @param {number} y */
  #press(x, y) {
    if (!this.axis || !this.#drawn) return;
    this.wishes.seek(this.axis.seek(this.#scale.at(x)));
    const found = y > this.#drawn.bottom ? null : hit(this.#drawn, x, y);
    this.picked = found?.lane ? { lane: found.lane, k: found.k } : null;
    this.#point(null);
    this.#tell();
  }

  /** @param {Hit | null} found */
  #point(found) {
    if (found?.lane === this.#hover?.lane && found?.k === this.#hover?.k && found?.title === this.#hover?.title) return;
    this.#hover = found;
    this.#tell();
  }

  #tell() {
    const entry = this.#hover?.lane ? { lane: this.#hover.lane, k: this.#hover.k } : this.picked;
    if (!entry) this.wishes.point(-1, -1, -1);
    else this.wishes.point(entry.lane.states.at[entry.k], entry.lane.until(entry.k), entry.lane.states.extra[entry.k]);
    this.wishes.redraw();
  }

  /** Shows what lies there as large as there is room. @param {Hit | null} found */
  #look(found) {
    const { axis } = this;
    if (!found?.lane || !axis) return this.fit();
    const to = found.lane.until(found.k);
    this.#change((zoom) => zoom.show(axis.of(found.lane?.states.at[found.k] ?? 0), to < 0 ? this.#whole : axis.of(to), this.#whole));
  }

  /** Scrolls to a lane. @param {Lane} lane */
  #reveal(lane) {
    const row = this.#rows.of(lane);
    if (!row) return;
    const { scrollTop, clientHeight } = this.node;
    if (row.y < scrollTop) this.node.scrollTop = row.y;
    else if (row.y + row.h + AXIS > scrollTop + clientHeight) this.node.scrollTop = row.y + row.h + AXIS - clientHeight;
  }

  /** @param {(zoom: Zoom) => void} change */
  #change(change) {
    change(this.zoom);
    this.wishes.redraw();
  }
}
