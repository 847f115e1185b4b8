/**
 * The timeline's panel: keeps the lanes of a run and draws the part that is chosen at the size there is.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("../timeline/scale.js").Axis} Axis
 * @typedef {import("../timeline/timeline.js").Scenery} Scenery
 */

import { Lanes } from "../timeline/lanes.js";
import { Renderer, heavy } from "../timeline/render.js";
import { LOUD, MARGIN, Rows } from "../timeline/rows.js";
import { Scale, TimeAxis } from "../timeline/scale.js";
import { AXIS, layout } from "../timeline/timeline.js";
import { make, write } from "./dom.js";
import { adopt } from "./styles.js";

/** A live run is drawn on at least a second, or so many turns, and the picture grows in steps instead of all the time. */
const LEAST = { time: 1e9, ticks: 8 };
/** How much of the way to the new width is gone in a frame. */
const EASE = 0.22;
/** How long a frame may read events, in milliseconds. */
const BUDGET = 6;

const EMPTY = { idle: "Run it to see every turn.", loading: "Loading the engine…", running: "Starting…" };

/** All of it is seen: so it is until a hand changes it. @typedef {Pick<import("../timeline/zoom.js").Zoom, "start" | "end" | "fitted" | "fit" | "grow" | "follow">} Part */

/** @type {(whole?: number) => Part} */
const all = () => ({ start: 0, end: 0, fitted: true, fit() {}, follow() {}, grow(whole) {
  this.end = whole;
} });

/** Events of which the picture shows more than the states of tasks and generators. */
const THINGS = ["enter-start", "acquire", "put", "get", "depth", "block", "cancel"];

export class Picture {
  zoom = all();
  /** @type {Axis | null} */
  axis = null;
  /** What a hand points at and picks; it comes with the hands. @type {import("./pointer.js").Pointer | null} */
  pointer = null;
  /** Which rows are wanted. */
  shown = { lanes: true, queue: true, memory: false };

  renderer = new Renderer();
  /** @type {Lanes | null} */
  lanes = null;
  rows = new Rows();
  scale = new Scale(0, 0, 0, 0);
  /** How long the axis is just now; moves towards what there is. */
  whole = 0;
  /** What was drawn last. @type {import("../timeline/timeline.js").Picture | null} */
  drawn = null;

  /** @type {import("../timeline/paint.js").Painter | null} */
  #painter = null;
  /** @type {Scenery | null} */
  #scenery = null;
  /** Whether it was sent for what few programs need. */
  #sent = false;
  #size = { width: 0, height: 0 };
  empty = make("p", { class: "empty" });
  #sheet = make("div", { class: "sheet" });
  #space = make("div", { class: "space" }, this.#sheet);
  /** How tall each scenario's picture was, so that a new run of it does not begin small. */
  #tall = { scenario: "", height: 0 };

  /** @param {() => void} redraw @param {(error: Error) => void} lost is told of what could not be fetched */
  constructor(redraw, lost) {
    this.redraw = redraw;
    this.lost = lost;
    this.node = make("div", { class: "picture", part: "timeline", tabindex: 0, role: "group", "aria-label": "Timeline" }, this.empty, this.#space);
    this.#sheet.append(this.renderer.node);
    this.observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = this.node;
      if (width === this.#size.width && height === this.#size.height) return;
      this.#size = { width, height };
      redraw();
    });
    this.node.addEventListener("scroll", () => redraw());
  }

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    const { trace, state } = frame;
    const drawn = trace !== null && trace.length > 0;
    this.empty.hidden = drawn;
    if (!drawn) {
      write(this.empty, EMPTY[/** @type {"idle"} */ (state)] ?? "");
      if (trace === null) this.#forget();
      return false;
    }
    if (!this.#scenery && (frame.axis === "ticks" || this.shown.memory || trace.has(THINGS) || trace.peak >= LOUD)) return this.#send();
    if (this.lanes?.trace !== trace || this.axis?.name !== frame.axis) this.#begin(trace, frame);
    if (this.#size.width === 0 || !this.lanes || !this.axis) return false;
    const lanes = this.lanes.update(BUDGET);
    if (!this.#scenery && lanes.beats) return this.#send();
    const settled = this.#grow(frame, this.axis);
    this.#room(lanes, frame);
    const { zoom, axis } = this;
    const edge = axis.end(frame.edge);
    zoom.grow(this.whole);
    if (frame.playing) zoom.follow(axis.cursor(frame.cursor), this.whole);
    const { width, height } = this.#size;
    const room = { left: MARGIN, right: width - MARGIN };
    const top = Math.min(this.node.scrollTop, Math.max(0, this.rows.height + AXIS - height));
    this.scale = new Scale(zoom.start, zoom.end, room.left, room.right);
    const picture = layout(lanes, this.rows, axis, this.scale, frame.cursor, { width, top, height: Math.max(height, 60), edge }, this.drawn, this.#scenery);
    this.drawn = picture;
    const painted = heavy(picture, this.#painter) && this.#paint(picture, room);
    this.renderer.motion = frame.motion && frame.playing;
    this.renderer.draw(picture, room, painted);
    if (this.#painter) this.#painter.node.hidden = !painted;
    this.pointer?.pick(frame);
    const part = zoom.fitted ? "" : ", a part of the run";
    this.renderer.node.setAttribute("aria-label", `${this.rows.list.length} lanes${part}; the events tell the same`);
    return !settled || !lanes.complete;
  }

  /** @param {Trace} trace @param {Frame} frame */
  #begin(trace, frame) {
    this.drawn = null;
    if (this.lanes?.trace !== trace) {
      this.lanes = new Lanes(trace, this.#scenery);
      this.rows = new Rows();
      this.pointer?.forget();
    }
    this.axis = frame.axis === "ticks" && this.#scenery ? new this.#scenery.TicksAxis(trace) : new TimeAxis(trace);
    this.zoom.fit();
    this.whole = 0;
    const { scenario } = trace.about;
    if (this.#tall.scenario !== scenario) this.#tall = { scenario, height: 0 };
  }

  /** Sends for what few programs need; until it comes, what was drawn stays. */
  #send() {
    if (!this.#sent) void import("../timeline/scenery.js").then((scenery) => {
      this.#scenery = scenery;
      this.renderer.add(scenery);
      this.#forget();
      adopt(this.node, scenery.STYLE);
      this.redraw();
    }).catch(this.lost);
    this.#sent = true;
    return false;
  }

  #forget() {
    this.lanes = this.axis = this.drawn = null;
    this.pointer?.forget();
  }

  /** Makes room for the rows; what there was of it stays, so that nothing jumps when a program runs again. @param {Lanes} lanes @param {Frame} frame */
  #room(lanes, { state }) {
    const height = this.rows.update(lanes, this.shown).height + AXIS;
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
    const first = this.whole === 0 || !motion;
    const way = goal - this.whole;
    this.whole = first || Math.abs(way) < goal / 500 ? goal : this.whole + way * EASE;
    return this.whole === goal;
  }

  /** Paints, if the painter is there; else sends for it, and until it comes SVG does what it can. @param {import("../timeline/timeline.js").Picture} picture @param {{ left: number, right: number }} room */
  #paint(picture, room) {
    if (this.#painter) this.#painter.draw(picture, room);
    else void import("../timeline/paint.js").then(({ Painter }) => {
      this.#painter ??= new Painter(this.redraw);
      this.#sheet.prepend(this.#painter.node);
      this.redraw();
    }).catch(this.lost);
    return this.#painter !== null;
  }
}
