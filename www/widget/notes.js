/** What is probably a mistake in the program, as it was seen in its run, each with a way there. */

/** @typedef {import("./frame.js").Frame} Frame */

import { taskName, time } from "../trace/words.js";
import { make, write } from "./dom.js";

/** What stands between backticks is code. @param {string} text */
const coded = (text) => text.split("`").map((part, k) => (k % 2 ? make("code", {}, part) : part));

/** Events that are read in a frame. */
const AT_ONCE = 200_000;

export class Notes {
  #list = make("ul");
  #none = make("p", { class: "empty" });
  /** @type {Frame["trace"]} */
  #trace = null;
  /** How far it was looked for notes, where they are, and how many are shown. */
  #read = 0;
  /** @type {number[]} */
  #found = [];
  #shown = 0;

  /** @param {HTMLElement} panel @param {(index: number) => void} seek */
  constructor(panel, seek) {
    this.panel = panel;
    this.seek = seek;
    panel.append(make("p", { class: "head" }, "Notes"), this.#list, this.#none);
  }

  /** @param {Frame} frame @param {boolean} wanted @param {boolean} alone whether their place is empty without them */
  draw({ trace, cursor, state }, wanted, alone) {
    if (trace !== this.#trace) {
      this.#trace = trace;
      this.#read = this.#shown = 0;
      this.#found = [];
      this.#list.replaceChildren();
    }
    if (!wanted || !trace) return void (this.panel.hidden = true);
    // Much that came at once is read over some frames: the picture does the same, and asks for them.
    const to = Math.min(trace.length, this.#read + AT_ONCE);
    for (; this.#read < to; this.#read += 1) if (trace.kindOf(this.#read).name === "lint") this.#found.push(this.#read);
    // At the end everything is known, also what speaks of the whole; before, what the cursor has passed.
    const count = this.#found.filter((i) => i < cursor.index).length;
    this.#none.hidden = count > 0;
    const none = state === "done" && this.#read === trace.length && this.#found.length === 0;
    write(this.#none, none ? "Nothing to note in this run." : "Nothing to note so far.");
    this.panel.hidden = count === 0 && !alone;
    for (; this.#shown > count; this.#shown -= 1) this.#list.lastChild?.remove();
    for (; this.#shown < count; this.#shown += 1) this.#list.append(this.#note(trace, this.#found[this.#shown]));
  }

  /** @param {NonNullable<Frame["trace"]>} trace @param {number} i */
  #note(trace, i) {
    const of = trace.kindOf(i).subject === "task" && trace.subject[i] ? `${taskName(trace, trace.subject[i])}: ` : "";
    const line = trace.line[i] ? `line ${trace.line[i]}` : time(trace.t[i], Math.max(trace.end, 1));
    const go = make("button", { type: "button", class: "link", "aria-label": `Show where: ${line}`, onclick: () => this.seek(i + 1) }, line);
    return make("li", {}, of, ...coded(trace.textOf(i)), " ", go);
  }
}
