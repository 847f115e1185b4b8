/** What the program has printed so far, each line at its time, and at the end its result. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { time } from "../trace/words.js";
import { make, write } from "./dom.js";

/** More lines than anybody reads are not kept in the page; the trace has them all. */
const KEPT = 500;
/** Characters of a result that are shown. */
const LONG = 160;

export class Output {
  #list = make("ol", { part: "lines", tabindex: 0, "aria-label": "Output" });
  #result = make("p", { class: "result", part: "result", tabindex: 0, role: "group", "aria-label": "Result" });
  /** @type {Trace | null} */
  #trace = null;
  /** What is said of a result: of a large one it is found once and not in each frame. @type {{ result: unknown, text: string }} */
  #told = { result: null, text: "" };
  /** The lines that are in the list: from one up to another. */
  #shown = { from: 0, to: 0 };

  /** @param {(event: number) => void} point tells the event of the line that is pointed at, -1 for none */
  constructor(point) {
    this.#list.addEventListener("pointerover", ({ target }) => {
      const line = /** @type {HTMLElement} */ (target).closest("li");
      point(line ? Number(line.dataset.event) : -1);
    });
    this.#list.addEventListener("pointerleave", () => point(-1));
    this.node = make("section", { class: "panel output", part: "output" }, make("p", { class: "head" }, "Output"), this.#list, this.#result);
  }

  /** @param {Frame} frame */
  draw({ trace, cursor, edge, state }) {
    if (trace !== this.#trace) {
      this.#trace = trace;
      this.#shown = { from: 0, to: 0 };
      this.#list.replaceChildren();
    }
    const to = trace === null ? 0 : count(trace.output, cursor.index);
    const from = Math.max(0, to - KEPT);
    if (trace !== null && (to !== this.#shown.to || from !== this.#shown.from)) this.#change(trace, from, to, edge);
    const over = trace !== null && trace.result !== null && cursor.index >= trace.length && state === "done";
    if (over && trace.result !== this.#told.result) this.#told = { result: trace.result, text: `result ${brief(trace.result)}` };
    write(this.#result, over ? this.#told.text : "");
  }

  /** Marks the lines that were printed from one event up to another; none if `from` is below 0. @param {number} from @param {number} to */
  link(from, to) {
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("li"))) {
      const event = Number(line.dataset.event);
      line.toggleAttribute("data-linked", from >= 0 && event >= from && (to < 0 || event < to));
    }
  }

  /** @param {Trace} trace @param {number} from @param {number} to @param {number} edge */
  #change(trace, from, to, edge) {
    const shown = this.#shown;
    const apart = from >= shown.to || to <= shown.from;
    if (apart) {
      this.#list.replaceChildren();
      shown.from = shown.to = from;
    }
    for (; shown.to > to; shown.to -= 1) this.#list.lastChild?.remove();
    for (; shown.from < from; shown.from += 1) this.#list.firstChild?.remove();
    for (; shown.from > from; shown.from -= 1) this.#list.prepend(line(trace, shown.from - 1, edge));
    for (; shown.to < to; shown.to += 1) this.#list.append(line(trace, shown.to, edge));
    this.#list.start = from + 1;
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}

/** @param {Trace} trace @param {number} k @param {number} edge */
function line(trace, k, edge) {
  const i = trace.output[k];
  const span = Math.max(edge, trace.t[i]);
  return make("li", { part: "line", "data-event": i }, make("span", { class: "when" }, time(trace.t[i], span, span < 1e8 ? undefined : 1e7)),
    make("span", { class: "said" }, trace.textOf(i)));
}

/** How many of the sorted numbers are below `limit`. @param {number[]} numbers @param {number} limit */
function count(numbers, limit) {
  let k = numbers.length;
  while (k > 0 && numbers[k - 1] >= limit) k -= 1;
  return k;
}

/** The result on a few lines; the trace has all of it. @param {unknown} value */
function brief(value) {
  const short = (/** @type {string} */ _, /** @type {unknown} */ part) => (typeof part === "number" ? Number(part.toFixed(4)) : part);
  const text = JSON.stringify(value, short, 1)?.replace(/\n\s*/g, " ") ?? "";
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
