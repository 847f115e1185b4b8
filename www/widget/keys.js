/** The keys, for as long as the widget has the focus. */

/**
 * @typedef {{ toggle(): void, step(n: number): void, nudge(part: number): void, start(): void, finish(): void, zoom(by: number): void,
 *   lane(way: -1 | 1): void, jump(): void }} Keyed
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
  "+": ["closer", (keyed) => keyed.zoom(0.5)],
  "-": ["further away", (keyed) => keyed.zoom(2)],
  "f": ["all of it", (keyed) => keyed.zoom(0)],
  "ArrowUp": ["in the picture: the lane above", (keyed) => keyed.lane(-1)],
  "ArrowDown": ["in the picture: the lane below", (keyed) => keyed.lane(1)],
  "Enter": ["in the picture: to who ended the wait", (keyed) => keyed.jump()],
};

const CAPS = /** @type {Record<string, string>} */ ({ " ": "space", "ArrowLeft": "←", "ArrowRight": "→", "ArrowUp": "↑", "ArrowDown": "↓" });
/** Elsewhere than in the picture, these are the browser's own. */
const IN_PICTURE = ["ArrowUp", "ArrowDown", "Enter"];

export class Keys {
  /** @param {HTMLElement} node where the list of them is shown @param {Keyed} keyed */
  constructor(node, keyed) {
    this.node = node;
    this.keyed = keyed;
  }

  /** Shows the list of keys, or hides it. */
  help() {
    if (!this.node.firstChild) {
      this.node.append(...Object.entries(KEYS).map(([key, [words]]) => line(CAPS[key] ?? key, words)), line("?", "this help"));
    }
    this.node.hidden = !this.node.hidden;
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = /** @type {Element} */ (event.composedPath()[0]);
    // Fields, buttons and lists keep the keys that are theirs; what the page put into the widget keeps all but the help.
    if (target.matches?.("textarea, select, [contenteditable], input:not([type=range])")) return;
    if (event.key === " " && target.matches?.("button, summary, a")) return;
    if (target.matches?.("input") && /^(Arrow|Home|End)/.test(event.key)) return;
    if (IN_PICTURE.includes(event.key) && !target.matches?.(".picture")) return;
    const key = event.key === "=" ? "+" : event.key;
    if (key === "?") this.help();
    else if (KEYS[key]) KEYS[key][1](this.keyed);
    else return;
    event.preventDefault();
  }
}

/** @param {string} key @param {string} words */
function line(key, words) {
  return make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words));
}
