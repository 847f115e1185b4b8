/** What the widget has to say about itself: what is wrong, what is odd, and for those who do not see it, what goes on. */

/** @typedef {import("./frame.js").Frame} Frame */

import { time } from "../trace/words.js";
import { make, write } from "./dom.js";

export class Message {
  #alert = make("p", { class: "alert", part: "message", role: "alert", hidden: true });
  #note = make("p", { class: "note", part: "note", hidden: true });
  #status = make("p", { class: "unseen", role: "status" });
  #notes = make("ul");
  #panel = make("section", { class: "panel notes", part: "notes", hidden: true }, make("h3", {}, "Notes"), this.#notes);
  nodes = [this.#alert, this.#note, this.#status];
  panel = this.#panel;

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
    write(this.#status, words[/** @type {"running"} */ (state)] ?? "");
  }

  /** @param {Frame} frame @param {boolean} wanted */
  draw({ trace, cursor }, wanted) {
    const notes = [];
    if (wanted && trace?.kinds.some(({ name }) => name === "lint")) {
      for (let i = 0; i < cursor.index; i += 1) if (trace.kindOf(i).name === "lint") notes.push(trace.textOf(i));
    }
    this.#panel.hidden = notes.length === 0;
    if (this.#notes.childElementCount !== notes.length) this.#notes.replaceChildren(...notes.map((text) => make("li", {}, text)));
  }
}
