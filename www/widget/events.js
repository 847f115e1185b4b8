/** The table of events: the picture's equal in words. Only the rows that can be seen are in the page. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { sentence } from "../trace/sentence.js";
import { taskName, time } from "../trace/words.js";
import { make, write } from "./dom.js";

/** The height of a row in pixels, as the style sheet has it: a finger needs more than a pointer. */
const ROW = matchMedia("(pointer: coarse)").matches ? 44 : 28;
/** Rows above and below the ones that are seen, so that scrolling shows no gaps. */
const SPARE = 10;

export class Events {
  #body = make("tbody");
  #table = make("table", {}, make("thead", {}, make("tr", {}, ...["#", "Time", "Turn", "Task", "What happens"].map((name) => make("th", { scope: "col" }, name)))), this.#body);
  #scroll = make("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Events" }, this.#table);
  /** @type {Frame | undefined} */
  #frame;
  #drawn = "";
  #index = -1;

  /** @param {HTMLDetailsElement} node with its summary @param {(index: number) => void} seek */
  constructor(node, seek) {
    this.node = node;
    node.append(this.#scroll);
    node.addEventListener("toggle", () => this.#open());
    this.#scroll.addEventListener("scroll", () => this.#rows());
    this.#body.addEventListener("click", (event) => {
      const row = /** @type {HTMLElement} */ (event.target).closest("tr");
      if (row?.dataset.seq) seek(Number(row.dataset.seq) + 1);
    });
  }

  /** @param {Frame} frame */
  draw(frame) {
    const { trace, cursor } = frame;
    this.#frame = frame;
    const dropped = trace?.dropped ? `, ${trace.dropped} more things were dropped because there was no room` : "";
    write(/** @type {HTMLElement} */ (this.node.firstElementChild), trace ? `Events (${trace.length}${dropped})` : "Events");
    if (!this.node.open) return;
    if (cursor.index !== this.#index) {
      this.#index = cursor.index;
      this.#follow(Math.max(0, cursor.index - 1) * ROW);
    }
    this.#rows();
  }

  #open() {
    this.#index = -1;
    if (this.#frame) this.draw(this.#frame);
  }

  /** @param {number} top */
  #follow(top) {
    const { scrollTop, clientHeight } = this.#scroll;
    if (top < scrollTop) this.#scroll.scrollTop = top;
    else if (top + 3 * ROW > scrollTop + clientHeight) this.#scroll.scrollTop = top + 3 * ROW - clientHeight;
  }

  #rows() {
    const trace = this.#frame?.trace;
    if (!this.node.open || !this.#frame) return;
    const length = trace?.length ?? 0;
    const from = Math.max(0, Math.floor(this.#scroll.scrollTop / ROW) - SPARE);
    const to = Math.min(length, from + Math.ceil(this.#scroll.clientHeight / ROW) + 2 * SPARE);
    const drawn = `${from} ${to} ${length} ${this.#frame.cursor.index}`;
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#table.setAttribute("aria-rowcount", String(length + 1));
    const rows = [];
    for (let i = from; trace && i < to; i += 1) rows.push(row(trace, i, i === this.#frame.cursor.index - 1));
    this.#body.replaceChildren(space(from), ...rows, space(length - to));
  }
}

/** @param {Trace} trace @param {number} i @param {boolean} current */
function row(trace, i, current) {
  return make("tr", { "data-seq": i, "aria-rowindex": i + 2, "aria-current": current && "true" },
    make("td", {}, make("button", { type: "button", "aria-label": `Go to event ${i + 1}` }, String(i + 1))),
    ...[time(trace.t[i], Math.max(trace.end, 1)), String(trace.turn[i]), taskName(trace, trace.task[i]), sentence(trace, i)]
      .map((text) => make("td", {}, text)));
}

/** Stands for the rows that are not there. @param {number} rows */
function space(rows) {
  const row = make("tr", { "aria-hidden": "true", class: "space" }, make("td", { colspan: 5 }));
  row.style.blockSize = `${Math.max(0, rows) * ROW}px`;
  row.hidden = rows <= 0;
  return row;
}
