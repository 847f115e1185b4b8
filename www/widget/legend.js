/** What the patterns mean, and the choice between the two axes. */

import { svg } from "../timeline/render.js";
import { make } from "./dom.js";

/** @typedef {import("./frame.js").Frame} Frame */

const STATES = /** @type {const} */ (["running", "ready", "waiting", "frozen"]);
const NAMES = { running: "running", ready: "ready", waiting: "waiting", frozen: "suspended" };

export class Legend {
  /** @param {(axis: "time" | "ticks") => void} choose */
  constructor(choose) {
    this.time = this.#choice("time", "Time", choose);
    this.ticks = this.#choice("ticks", "Turns", choose);
    this.node = make("div", { class: "legend", part: "legend" },
      make("ul", { "aria-label": "Legend" }, ...STATES.map((state) => make("li", {}, swatch(state), NAMES[state])),
        make("li", {}, yielded(), "yield")),
      make("div", { class: "choice", role: "group", "aria-label": "Axis" }, this.time, this.ticks));
  }

  /** @param {Frame} frame */
  draw({ axis }) {
    this.time.setAttribute("aria-pressed", String(axis === "time"));
    this.ticks.setAttribute("aria-pressed", String(axis === "ticks"));
  }

  /** @param {"time" | "ticks"} axis @param {string} text @param {(axis: "time" | "ticks") => void} choose */
  #choice(axis, text, choose) {
    const title = axis === "time" ? "As long as it took" : "Each turn of the loop equally wide";
    return make("button", { type: "button", title, onclick: () => choose(axis) }, text);
  }
}

/** @param {string} state */
function swatch(state) {
  const rect = svg("rect", { class: state, x: 0.5, y: 0.5, width: 21, height: 11, rx: 2 });
  if (state !== "running") rect.setAttribute("fill", `url(#loopscope-${state})`);
  return svg("svg", { class: "timeline swatch", width: 22, height: 12, "aria-hidden": "true" }, rect);
}

function yielded() {
  return svg("svg", { class: "timeline swatch", width: 22, height: 12, "aria-hidden": "true" },
    svg("g", { class: "mark" }, svg("rect", { x: 0, y: 0, width: 22, height: 12, rx: 6 }), svg("text", { x: 11, y: 9.5 }, document.createTextNode("1"))));
}
