/** The timeline's panel: keeps the lanes of a run and draws them at the width there is. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("../timeline/scale.js").Cursor} Cursor
 */

import { Lanes } from "../timeline/lanes.js";
import { Renderer, standalone } from "../timeline/render.js";
import { Scale, TicksAxis, TimeAxis } from "../timeline/scale.js";
import { MARGIN, layout } from "../timeline/timeline.js";
import { make, write } from "./dom.js";

/** A live run is drawn on at least a second, or so many turns, and the picture grows in steps instead of all the time. */
const LEAST = { time: 1e9, ticks: 8 };
/** How much of the way to the new width is gone in a frame. */
const EASE = 0.22;

const EMPTY = { idle: "Press Run to see every turn.", loading: "Loading the engine…", running: "Starting…" };

export class Picture {
  #renderer = new Renderer();
  /** @type {Lanes | null} */
  #lanes = null;
  #width = 0;
  /** How much of the axis is shown just now; moves towards what there is. */
  #shown = 0;
  #scale = new Scale(0, 0, 0, 0);
  #empty = make("p", { class: "empty" });

  /** @param {(cursor: Cursor) => void} seek @param {() => void} resized */
  constructor(seek, resized) {
    this.node = make("div", { class: "picture", part: "timeline", tabindex: 0, role: "group", "aria-label": "Timeline" }, this.#empty);
    this.node.append(this.#renderer.node);
    this.observer = new ResizeObserver(([{ contentRect }]) => {
      if (Math.round(contentRect.width) === this.#width) return;
      this.#width = Math.round(contentRect.width);
      resized();
    });
    const point = (/** @type {PointerEvent} */ event) => {
      const left = this.#renderer.node.getBoundingClientRect().left;
      if (this.axis) seek(this.axis.seek(this.#scale.at(event.clientX - left)));
    };
    this.#renderer.node.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#renderer.node.setPointerCapture(event.pointerId);
      point(event);
    });
    this.#renderer.node.addEventListener("pointermove", (event) => {
      if (this.#renderer.node.hasPointerCapture(event.pointerId)) point(event);
    });
  }

  /** @type {import("../timeline/scale.js").Axis | null} */
  axis = null;

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    const { trace, state } = frame;
    const drawn = trace !== null && trace.length > 0;
    this.#empty.hidden = drawn;
    // Not hidden: the legend paints with the patterns that are kept in it.
    this.#renderer.node.classList.toggle("folded", !drawn);
    if (!drawn) {
      write(this.#empty, EMPTY[/** @type {"idle"} */ (state)] ?? "");
      if (trace === null) this.#lanes = this.axis = null;
      return false;
    }
    if (this.#lanes?.trace !== trace || this.axis?.name !== frame.axis) this.#begin(trace, frame.axis);
    if (this.#width === 0) return false;
    const settled = this.#grow(frame);
    const room = { left: MARGIN, right: this.#width - MARGIN };
    this.#scale = new Scale(0, this.#shown, room.left, room.right);
    const { lanes, axis } = this.#all();
    this.#renderer.motion = frame.motion && frame.playing;
    this.#renderer.draw(layout(lanes.update(), axis, this.#scale, frame.cursor, this.#width, axis.end(frame.edge)), room);
    this.#renderer.node.setAttribute("aria-label", `${lanes.all().length} lanes; the table of events tells the same`);
    return !settled;
  }

  /** The whole run as an SVG file. @param {Trace} trace @param {"time" | "ticks"} name @param {string} title @param {number} width */
  static file(trace, name, title, width = 960) {
    const axis = name === "ticks" ? new TicksAxis(trace) : new TimeAxis(trace);
    const room = { left: MARGIN, right: width - MARGIN };
    const end = axis.end(trace.end);
    const cursor = { index: trace.length, t: trace.end };
    return standalone(layout(new Lanes(trace).update(), axis, new Scale(0, end, room.left, room.right), cursor, width), room, title);
  }

  /** @param {Trace} trace @param {"time" | "ticks"} axis */
  #begin(trace, axis) {
    if (this.#lanes?.trace !== trace) this.#lanes = new Lanes(trace);
    this.axis = axis === "ticks" ? new TicksAxis(trace) : new TimeAxis(trace);
    this.#shown = 0;
  }

  #all() {
    if (!this.#lanes || !this.axis) throw new Error("nothing to draw");
    return { lanes: this.#lanes, axis: this.axis };
  }

  /** @param {Frame} frame */
  #grow({ state, edge, motion, axis }) {
    const end = this.#all().axis.end(edge);
    const live = state === "running" || state === "paused" || state === "loading";
    const goal = live ? Math.max(LEAST[axis], new Scale(0, end * 1.08, 0, 1).step(1)) : end;
    const first = this.#shown === 0 || !motion;
    const way = goal - this.#shown;
    this.#shown = first || Math.abs(way) < goal / 500 ? goal : this.#shown + way * EASE;
    return this.#shown === goal;
  }
}
