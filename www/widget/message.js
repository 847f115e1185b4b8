/** What the widget has to say about itself: what is wrong, what is odd, and for those who do not see it, what goes on. */

/** @typedef {import("./frame.js").Frame} Frame */

import { time } from "../trace/words.js";
import { make, write } from "./dom.js";

/** What changes more often is not said each time. */
const QUIET = 400;

export class Message {
  #alert = make("p", { class: "alert", part: "message", role: "alert", hidden: true });
  #note = make("p", { class: "note", part: "note", hidden: true });
  #status = make("p", { class: "unseen", role: "status" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  node = make("div", { class: "messages" }, this.#alert, this.#note, this.#status);

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
}
