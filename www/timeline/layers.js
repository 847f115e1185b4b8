/**
 * The parts of every picture as SVG, each a layer of its own.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 */

import { Layer, child, set, svg, write } from "./svg.js";

/** What waits and what is frozen, and what is ready. @returns {Layer<Picture["bars"][0]>} */
export const states = () => new Layer(
  ({ state }) => svg("g", { class: "bar" }, svg("rect", { class: state, rx: 2, fill: `url(#loopscope-${state === "held" ? "late" : state})` }), svg("text", { class: `why ${state}-text` })),
  (node, { x, y, w, h, text }) => {
    set(child(node, 0), { x: x + 0.5, y: y + 0.5, width: Math.max(0.5, w - 1), height: h - 1 });
    set(child(node, 1), { x: x + 14, y: y + 13 });
    write(child(node, 1), text);
  });

/** What runs. @returns {Layer<Picture["bars"][0]>} */
export const runs = () => new Layer(
  () => svg("rect", { class: "running", rx: 1 }),
  (node, { x, y, w, h }) => set(node, { x, y, width: w, height: h }));

/** Values on their way. @param {(node: SVGElement, pill: SVGElement, way: string, past: boolean) => void} travel @returns {Layer<Picture["marks"][0]>} */
export const values = (travel) => new Layer(
  () => svg("g", { class: "mark" }, svg("line"), svg("circle", { r: 3 }), svg("g", {}, svg("rect", { rx: 8 }), svg("text"))),
  (node, { x, y, fromX, fromY, w, text, past }) => {
    set(child(node, 0), { x1: fromX, x2: x, y1: fromY, y2: y });
    set(child(node, 1), { cx: fromX, cy: fromY });
    const pill = child(node, 2);
    const h = Math.min(w, 16);
    set(child(pill, 0), { x: x - w / 2, y: y - h / 2, width: w, height: h });
    set(child(pill, 1), { x, y: y + 4 });
    write(child(pill, 1), text);
    travel(node, pill, `translate(${fromX - x}px, ${fromY - y}px)`, past);
  });
