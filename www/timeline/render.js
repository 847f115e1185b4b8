/**
 * Draws a picture as SVG. Where there is too much for that, a painter draws what lies in the rows and the grid behind them on a
 * canvas beneath, and words, the axis' numbers and the cursor stay here.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 * @typedef {{ left: number, right: number }} Room
 */

import * as layers from "./layers.js";
import { Layer, child, patterns, set, svg, write } from "./svg.js";

/** Whether a picture has more shapes than SVG moves quickly. A painter that is there already is quicker with far fewer. @param {Picture} picture @param {unknown} painter */
export function heavy({ bars, marks, spans, gaps }, painter) {
  return bars.length + 3 * marks.length + 2 * spans.length + gaps.length > (painter ? 99 : 400);
}

/** Nothing of it is drawn here. @type {Pick<Picture, "ticks" | "rows" | "bars" | "marks" | "spans" | "bands" | "gaps" | "arrows">} */
const EMPTY = { ticks: [], rows: [], bars: [], marks: [], spans: [], bands: [], gaps: [], arrows: [] };

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

  #states = layers.states();
  #runs = layers.runs();
  #marks = layers.values((node, pill, way, past) => this.#travel(node, pill, way, past));
  /** @type {ReturnType<typeof import("./scenery.js").layers> | null} */
  #scenery = null;
  /** Where that lies. */
  #places = [svg("g"), svg("g"), svg("g"), svg("g")];

  /** Whether a mark may be seen to move. */
  motion = false;
  left = 0;
  right = 0;
  bottom = 0;

  constructor() {
    this.veil = svg("rect", { class: "veil", y: 0 });
    // What lies in the rows ends where the axis begins.
    this.floor = svg("rect", { class: "floor", x: 0 });
    this.cursor = svg("g", { class: "cursor" }, svg("line", { y1: 0 }), svg("path", { d: "M-5 0h10l-5 6z" }));
    const [bands, spans, gaps, arrows] = this.#places;
    // Runs lie above all else in a lane: they are short, and what waits around them must not cover them.
    this.node = /** @type {SVGSVGElement} */ (svg("svg", { class: "timeline", role: "img" }, patterns(),
      this.#grid.node, this.#lanes.node, bands, this.#states.node, spans, this.#runs.node, gaps, this.veil, arrows, this.#marks.node,
      this.#labels.node, this.floor, this.#ticks.node, this.cursor));
  }

  /** Takes in what few programs need, once. @param {typeof import("./scenery.js")} scenery */
  add({ layers }) {
    if (this.#scenery) return;
    this.#scenery = layers();
    for (const [k, node] of this.#scenery.nodes.entries()) this.#places[k].append(node);
  }

  /** @param {Picture} picture @param {Room} room @param {boolean} [painted] whether another one draws what lies in the rows */
  draw(picture, { left, right }, painted = false) {
    const { width, height, cursor, end, bottom } = picture;
    Object.assign(this, { left, right, bottom });
    set(this.node, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.#ticks.draw(picture.ticks);
    set(this.floor, { y: bottom, width, height: height - bottom });
    this.#labels.draw(picture.rows);
    const inside = painted ? EMPTY : picture;
    this.#grid.draw(inside.ticks);
    this.#lanes.draw(inside.rows.filter(({ lane }) => lane));
    this.#states.draw(inside.bars.filter(({ state }) => state !== "running"));
    this.#runs.draw(inside.bars.filter(({ state }) => state === "running"));
    this.#marks.draw(inside.marks);
    this.#scenery?.draw(inside);
    const to = Math.min(end, right) + 10;
    const from = Math.max(cursor, 0);
    set(this.veil, { x: from, width: Math.max(0, to - from), height: bottom, visibility: from < to - 10.5 ? "visible" : "hidden" });
    set(this.cursor, { transform: `translate(${Math.round(cursor * 2) / 2} 0)`, visibility: cursor < left - 6 || cursor > right + 6 ? "hidden" : "visible" });
    set(child(this.cursor, 0), { y2: bottom + 4 });
  }

  /** Tells what is to come from what was, and lets a value be seen on its way when the cursor has just passed it. @param {SVGElement} node @param {SVGElement} pill @param {string} way @param {boolean} past */
  #travel(node, pill, way, past) {
    if (node.getAttribute("data-past") === String(past)) return;
    node.setAttribute("data-past", String(past));
    if (past && this.motion) pill.animate?.([{ transform: way }, { transform: "none" }], { duration: 420, easing: "ease-out" });
  }
}
