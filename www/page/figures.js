/** The few figures that matter, large: what the program's result holds as plain numbers, and what the loop did for it. */

/** @typedef {import("../trace/json.js").TraceJson} TraceJson */

import { make } from "../widget/dom.js";

/** @param {HTMLElement} panel @param {TraceJson | null} trace */
export function show(panel, trace) {
  if (!trace) return panel.replaceChildren();
  const result = trace.result !== null && typeof trace.result === "object" ? Object.entries(trace.result) : [];
  const numbers = result.filter(([, value]) => typeof value === "number").slice(0, 2);
  /** @type {[string, string][]} */
  const figures = numbers.map(([name, value]) => named(name, value));
  figures.push(["turns", String(new Set(trace.events.filter(({ kind }) => kind === "poll-start").map(({ turn }) => turn)).size)]);
  figures.push(["values yielded", String(trace.events.filter(({ kind }) => kind === "yield").length)]);
  panel.replaceChildren(make("dl", {}, ...figures.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)))));
}

/** `total_s` is a total in seconds. @param {string} name @param {number} value @returns {[string, string]} */
function named(name, value) {
  const unit = /_(s|bytes)$/.exec(name)?.[1] ?? "";
  const text = Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(2);
  return [name.replace(/_(s|bytes)$/, "").replaceAll("_", " "), `${text} ${unit}`.trim()];
}
