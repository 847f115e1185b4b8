/**
 * Draws a picture as SVG, keyed: what is still there is moved, what is new is added, what is gone is removed.
 * Text from outside goes in as text only.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 */

import { plain } from "./colours.js";

const SVG = "http://www.w3.org/2000/svg";

/** How the picture looks; the widget adopts it, the exported file carries it. */
export const STYLE = `
.timeline text { font: 12px/1 system-ui, sans-serif; fill: var(--ink) }
.timeline .grid { stroke: var(--rule) }
.timeline .tick text { fill: var(--soft); font-variant-numeric: tabular-nums }
.timeline .label { font-weight: 600; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round }
.timeline .label tspan + tspan { font-weight: 400; fill: var(--soft) }
.timeline .lane { fill: var(--sunk) }
.timeline .running { fill: var(--running) }
.timeline .ready { stroke: var(--ready); stroke-width: 1 }
.timeline .waiting { stroke: var(--waiting); stroke-width: 1 }
.timeline .frozen { stroke: var(--frozen); stroke-width: 1; stroke-dasharray: 3 2 }
.timeline pattern .ground-waiting { fill: var(--waiting-ground) }
.timeline pattern .ground-frozen { fill: var(--frozen-ground) }
.timeline pattern .ground-ready { fill: var(--paper) }
.timeline pattern .line-waiting { stroke: var(--waiting); stroke-opacity: .45 }
.timeline pattern .line-frozen { stroke: var(--frozen); stroke-opacity: .45 }
.timeline pattern .dot { fill: var(--ready) }
.timeline .why { font-size: 11px; paint-order: stroke; stroke-width: 4px; stroke-linejoin: round }
.timeline .why.waiting-text { stroke: var(--waiting-ground) }
.timeline .why.frozen-text { stroke: var(--frozen-ground) }
.timeline .mark line { stroke: var(--ink); stroke-width: 1.5 }
.timeline .mark rect { fill: var(--ink) }
.timeline .mark text { fill: var(--paper); font: 600 11px/1 ui-monospace, monospace; text-anchor: middle }
.timeline .mark circle { fill: var(--ink) }
.timeline .mark[data-past="false"] { opacity: .35 }
.timeline .veil { fill: var(--paper); opacity: .68 }
.timeline .cursor line { stroke: var(--ink); stroke-width: 1.5 }
.timeline .cursor path { fill: var(--ink) }
`;

/** @typedef {Record<string, string | number>} Attributes */

/** @param {string} name @param {Attributes} [attributes] @param {Node[]} children */
export function svg(name, attributes = {}, ...children) {
  const node = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Sets what changed and leaves the rest alone. @param {Element} node @param {Attributes} attributes */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/** @param {Node} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The patterns: one for each state that is not solid. */
function patterns() {
  const tile = (/** @type {string} */ state, /** @type {number} */ size, /** @type {string} */ transform, /** @type {SVGElement} */ ink) =>
    svg("pattern", { id: `loopscope-${state}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: transform },
      svg("rect", { class: `ground-${state}`, width: size, height: size }), ink);
  return svg("defs", {},
    tile("waiting", 6, "rotate(45)", svg("line", { class: "line-waiting", y2: 6 })),
    tile("frozen", 5, "", svg("line", { class: "line-frozen", y2: 5 })),
    tile("ready", 5, "", svg("circle", { class: "dot", cx: 2.5, cy: 2.5, r: 1 })));
}

/** A group whose children are kept by key. @template {{ key: string }} Item */
class Layer {
  node = svg("g");
  /** @type {Map<string, SVGElement>} */
  #nodes = new Map();

  /**
   * @param {(item: Item) => SVGElement} make
   * @param {(node: SVGElement, item: Item) => void} update
   */
  constructor(make, update) {
    this.make = make;
    this.update = update;
  }

  /** @param {readonly Item[]} items @returns {SVGElement[]} the new ones */
  draw(items) {
    const stale = new Map(this.#nodes);
    const fresh = [];
    for (const item of items) {
      let node = this.#nodes.get(item.key);
      if (!node) {
        node = this.make(item);
        this.#nodes.set(item.key, node);
        this.node.append(node);
        fresh.push(node);
      }
      stale.delete(item.key);
      this.update(node, item);
    }
    for (const [key, node] of stale) {
      node.remove();
      this.#nodes.delete(key);
    }
    return fresh;
  }
}

/** @param {SVGElement} node @param {number} k */
const child = (node, k) => /** @type {SVGElement} */ (node.childNodes[k]);

/** The picture on the screen. */
export class Renderer {
  #ticks = /** @type {Layer<Picture["ticks"][0]>} */ (new Layer(
    () => svg("g", { class: "tick" }, svg("line", { class: "grid", y1: 0 }), svg("text")),
    (node, { x, text, anchor }) => {
      set(child(node, 0), { x1: x, x2: x, y2: this.bottom + 4 });
      set(child(node, 1), { x, y: this.bottom + 17, "text-anchor": anchor });
      write(child(node, 1), text);
    }));

  #lanes = /** @type {Layer<Picture["rows"][0]>} */ (new Layer(
    () => svg("rect", { class: "lane", height: 18, rx: 2 }),
    (node, { y }) => set(node, { x: this.left, y: y + 7, width: Math.max(0, this.right - this.left) })));

  #labels = /** @type {Layer<Picture["rows"][0]>} */ (new Layer(
    ({ generator }) => svg("text", { class: generator ? "label generator" : "label" }, svg("tspan"), svg("tspan", { dx: 8 })),
    (node, { x, y, name, now }) => {
      set(node, { x, y });
      write(child(node, 0), name);
      write(child(node, 1), now);
    }));

  #spans = /** @type {Layer<Picture["bars"][0]>} */ (new Layer(
    ({ state }) => svg("g", { class: "bar" }, svg("rect", { class: state, rx: 2, fill: `url(#loopscope-${state})` }),
      svg("text", { class: `why ${state}-text` }), svg("title")),
    (node, { x, y, w, h, text, title }) => {
      set(child(node, 0), { x: x + 0.5, y: y + 0.5, width: Math.max(0.5, w - 1), height: h - 1 });
      set(child(node, 1), { x: x + 14, y: y + 13 });
      write(child(node, 1), text);
      write(child(node, 2), title);
    }));

  #runs = /** @type {Layer<Picture["bars"][0]>} */ (new Layer(
    () => svg("rect", { class: "running", rx: 1 }, svg("title")),
    (node, { x, y, w, h, title }) => {
      set(node, { x, y, width: w, height: h });
      write(child(node, 0), title);
    }));

  #marks = /** @type {Layer<Picture["marks"][0]>} */ (new Layer(
    () => svg("g", { class: "mark" }, svg("line"), svg("circle", { r: 3 }),
      svg("g", {}, svg("rect", { rx: 8 }), svg("text")), svg("title")),
    (node, { x, y, fromX, fromY, w, text, title, past }) => {
      set(child(node, 0), { x1: fromX, x2: x, y1: fromY, y2: y });
      set(child(node, 1), { cx: fromX, cy: fromY });
      const pill = child(node, 2);
      const h = Math.min(w, 16);
      set(child(pill, 0), { x: x - w / 2, y: y - h / 2, width: w, height: h });
      set(child(pill, 1), { x, y: y + 4 });
      write(child(pill, 1), text);
      write(child(node, 3), title);
      this.#travel(node, pill, `translate(${fromX - x}px, ${fromY - y}px)`, past);
    }));

  /** Whether a mark may be seen to move. */
  motion = false;
  left = 0;
  right = 0;
  bottom = 0;

  constructor() {
    this.veil = svg("rect", { class: "veil", y: 0 });
    this.cursor = svg("g", { class: "cursor" }, svg("line", { y1: 0 }), svg("path", { d: "M-5 0h10l-5 6z" }));
    this.node = /** @type {SVGSVGElement} */ (svg("svg", { class: "timeline", role: "img" }, patterns(),
      this.#ticks.node, this.#lanes.node, this.#spans.node, this.#runs.node, this.veil, this.cursor,
      this.#marks.node, this.#labels.node));
  }

  /** @param {Picture} picture @param {{ left: number, right: number }} room */
  draw(picture, { left, right }) {
    const { width, height, cursor, end, bottom } = picture;
    Object.assign(this, { left, right, bottom });
    set(this.node, { width, height, viewBox: `0 0 ${width} ${height}` });
    this.#ticks.draw(picture.ticks);
    this.#lanes.draw(picture.rows);
    this.#labels.draw(picture.rows);
    // Runs lie above all else in a lane: they are short, and what waits around them must not cover them.
    this.#spans.draw(picture.bars.filter(({ state }) => state !== "running"));
    this.#runs.draw(picture.bars.filter(({ state }) => state === "running"));
    this.#marks.draw(picture.marks);
    set(this.veil, { x: cursor, width: Math.max(0, end + 10 - cursor), height: bottom, visibility: cursor < end - 0.5 ? "visible" : "hidden" });
    set(this.cursor, { transform: `translate(${Math.round(cursor * 2) / 2} 0)` });
    set(child(this.cursor, 0), { y2: bottom + 4 });
  }

  /** Tells what is to come from what was, and lets a value be seen on its way when the cursor has just passed it. @param {SVGElement} node @param {SVGElement} pill @param {string} way @param {boolean} past */
  #travel(node, pill, way, past) {
    if (node.getAttribute("data-past") === String(past)) return;
    node.setAttribute("data-past", String(past));
    if (past && this.motion) pill.animate?.([{ transform: way }, { transform: "none" }], { duration: 420, easing: "ease-out" });
  }
}

/** The picture as a file that needs nothing around it. @param {Picture} picture @param {{ left: number, right: number }} room @param {string} name */
export function standalone(picture, room, name) {
  const renderer = new Renderer();
  renderer.draw(picture, room);
  renderer.cursor.remove();
  renderer.veil.remove();
  const css = `${STYLE}.timeline .paper { fill: var(--paper) }`;
  const style = svg("style");
  style.textContent = `${plain(css, 0)}@media (prefers-color-scheme: dark) {${plain(css, 1)}}`;
  const title = svg("title");
  title.textContent = name;
  const paper = svg("rect", { class: "paper", width: picture.width, height: picture.height });
  renderer.node.prepend(title, style, paper);
  return new XMLSerializer().serializeToString(renderer.node);
}
