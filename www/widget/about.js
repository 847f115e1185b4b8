/** The line under the picture: what is pointed at, or else what happened last; and the way to whoever ended a wait. */

/** @typedef {import("./frame.js").Frame} Frame */

import { sentence } from "../trace/sentence.js";
import { make, write } from "./dom.js";

export class AboutLine {
  #text = make("span", { class: "told" });
  #go = make("button", { type: "button", class: "go", part: "button jump", hidden: true, onclick: () => this.#jump?.() });
  /** @type {(() => void) | null} */
  #jump = null;

  /** @param {HTMLElement} place */
  constructor(place) {
    place.append(this.#text, this.#go);
  }

  /** @param {Frame} frame @param {{ text: string, to: string, jump: () => void } | null} pointed */
  draw({ trace, cursor }, pointed) {
    this.#jump = pointed?.jump ?? null;
    const last = trace && cursor.index > 0 ? `Event ${cursor.index} of ${trace.length}: ${sentence(trace, cursor.index - 1)}` : "";
    write(this.#text, pointed?.text ?? last);
    this.#go.hidden = !pointed?.to;
    write(this.#go, pointed?.to ? `Go to ${pointed.to}` : "");
  }
}
