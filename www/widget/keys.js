/** The keys, for as long as the widget has the focus. */

/**
 * @typedef {{ toggle(): void, step(n: number): void, nudge(part: number): void, start(): void, finish(): void }} Keyed
 */

import { make } from "./dom.js";

/** @type {Record<string, [words: string, act: (keyed: Keyed) => void]>} */
const KEYS = {
  " ": ["play or pause", (keyed) => keyed.toggle()],
  ",": ["one event back", (keyed) => keyed.step(-1)],
  ".": ["one event on", (keyed) => keyed.step(1)],
  "ArrowLeft": ["back a little", (keyed) => keyed.nudge(-0.05)],
  "ArrowRight": ["on a little", (keyed) => keyed.nudge(0.05)],
  "Home": ["to the start", (keyed) => keyed.start()],
  "End": ["to the end", (keyed) => keyed.finish()],
};

const CAPS = /** @type {Record<string, string>} */ ({ " ": "space", "ArrowLeft": "←", "ArrowRight": "→" });

export class Keys {
  /** @param {Keyed} keyed */
  constructor(keyed) {
    this.keyed = keyed;
    this.node = make("dl", { class: "help", part: "help", hidden: true },
      ...Object.entries(KEYS).map(([key, [words]]) => line(CAPS[key] ?? key, words)), line("?", "this help"));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = /** @type {Element} */ (event.composedPath()[0]);
    // Fields, buttons and lists keep the keys that are theirs.
    if (target.matches?.("textarea, select, [contenteditable], input:not([type=range])")) return;
    if (event.key === " " && target.matches?.("button, summary, a")) return;
    if (target.matches?.("input") && /^(Arrow|Home|End)/.test(event.key)) return;
    if (event.key === "?") this.node.hidden = !this.node.hidden;
    else if (KEYS[event.key]) KEYS[event.key][1](this.keyed);
    else return;
    event.preventDefault();
  }
}

/** @param {string} key @param {string} words */
function line(key, words) {
  return make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words));
}
