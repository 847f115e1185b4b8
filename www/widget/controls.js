/** The buttons, the slider that says where the cursor is, and the speed. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {{ toggle(): void, run(): void, stop(): void, step(n: number): void, speed(speed: number): void, help(): void }} Actions
 */

import { svg } from "../timeline/svg.js";
import { time } from "../trace/words.js";
import { make, write } from "./dom.js";

const ICONS = {
  play: "M5 3l9 6-9 6z",
  pause: "M4 3h4v12H4zM10 3h4v12h-4z",
  back: "M4 3h2v12H4zM15 3v12L7 9z",
  forward: "M12 3h2v12h-2zM3 3l8 6-8 6z",
  stop: "M4 4h10v10H4z",
  again: "M9 2a7 7 0 1 1-6.6 4.7l1.9.7A5 5 0 1 0 9 4v2.6L4.6 3.3 9 0z",
};

const SPEEDS = [0.1, 0.25, 0.5, 1, 2, 5, 10];
/** The slider's steps: fine enough to drag, and a press of an arrow key is still a visible way. */
const STEPS = 1000;

export class Controls {
  #icon = svg("path", { d: ICONS.play });
  #word = make("span", {}, "Run");
  #slider = make("input", { type: "range", part: "scrubber", min: 0, max: STEPS, step: 1, value: 0, "aria-label": "Position in the run" });
  #place = make("output", { class: "place", part: "position" });
  #speed = make("select", { part: "speed", "aria-label": "Speed", title: "Speed" });

  /** @param {Actions} actions @param {(part: number) => void} scrub */
  constructor(actions, scrub) {
    this.toggle = make("button", { type: "button", class: "main", part: "button play", onclick: () => actions.toggle() },
      svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, this.#icon), this.#word);
    this.back = button("back", "Step back", () => actions.step(-1));
    this.forward = button("forward", "Step forward", () => actions.step(1));
    this.stop = button("stop", "Stop", () => actions.stop());
    this.again = button("again", "Run again", () => actions.run());
    this.help = button("help", "Keys", () => actions.help(), "?");
    this.#slider.addEventListener("input", () => scrub(Number(this.#slider.value) / STEPS));
    this.#speed.addEventListener("change", () => actions.speed(Number(this.#speed.value)));
    this.node = make("div", { class: "controls", part: "controls", role: "group", "aria-label": "Player" },
      make("div", { class: "buttons" }, this.toggle, this.back, this.forward, this.stop, this.again),
      make("div", { class: "track" }, this.#slider, this.#place, this.#speed, this.help));
  }

  /** @param {Frame} frame @param {number} part how far along the axis the cursor is, from 0 to 1 @param {string} last what happened last */
  draw(frame, part, last) {
    const { trace, state, cursor, edge } = frame;
    const [icon, word] = action(frame);
    this.#icon.setAttribute("d", ICONS[icon]);
    write(this.#word, word);
    const nothing = trace === null || trace.length === 0;
    this.back.disabled = nothing || cursor.index === 0;
    this.forward.disabled = nothing || cursor.index >= trace.length;
    this.stop.disabled = !["loading", "running", "paused"].includes(state);
    this.again.disabled = state === "idle" || state === "loading";
    this.#slider.disabled = nothing;
    this.#slider.value = String(Math.round(part * STEPS));
    const place = `${time(cursor.t, edge)} / ${time(edge)}`;
    write(this.#place, nothing ? "" : place);
    this.#slider.setAttribute("aria-valuetext", nothing ? "" : `${time(cursor.t, edge)} of ${time(edge)}${last && `, ${last}`}`);
    this.#speeds(frame.speed);
  }

  /** @param {number} speed */
  #speeds(speed) {
    if (this.#speed.value === String(speed)) return;
    const speeds = [...new Set([...SPEEDS, speed])].sort((a, b) => a - b);
    this.#speed.replaceChildren(...speeds.map((value) => make("option", { value }, `${value}×`)));
    this.#speed.value = String(speed);
  }
}

/** What the large button does just now. @param {Frame} frame @returns {[keyof typeof ICONS, string]} */
function action({ trace, state, playing, following, cursor }) {
  if (state === "loading" || (state === "running" && following) || playing) return ["pause", "Pause"];
  if (state === "paused" && following) return ["play", "Resume"];
  if (trace === null || trace.length === 0) return ["play", "Run"];
  return ["play", cursor.index >= trace.length ? "Replay" : "Play"];
}

/** @param {string} part which has an icon, if no sign is given @param {string} name @param {() => void} onclick @param {string} [sign] */
function button(part, name, onclick, sign) {
  return make("button", { type: "button", class: "icon", part: `button ${part}`, "aria-label": name, title: name, onclick },
    sign ?? svg("svg", { viewBox: "0 0 18 18", "aria-hidden": "true" }, svg("path", { d: ICONS[/** @type {"play"} */ (part)] })));
}
