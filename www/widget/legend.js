/** What the patterns mean, how close the picture is looked at, and the choice between the two axes. */

import { svg } from "../timeline/svg.js";
import { make } from "./dom.js";

/** @typedef {import("./frame.js").Frame} Frame */

const STATES = /** @type {const} */ (["running", "ready", "waiting", "held", "frozen"]);
const NAMES = { running: "running", ready: "ready", waiting: "waiting", held: "held back", frozen: "suspended" };

/** The glass with its sign. */
const GLASS = "M7 1a6 6 0 0 1 4.8 9.6l4.5 4.5-1.4 1.4-4.5-4.5A6 6 0 1 1 7 1zm0 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";

export class Legend {
  /** @param {HTMLElement} place @param {(axis: "time" | "ticks") => void} choose @param {(by: number) => void} zoom */
  constructor(place, choose, zoom) {
    this.time = this.#choice("time", "Time", choose);
    this.ticks = this.#choice("ticks", "Turns", choose);
    this.out = tool("Further away", "M4 6h6v2H4z", () => zoom(2));
    this.fit = make("button", { type: "button", title: "All of it", onclick: () => zoom(0) }, "Fit");
    /** What is chosen of the picture; beside it stands the way to the full page. */
    this.choices = make("div", { class: "choices" },
      make("div", { class: "choice", role: "group", "aria-label": "Zoom" }, tool("Closer", "M6 4h2v2h2v2H8v2H6V8H4V6h2z", () => zoom(0.5)), this.out, this.fit),
      make("div", { class: "choice", role: "group", "aria-label": "Axis" }, this.time, this.ticks));
    place.append(
      make("ul", { "aria-label": "Legend" }, ...STATES.map((state) => make("li", {}, swatch(state), NAMES[state])), make("li", {}, yielded(), "yield")),
      this.choices);
  }

  /** @param {Frame} frame @param {boolean} fitted */
  draw({ axis, trace }, fitted) {
    this.time.setAttribute("aria-pressed", String(axis === "time"));
    this.ticks.setAttribute("aria-pressed", String(axis === "ticks"));
    this.out.disabled = this.fit.disabled = fitted || !trace;
  }

  /** @param {"time" | "ticks"} axis @param {string} text @param {(axis: "time" | "ticks") => void} choose */
  #choice(axis, text, choose) {
    const title = axis === "time" ? "As long as it took" : "Each turn of the loop equally wide";
    return make("button", { type: "button", title, onclick: () => choose(axis) }, text);
  }
}

/** @param {string} name @param {string} sign @param {() => void} onclick */
function tool(name, sign, onclick) {
  return make("button", { type: "button", class: "icon", "aria-label": name, title: name, onclick },
    svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, svg("path", { d: GLASS + sign, "fill-rule": "evenodd" })));
}

/** @param {string} state */
function swatch(state) {
  const rect = svg("rect", { class: state, x: 0.5, y: 0.5, width: 21, height: 11, rx: 2 });
  if (state !== "running") rect.setAttribute("fill", `url(#loopscope-${state === "held" ? "late" : state})`);
  return svg("svg", { class: "timeline swatch", width: 22, height: 12, "aria-hidden": "true" }, svg("g", { class: "bar" }, rect));
}

function yielded() {
  return svg("svg", { class: "timeline swatch", width: 22, height: 12, "aria-hidden": "true" },
    svg("g", { class: "mark" }, svg("rect", { x: 0, y: 0, width: 22, height: 12, rx: 6 }), svg("text", { x: 11, y: 9.5 }, document.createTextNode("1"))));
}
