/** The program that runs, fetched when it is looked at, with the line that the last event speaks of marked. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("../pkg/loopscope.js").ScenarioInfo} ScenarioInfo
 */

import { make, reveal, write } from "./dom.js";

/** Enough of Rust's words to make a page of it easy on the eye. */
const WORDS = "as async await break const else enum fn for if impl in let loop match mod move mut pub ref return self Self static struct trait type use where while".split(" ");
const TOKENS = new RegExp(String.raw`(?<comment>\/\/.*)|(?<string>b?"(?:[^"\\]|\\.)*")|(?<word>\b(?:${WORDS.join("|")})\b)`, "g");

/** How it looks, and where it stands. */
export const STYLE = /* css */ `
.coded .program { display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); border-block-end: 1px solid var(--rule) }
.code { display: flex; flex-direction: column; border: 0; padding-inline: 0 }
.code .head { padding-inline: 16px }
.code pre { margin: 0; overflow: auto; max-block-size: var(--loopscope-code-height, 27em); font: .8125em/1.6 var(--mono); tab-size: 4; position: relative; flex: 1 1 auto }
.code code { display: grid; inline-size: max-content; min-inline-size: 100%; font: inherit; counter-reset: line }
.code code > span { display: block; padding-inline: 0 16px; border-inline-start: 3px solid transparent; counter-increment: line }
.code code > span::before { content: counter(line); display: inline-block; inline-size: 3em; margin-inline-end: 1em; text-align: end; color: var(--edge) }
.code [aria-current] { background: color-mix(in oklab, var(--accent) 14%, var(--paper)); border-color: var(--accent) }
.code [aria-current]::before { color: var(--ink); font-weight: 700 }
.comment { color: var(--soft) }
.string { color: var(--frozen) }
@container loopscope (min-width: 42em) {
  .coded .program { grid-auto-flow: column; grid-auto-columns: minmax(13em, 17em) }
  .coded .side { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr) }
  .coded ::slotted([slot="figures"]) { border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  ::slotted([slot="parameters"]) { border-inline-start: 1px solid var(--rule); overflow: auto }
}
/* One above the other, they need more height than was asked for. */
@container loopscope (max-width: 58em) {
  .fixed.coded { display: flex; flex-direction: column }
  .fixed.coded > * { flex: none }
  .fixed.coded > .stage { flex: 1 0 auto }
}
@container loopscope (min-width: 58em) {
  .coded:not(.fixed) { --stage: minmax(min-content, max-content) }
  .coded { grid-template-rows: auto auto minmax(9em, 1fr) var(--stage) auto auto }
  .sided.coded { grid-template: "messages messages" auto "fallback fallback" auto "program side" minmax(9em, 1fr) "stage side" var(--stage) "events events" auto / minmax(0, 1fr) minmax(13em, 18em) }
  /* What comes while it runs moves nothing that is there. */
  .sided.coded .output ol { block-size: 14.4em; flex: none }
  .sided.coded .result { block-size: 6.4em; overflow: auto }
  .coded .picture { block-size: var(--loopscope-picture-height, auto) }
  .sided.coded .side { display: block; overflow: auto; scrollbar-gutter: stable; border-block-start: 0; border-inline-start: 1px solid var(--rule) }
  .coded ::slotted([slot="figures"]) { border-block-start: 1px solid var(--rule); border-inline-start: 0 }
}
.word { font-weight: 600 }
`;

export class Code {
  #title = make("p", { class: "head" }, "Program");
  #lines = make("code", { part: "lines" });
  #missing = make("p", { class: "note", hidden: true });
  #scroll = make("pre", { tabindex: 0, role: "group", "aria-label": "Program" }, this.#lines);
  /** @type {Frame | undefined} */
  #frame;
  /** @type {ScenarioInfo | undefined} */
  #scenario;
  /** @type {HTMLElement | undefined} */
  #current;
  /** @type {Element | undefined} */
  #linked;

  /** @param {(line: number, file: string) => void} point tells the line that is pointed at, 0 for none */
  constructor(point) {
    this.#lines.addEventListener("pointerover", ({ target }) => {
      const line = /** @type {HTMLElement} */ (target).closest("code > span");
      point(line ? [...this.#lines.children].indexOf(line) + 1 : 0, this.#scenario?.file ?? "");
    });
    this.#lines.addEventListener("pointerleave", () => point(0, ""));
    this.node = make("section", { class: "panel code", part: "code" }, this.#title, this.#missing, this.#scroll);
  }

  /** @param {Frame} frame */
  draw(frame) {
    this.#frame = frame;
    // Nobody looks, and nothing is fetched.
    if (this.node.hidden) return;
    if (frame.scenario !== this.#scenario) {
      this.#scenario = frame.scenario;
      this.#write([]);
      void this.#fetch(frame.scenario?.file.split("/").at(-1));
    }
    this.#mark(frame);
  }

  /** Sends for the program; what cannot be had is said in its place. @param {string | undefined} name */
  async #fetch(name) {
    write(this.#title, name ?? "Program");
    if (!name) return;
    const scenario = this.#scenario;
    const { lines, missing } = await program(name);
    if (scenario !== this.#scenario) return;
    write(this.#missing, missing);
    this.#missing.hidden = missing === "";
    this.#write(lines);
    // What is used from elsewhere stands at the top, and nobody begins to read there.
    const first = this.#lines.children[lines.findIndex((line) => /^(\/\/\/|(pub.* )?(async )?fn |struct |impl )/.test(line))];
    if (first) this.#scroll.scrollTop = /** @type {HTMLElement} */ (first).offsetTop;
    if (this.#frame) this.#mark(this.#frame);
  }

  /** @param {string[]} lines */
  #write(lines) {
    this.#current = this.#linked = undefined;
    this.#lines.replaceChildren(...lines.map(row));
  }

  /** Marks the line that runs. @param {Frame} frame */
  #mark({ scenario, trace, cursor, state }) {
    // After the last event of a run that is over, no line runs.
    const over = trace !== null && cursor.index >= trace.length && state !== "running" && state !== "paused";
    const number = trace && scenario && !over ? running(trace, cursor.index, scenario.file) : 0;
    const line = /** @type {HTMLElement | undefined} */ (this.#lines.children[number - 1]);
    if (line === this.#current) return;
    this.#current?.removeAttribute("aria-current");
    line?.setAttribute("aria-current", "true");
    this.#current = line;
    if (line) reveal(this.#scroll, line);
  }

  /** Marks the line that something pointed at speaks of; 0 for none. @param {number} number @param {string} file */
  link(number, file) {
    const line = file === this.#scenario?.file ? this.#lines.children[number - 1] : undefined;
    if (line === this.#linked) return;
    this.#linked?.removeAttribute("data-linked");
    line?.setAttribute("data-linked", "");
    this.#linked = line;
  }
}

/** The lines of a program, or a sentence why they are missing. @param {string} name @returns {Promise<{ lines: string[], missing: string }>} */
async function program(name) {
  const address = new URL(`../pkg/programs/${name}`, import.meta.url);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address.href} answered ${response.status}`);
    return { lines: (await response.text()).trimEnd().split("\n"), missing: "" };
  } catch (error) {
    return { lines: [], missing: `The program could not be fetched, it runs all the same: ${/** @type {Error} */ (error).message}` };
  }
}

/** The line of the last event before `index` that has one in this file; 0 for none. @param {Trace} trace @param {number} index @param {string} file */
function running(trace, index, file) {
  // Where another task stands, nothing runs.
  const task = trace.task[index - 1];
  for (let i = index - 1; i >= 0; i -= 1) {
    if (trace.task[i] === task && trace.line[i] > 0 && trace.strings[trace.file[i]] === file) return trace.line[i];
  }
  return 0;
}

/** @param {string} text */
function row(text) {
  const line = make("span", { part: "source-line" });
  let last = 0;
  for (const found of text.matchAll(TOKENS)) {
    line.append(text.slice(last, found.index));
    const kind = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined)?.[0] ?? "";
    line.append(make("span", { class: kind }, found[0]));
    last = found.index + found[0].length;
  }
  line.append(text.slice(last) || (last === 0 ? "\u200b" : ""));
  return line;
}
