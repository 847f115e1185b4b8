/**
 * Draws a picture as SVG. Where there is too much for that, a painter draws what lies in the rows on a canvas beneath, and
 * words, axis and cursor stay here.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 * @typedef {{ left: number, right: number }} Room
 * @typedef {{ x: number, y: number, w: number, h: number } | null} Frame
 */

import * as layers from "./layers.js";
import { Layer, child, patterns, set, svg, write } from "./svg.js";

export { STYLE } from "./style.js";
export { svg } from "./svg.js";

/** More shapes than this make SVG slow. */
const MANY = 400;

/** Whether a picture is better painted. @param {Picture} picture */
export function heavy({ bars, marks, spans, gaps }) {
  return bars.length + 3 * marks.length + 2 * spans.length + gaps.length > MANY;
}

/** Nothing of it is drawn here. */
const EMPTY = /** @type {const} */ ({ bars: [], marks: [], spans: [], bands: [], gaps: [], arrows: [] });

/** The picture on the screen. */
export class Renderer {
  #ticks = /** @type {Layer<Picture["ticks"][0]>} */ (new Layer(
    () => svg("g", { class: "tick" }, svg("text")),
    (node, { x, text, anchor }) => {
      set(child(node, 0), { x, y: this.bottom + 17, "text-anchor": anchor });
      write(child(node, 0), text);
    }));

  #grid = /** @type {Layer<Picture["ticks"][0]>} */ (new Layer(
    () => svg("line", { class: "grid", y1: 0 }),
    (node, { x }) => set(node, { x1: x, x2: x, y2: this.bottom + 4 })));

  #lanes = /** @type {Layer<Picture["rows"][0]>} */ (new Layer(
    () => svg("rect", { class: "lane", height: 18, rx: 2 }),
    (node, { y }) => set(node, { x: this.left, y: y + 7, width: Math.max(0, this.right - this.left) })));

  #labels = /** @type {Layer<Picture["rows"][0]>} */ (new Layer(
    ({ generator, lane }) => svg("text", { class: `label${generator ? " generator" : lane ? "" : " thing"}` }, svg("tspan"), svg("tspan", { dx: 8 })),
    (node, { x, y, name, now }) => {
      set(node, { x, y });
      write(child(node, 0), name);
      write(child(node, 1), now);
    }));

  #bands = layers.bands();
  #states = layers.states();
  #runs = layers.runs();
  #spans = layers.contexts();
  #gaps = layers.hunger();
  #arrows = layers.requests();
  #marks = layers.values((node, pill, way, past) => this.#travel(node, pill, way, past));
  #links = /** @type {Layer<{ key: string, x: number }>} */ (new Layer(
    () => svg("path", { class: "linked", d: "M-5 9L0 0L5 9Z" }),
    (node, { x }) => set(node, { transform: `translate(${Math.round(x * 2) / 2} ${this.bottom - 5})` })));

  /** Whether a mark may be seen to move. */
  motion = false;
  left = 0;
  right = 0;
  bottom = 0;

  constructor() {
    this.veil = svg("rect", { class: "veil", y: 0 });
    // What lies in the rows ends where the axis begins.
    this.floor = svg("rect", { class: "floor", x: 0 });
    this.picked = svg("rect", { class: "picked", rx: 3, visibility: "hidden" });
    this.cursor = svg("g", { class: "cursor" }, svg("line", { y1: 0 }), svg("path", { d: "M-5 0h10l-5 6z" }));
    // Runs lie above all else in a lane: they are short, and what waits around them must not cover them.
    this.node = /** @type {SVGSVGElement} */ (svg("svg", { class: "timeline", role: "img" }, patterns(),
      this.#grid.node, this.#lanes.node, this.#bands.node, this.#states.node, this.#spans.node, this.#runs.node, this.#gaps.node,
      this.veil, this.#arrows.node, this.#marks.node, this.#labels.node, this.picked, this.floor, this.#ticks.node, this.cursor, this.#links.node));
  }

  /** @param {Picture} picture @param {Room} room @param {boolean} [painted] whether another one draws what lies in the rows */
  draw(picture, { left, right }, painted = false) {
    const { width, height, cursor, end, bottom } = picture;
    Object.assign(this, { left, right, bottom });
    set(this.node, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.#ticks.draw(picture.ticks);
    this.#grid.draw(picture.ticks);
    set(this.floor, { y: bottom, width, height: height - bottom });
    this.#lanes.draw(painted ? [] : picture.rows.filter(({ lane }) => lane));
    this.#labels.draw(picture.rows);
    const { bars, marks, spans, bands, gaps, arrows } = painted ? EMPTY : picture;
    this.#bands.draw(bands);
    this.#states.draw(bars.filter(({ state }) => state !== "running"));
    this.#runs.draw(bars.filter(({ state }) => state === "running"));
    this.#spans.draw(spans);
    this.#gaps.draw(gaps);
    this.#marks.draw(marks);
    this.#arrows.draw(arrows);
    const to = Math.min(end, right) + 10;
    const from = Math.max(cursor, 0);
    set(this.veil, { x: from, width: Math.max(0, to - from), height: bottom, visibility: from < to - 10.5 ? "visible" : "hidden" });
    set(this.cursor, { transform: `translate(${Math.round(cursor * 2) / 2} 0)`, visibility: cursor < left - 6 || cursor > right + 6 ? "hidden" : "visible" });
    set(child(this.cursor, 0), { y2: bottom + 4 });
  }

  /** Puts a frame around something, and marks what it is linked with. @param {Frame} frame @param {readonly number[]} links positions */
  pick(frame, links) {
    set(this.picked, frame ? { x: frame.x - 1, y: frame.y - 1, width: Math.max(4, frame.w + 2), height: frame.h + 2, visibility: "visible" } : { visibility: "hidden" });
    this.#links.draw(links.map((x, k) => ({ key: `link-${k}`, x })));
  }

  /** Tells what is to come from what was, and lets a value be seen on its way when the cursor has just passed it. @param {SVGElement} node @param {SVGElement} pill @param {string} way @param {boolean} past */
  #travel(node, pill, way, past) {
    if (node.getAttribute("data-past") === String(past)) return;
    node.setAttribute("data-past", String(past));
    if (past && this.motion) pill.animate?.([{ transform: way }, { transform: "none" }], { duration: 420, easing: "ease-out" });
  }
}
