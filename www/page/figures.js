/** The few figures that matter, large: the ways that a program compares, and what is so at the cursor. */

/**
 * @typedef {import("../widget/frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("./comparison.js").Comparison} Comparison
 */

import { Keyframes } from "../trace/keyframes.js";
import { bytes } from "../trace/words.js";
import { make, write } from "../widget/dom.js";
import { comparisons, progress } from "./comparison.js";
import { twins } from "./twins.js";

/** Events that are read in a frame. */
const AT_ONCE = 100_000;

/** Where the name in a result does not say it to a stranger. */
const WORDS = new Map([["blocked_s", "producer held back: queue full"], ["starved_s", "consumer waited: queue empty"]]);

export class Figures {
  /** @type {Keyframes | null} */
  #keyframes = null;
  #result = /** @type {unknown} */ (undefined);
  /** @type {{ comparison: Comparison, bars: HTMLElement[], values: HTMLElement[] }[]} */
  #shown = [];
  #ways = make("div", { class: "ways" });
  #now = make("dl", { class: "now" });
  #rest = make("dl", { class: "now" });
  #whole = make("p", { class: "caption" }, "Of the whole run");
  /** @type {Map<string, HTMLElement>} */
  #cells = new Map();

  /** @param {HTMLElement} panel */
  constructor(panel) {
    this.panel = panel;
    panel.append(make("h3", {}, "Figures"), this.#ways, make("p", { class: "caption" }, "At the cursor"), this.#now, this.#whole, this.#rest);
  }

  /** @param {Frame} frame */
  draw({ trace, cursor }) {
    this.panel.hidden = !trace?.length;
    if (!trace?.length) return;
    if (this.#keyframes?.trace !== trace) this.#keyframes = new Keyframes(trace);
    const result = trace.result;
    if (result !== this.#result) this.#begin(result, twins(trace.about.scenario) !== undefined);
    for (const { comparison, bars, values } of this.#shown) this.#fill(comparison, bars, values, trace, cursor.t);
    this.#count(trace, cursor.index);
  }

  /** @param {unknown} result @param {boolean} twin whether what compares is shown elsewhere */
  #begin(result, twin) {
    this.#result = result;
    this.#shown = (twin ? [] : comparisons(result)).map((comparison) => ({
      comparison,
      bars: comparison.ways.map(() => make("i")),
      values: comparison.ways.map(() => make("b")),
    }));
    this.#others(result, twin);
    this.#ways.replaceChildren(...this.#shown.map(({ comparison, bars, values }) => make("div", { class: "comparison" },
      make("p", {}, comparison.what),
      make("dl", {}, ...comparison.ways.map(({ name }, k) => make("div", {}, make("dt", {}, name), make("dd", {}, values[k], make("span", { class: "bar" }, bars[k]))))))));
  }

  /** The other numbers of a result, which are those of the whole run. @param {unknown} result @param {boolean} twin */
  #others(result, twin) {
    const compared = twin || this.#shown.some(({ comparison }) => comparison.unit === "s");
    const entries = typeof result === "object" && result !== null && !Array.isArray(result) ? Object.entries(result) : [];
    const numbers = entries.filter(([name, value]) => typeof value === "number" && (!compared || !name.endsWith("_s") || name === "total_s"));
    this.#whole.hidden = numbers.length === 0;
    this.#rest.replaceChildren(...numbers.slice(0, 6).map(([name, value]) => make("div", {}, make("dt", {}, WORDS.get(name) ?? name.replace(/_(s|bytes)$/, "").replaceAll("_", " ")), make("dd", {}, told(name, value)))));
  }

  /** Each way grows with the cursor, where they were gone one after the other. @param {Comparison} comparison @param {HTMLElement[]} bars @param {HTMLElement[]} values @param {Trace} trace @param {number} now */
  #fill({ ways, unit }, bars, values, trace, now) {
    const most = Math.max(...ways.map(({ value }) => value), Number.MIN_VALUE);
    const parts = unit === "s" ? progress(ways, now, trace.end) : null;
    for (const [k, { value }] of ways.entries()) {
      const part = parts?.[k] ?? 1;
      bars[k].style.inlineSize = `${Math.max((value * part * 100) / most, value > 0 && part > 0 ? 0.8 : 0)}%`;
      write(values[k], unit === "bytes" ? bytes(value) : seconds(value * part));
    }
  }

  /** @param {Trace} trace @param {number} index */
  #count(trace, index) {
    const keyframes = /** @type {Keyframes} */ (this.#keyframes);
    // Much that came at once is read over some frames: the picture does the same, and asks for them.
    keyframes.update(Math.min(index, keyframes.length + AT_ONCE));
    if (keyframes.length < index) return;
    const state = keyframes.at(index);
    this.#cell("turns", index === 0 ? "0" : String(trace.turnOf(index - 1) + 1));
    this.#cell("tasks alive", String(state.alive));
    if (state.open > 0 || this.#cells.has("contexts open")) this.#cell("contexts open", String(state.open));
    if (state.peak > 0 || this.#cells.has("bytes live")) this.#cell("bytes live", bytes(state.bytes));
  }

  /** @param {string} name @param {string} value */
  #cell(name, value) {
    let cell = this.#cells.get(name);
    if (!cell) {
      cell = make("dd");
      this.#cells.set(name, cell);
      this.#now.append(make("div", {}, make("dt", {}, name), cell));
    }
    write(cell, value);
  }
}

/** A number in the unit that its name ends with. @param {string} name @param {number} value */
function told(name, value) {
  if (name.endsWith("_bytes")) return bytes(value);
  if (name.endsWith("_s")) return seconds(value);
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(2);
}

/** @param {number} value */
export function seconds(value) {
  return `${value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)} s`;
}
