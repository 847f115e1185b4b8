/** Says that it takes longer, to who has waited for more than a second. */

/** @typedef {import("./frame.js").Frame} Frame */

import { make, write } from "./dom.js";

/** How it looks. */
export const STYLE = /* css */ `
.progress { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 0 16px; font-size: .875em; border-block-end: 1px solid var(--rule) }
.progress progress { inline-size: 8em; accent-color: var(--accent) }
.progress button { font-weight: 600; color: var(--accent); padding: 0 12px }
`;

export class Progress {
  #done = make("span");
  #node;

  /** @param {HTMLElement} messages where it is shown @param {() => void} stop */
  constructor(messages, stop) {
    this.#node = make("div", { class: "progress", part: "progress", hidden: true },
      make("progress", { "aria-label": "The program runs" }), this.#done, make("button", { type: "button", onclick: stop }, "Stop"));
    messages.prepend(this.#node);
  }

  /** @param {Frame} frame @param {number} long how many milliseconds are worth a word */
  draw({ waited, state, trace }, long) {
    this.#node.hidden = waited < long;
    if (waited < long) return;
    const seconds = `${Math.round(waited / 1000)} s`;
    const far = state === "loading" ? "Loading the engine" : `Running: ${(trace?.length ?? 0).toLocaleString("en")} events so far`;
    write(this.#done, `${far}, ${seconds}`);
  }
}
