/** What the widget has to say about itself: what is wrong, what is odd, and for those who do not see it, what goes on. */

/** @typedef {import("./frame.js").Frame} Frame */

import { taskName, time } from "../trace/words.js";
import { make, write } from "./dom.js";

/** Who waits longer than this, in milliseconds, is told of it. */
const LONG = 1000;
/** What changes more often is not said each time. */
const QUIET = 400;

/** Events that are read in a frame. */
const AT_ONCE = 200_000;

export class Message {
  #alert = make("p", { class: "alert", part: "message", role: "alert", hidden: true });
  #note = make("p", { class: "note", part: "note", hidden: true });
  #status = make("p", { class: "unseen", role: "status" });
  #notes = make("ul");
  /** The run whose notes were looked for, how far, and where they are. @type {{ trace: Frame["trace"], read: number, found: number[], shown: number }} */
  #lints = { trace: null, read: 0, found: [], shown: 0 };
  #progress = make("div", { class: "progress", part: "progress", hidden: true });
  #done = make("span");
  nodes = [this.#progress, this.#alert, this.#note, this.#status];
  panel = make("section", { class: "panel notes", part: "notes", hidden: true }, make("p", { class: "head" }, "Notes"), this.#notes);

  /** @param {(index: number) => void} seek @param {() => void} stop */
  constructor(seek, stop) {
    this.seek = seek;
    this.#progress.append(make("progress", { "aria-label": "The program runs" }), this.#done,
      make("button", { type: "button", onclick: stop }, "Stop"));
  }

  /** Says that it takes longer, to who has waited for more than a second. @param {Frame} frame */
  #wait({ waited, state, trace }) {
    this.#progress.hidden = waited < LONG;
    if (waited < LONG) return;
    const seconds = `${Math.round(waited / 1000)} s`;
    const far = state === "loading" ? "Loading the engine" : `Running: ${(trace?.length ?? 0).toLocaleString("en")} events so far`;
    write(this.#done, `${far}, ${seconds}`);
  }

  /** @param {string} text what is wrong; "" for nothing */
  alarm(text) {
    write(this.#alert, text);
    this.#alert.hidden = text === "";
  }

  /** @param {string} text */
  note(text) {
    write(this.#note, text);
    this.#note.hidden = text === "";
  }

  /** Says a change of state and no more, so that a screen reader is not talked over. @param {Frame} frame */
  status({ state, edge }) {
    const words = { running: "running", paused: "paused", done: `done after ${time(edge)}`, stopped: "stopped" };
    this.say(words[/** @type {"running"} */ (state)] ?? "");
  }

  /** Says something to who listens, when it has been quiet for a moment: of many words the last ones. @param {string} text */
  say(text) {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => write(this.#status, text), QUIET);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;

  /** @param {Frame} frame @param {boolean} wanted */
  draw(frame, wanted) {
    const { trace, cursor } = frame;
    this.#wait(frame);
    const lints = this.#lints;
    if (trace !== lints.trace) {
      Object.assign(lints, { trace, read: 0, found: [], shown: 0 });
      this.#notes.replaceChildren();
    }
    if (!wanted || !trace) return void (this.panel.hidden = true);
    // Much that came at once is read over some frames: the picture does the same, and asks for them.
    const to = Math.min(trace.length, lints.read + AT_ONCE);
    for (; lints.read < to; lints.read += 1) if (trace.kindOf(lints.read).name === "lint") lints.found.push(lints.read);
    // At the end everything is known, also what speaks of the whole; before, what the cursor has passed.
    const count = lints.found.filter((i) => i < cursor.index).length;
    this.panel.hidden = count === 0;
    for (; lints.shown > count; lints.shown -= 1) this.#notes.lastChild?.remove();
    for (; lints.shown < count; lints.shown += 1) this.#notes.append(this.#lint(trace, lints.found[lints.shown]));
  }

  /** @param {NonNullable<Frame["trace"]>} trace @param {number} i */
  #lint(trace, i) {
    const of = trace.kindOf(i).subject === "task" && trace.subject[i] ? `${taskName(trace, trace.subject[i])}: ` : "";
    const line = trace.line[i] ? `line ${trace.line[i]}` : time(trace.t[i], Math.max(trace.end, 1));
    const go = make("button", { type: "button", class: "link", "aria-label": `Show where: ${line}`, onclick: () => this.seek(i + 1) }, line);
    return make("li", {}, `${of}${trace.textOf(i)} `, go);
  }
}
