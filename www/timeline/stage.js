/**
 * What few programs need as SVG, each a layer of its own.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 */

import { Layer, child, set, svg, write } from "./svg.js";

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

/** How that looks. */
export const STYLE = /* css */ `
.timeline .span path { fill: none; stroke: var(--frozen); stroke-width: 1.5 }
.timeline .span .body { stroke: none; fill: var(--frozen-ground) }
.timeline .span text { font-size: 11px; paint-order: stroke; stroke: var(--frozen-ground); stroke-width: 3px; stroke-linejoin: round }
.timeline .span.failed path { stroke: var(--error) }
.timeline .span.skipped path { stroke: var(--error); stroke-dasharray: 4 3 }
.timeline .span.failed .body, .timeline .span.skipped .body { fill: var(--error-ground) }
.timeline .span.failed text, .timeline .span.skipped text { stroke: var(--error-ground) }
.timeline .band .ground { fill: var(--sunk) }
.timeline .band path { fill: color-mix(in srgb, var(--accent) 26%, var(--sunk)); stroke: var(--accent); stroke-width: 1 }
.timeline .band .held { fill: url(#loopscope-held) }
.timeline .band .most { stroke: var(--error); stroke-width: 1.5; stroke-dasharray: 5 3 }
.timeline .gap rect { fill: url(#loopscope-late); stroke: var(--error) }
.timeline .gap text { font-size: 11px; paint-order: stroke; stroke: var(--error-ground); stroke-width: 4px; stroke-linejoin: round }
.timeline .gap.block rect { fill: var(--error); stroke: var(--paper) }
.timeline .gap.block text { fill: var(--paper); stroke: var(--error); font-weight: 600 }
.timeline .stop { stroke: var(--error); stroke-width: 1.5; fill: var(--error) }
`;
