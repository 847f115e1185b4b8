/**
 * The parts of the picture as SVG, each a layer of its own.
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

/** Contexts: a foot at enter, a foot at exit, none where that was skipped. @returns {Layer<Picture["spans"][0]>} */
export const contexts = () => new Layer(
  () => svg("g"),
  (node, { x, y, w, body, exit, text, kind }) => {
    set(node, { class: `span ${kind}` });
    if (!node.firstChild) node.append(svg("rect", { class: "body" }), svg("path"), svg("text"));
    set(child(node, 0), { x: body, y, width: Math.max(0, exit - body), height: 12 });
    const closed = kind === "whole" || kind === "failed";
    set(child(node, 1), { d: `M${x + 0.75} ${y}V${y + 12}H${x + Math.max(1, w - 0.75)}${closed ? `V${y}` : ""}` });
    set(child(node, 2), { x: Math.max(x, 4) + 6, y: y + 9.5 });
    write(child(node, 2), text);
  });

/** Queues, gauges and memory. @returns {Layer<Picture["bands"][0]>} */
export const bands = () => new Layer(
  ({ kind }) => svg("g", { class: `band ${kind}` }, svg("rect", { class: "ground" }), svg("path"), svg("g"), svg("line", { class: "most" })),
  (node, { x, y, w, h, steps, held, line }) => {
    set(child(node, 0), { x, y, width: w, height: h });
    const round = (/** @type {number} */ value) => Math.round(value * 100) / 100;
    const path = steps.map((step) => `L${round(step.x)} ${round(step.y)}H${round(step.x + step.w)}`);
    set(child(node, 1), { d: steps.length > 0 ? `M${round(steps[0].x)} ${y + h}${path.join("")}V${y + h}Z` : "" });
    const hatches = child(node, 2);
    while (hatches.childElementCount > held.length) hatches.lastChild?.remove();
    while (hatches.childElementCount < held.length) hatches.append(svg("rect", { class: "held" }));
    for (const [k, stretch] of held.entries()) set(child(hatches, k), { x: stretch.x, y, width: stretch.w, height: h });
    set(child(node, 3), { x1: x, x2: x + w, y1: line, y2: line, visibility: line < 0 ? "hidden" : "visible" });
  });

/** Where the loop starved. @returns {Layer<Picture["gaps"][0]>} */
export const hunger = () => new Layer(
  ({ kind }) => svg("g", { class: `gap ${kind}` }, svg("rect", { height: 17, rx: 2 }), svg("text")),
  (node, { x, y, w, text }) => {
    set(child(node, 0), { x, y: y + 0.5, width: w });
    set(child(node, 1), { x: x + 8, y: y + 13 });
    write(child(node, 1), text);
  });

/** Requests to stop: from who asked to who was asked. @returns {Layer<Picture["arrows"][0]>} */
export const requests = () => new Layer(
  () => svg("g", { class: "stop" }, svg("line"), svg("path")),
  (node, { x, y, fromY, past }) => {
    const way = y >= fromY ? 1 : -1;
    set(node, { "data-past": String(past) });
    set(child(node, 0), { x1: x, x2: x, y1: fromY, y2: y - way * 6 });
    set(child(node, 1), { d: `M${x - 4} ${y - way * 8}L${x} ${y}L${x + 4} ${y - way * 8}Z` });
  });
