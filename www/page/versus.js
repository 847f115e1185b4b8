/** Twin runs on one cursor: the figure that matters, large, and a bar for each way; above them in a sentence what it comes to. */

/**
 * @typedef {import("../widget/frame.js").Frame} Frame
 * @typedef {import("./stretches.js").Taken} Taken
 * @typedef {import("./twins.js").Twins} Twins
 */

import { bytes, time } from "../trace/words.js";
import { make, write } from "../widget/dom.js";
import { seconds } from "./figures.js";
import { Stretches } from "./stretches.js";
import { twins as known } from "./twins.js";

const WHAT = { s: "How long it takes", bytes: "Memory at most", silence: "The longest time for which nobody else got a turn" };

export class Versus {
  /** @type {Twins | undefined} */
  #twins;
  /** @type {Stretches | null} */
  #stretches = null;
  /** @type {{ node: HTMLElement, bar: HTMLElement, figure: HTMLElement, rest: HTMLElement }[]} */
  #rows = [];
  #verdict = make("p", { class: "verdict" });

  /** @param {HTMLElement} panel */
  constructor(panel) {
    this.panel = panel;
  }

  /** @param {Frame} frame */
  draw({ trace, cursor, scenario }) {
    const twins = known(trace?.about.scenario ?? scenario?.id ?? "");
    if (twins !== this.#twins) this.#begin(twins);
    if (!twins) return;
    if (trace !== (this.#stretches?.trace ?? null)) this.#stretches = trace && new Stretches(trace, twins);
    const taken = this.#stretches?.at(cursor) ?? [];
    const whole = twins.ways.map(({ key }, k) => final(trace?.result, key, twins.unit) ?? (taken[k] ? amount(taken[k], twins.unit) : 0));
    // What takes no time on its own clock has nothing to be told beside.
    const alone = twins.unit === "s" || (twins.unit === "bytes" && trace?.about.clock === "virtual");
    this.panel.classList.toggle("alone", alone);
    const most = Math.max(...whole, Number.MIN_VALUE);
    for (const [k, row] of this.#rows.entries()) {
      const way = taken[k];
      const value = way?.over ? whole[k] : way ? Math.min(amount(way, twins.unit), trace?.result ? whole[k] : Infinity) : 0;
      row.node.classList.toggle("current", Boolean(way?.begun && !way.over));
      row.bar.style.inlineSize = `${Math.max((value * 100) / most, value > 0 ? 0.4 : 0)}%`;
      write(row.figure, twins.unit === "bytes" ? bytes(value) : seconds(value));
      write(row.rest, way?.begun && !alone ? rest(way, twins) : "");
    }
    const over = taken.length > 0 && taken.every((way) => way.over);
    write(this.#verdict, over ? twins.verdict(whole[0] / Math.max(whole[whole.length - 1], Number.MIN_VALUE)) : "");
  }

  /** @param {Twins | undefined} twins */
  #begin(twins) {
    this.#twins = twins;
    this.#stretches = null;
    this.panel.hidden = !twins;
    if (!twins) return;
    this.#rows = twins.ways.map(({ name, how }) => {
      const [bar, figure, rest] = [make("i"), make("b"), make("small")];
      const node = make("div", {}, make("dt", {}, name, " ", make("small", {}, how)), make("dd", {}, make("span", { class: "bar" }, bar), figure, rest));
      return { node, bar, figure, rest };
    });
    this.panel.replaceChildren(make("div", { class: "head" }, make("h3", {}, WHAT[twins.unit]), this.#verdict), make("dl", {}, ...this.#rows.map(({ node }) => node)));
  }
}

/** @param {Taken} way @param {Twins["unit"]} unit */
function amount(way, unit) {
  return unit === "bytes" ? way.bytes : unit === "s" ? way.seconds : way.silence;
}

/** What the program itself says that a way took. @param {any} result @param {string} key @param {Twins["unit"]} unit @returns {number | undefined} */
function final(result, key, unit) {
  const said = unit === "bytes" ? result?.[key]?.peak_bytes : unit === "silence" ? result?.[key]?.max_gap_s : result?.[`${key}_s`];
  return typeof said === "number" ? said : undefined;
}

/** The figures beside the one that is compared. @param {Taken} way @param {Twins} twins */
function rest(way, { unit, beats }) {
  const list = [];
  if (unit !== "s") list.push(`${time(way.seconds * 1e9)} in all`);
  if (beats) list.push(`${way.beats} heartbeats`);
  return list.join(", ");
}
