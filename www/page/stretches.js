/**
 * What each way of a twin run took up to the cursor, found in the trace: the ways are gone one after the other, and a
 * line of output ends each of them.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("../widget/frame.js").Frame} Frame
 * @typedef {import("./twins.js").Twins} Twins
 * @typedef {{ begun: boolean, over: boolean, seconds: number, silence: number, beats: number, bytes: number }} Taken
 */

/** What a task is taken for that shows whether the loop lives, as in the timeline. */
const HEART = /heart|beat/i;

export class Stretches {
  /** The last event of each way, as far as they have come. @type {number[]} */
  #ends = [];
  /** The turns of hearts: the event, and whether it is the first one of a heart. @type {{ i: number, first: boolean }[]} */
  #turns = [];
  #hearts = new Set();
  /** The bytes that were live. @type {{ i: number, bytes: number }[]} */
  #levels = [];
  #read = 0;

  /** @param {Trace} trace @param {Twins} twins */
  constructor(trace, twins) {
    this.trace = trace;
    this.twins = twins;
  }

  /** Reads what is new, and says what each way took so far. @param {Frame["cursor"]} cursor @returns {Taken[]} */
  at(cursor) {
    this.#take();
    return this.twins.ways.map((_, k) => this.#way(k, cursor));
  }

  #take() {
    const { trace, twins } = this;
    for (; this.#read < trace.length; this.#read += 1) {
      const i = this.#read;
      const { name } = trace.kindOf(i);
      if (name === "memory") this.#levels.push({ i, bytes: trace.value[i] });
      else if (name === "print" && twins.ways[this.#ends.length]?.end?.test(trace.textOf(i))) this.#ends.push(i);
      else if (name === "poll-start" && HEART.test(trace.taskOf(trace.task[i])?.name ?? "")) {
        this.#turns.push({ i, first: !this.#hearts.has(trace.task[i]) });
        this.#hearts.add(trace.task[i]);
      }
    }
  }

  /** @param {number} k @param {Frame["cursor"]} cursor @returns {Taken} */
  #way(k, { index, t }) {
    const { trace } = this;
    const from = k === 0 ? 0 : this.#ends[k - 1] ?? Infinity;
    const end = this.#ends[k] ?? trace.length;
    if (index <= from) return { begun: false, over: false, seconds: 0, silence: 0, beats: 0, bytes: 0 };
    const over = index > end || (index === trace.length && end === trace.length && trace.hash !== "");
    const start = trace.t[from] ?? 0;
    const now = over ? trace.t[Math.min(end, trace.length - 1)] : t;
    const to = Math.min(end, index);
    const turns = this.#turns.filter(({ i }) => i >= from && i < to);
    const times = [start, ...turns.map(({ i }) => trace.t[i]), now];
    const silence = Math.max(...times.slice(1).map((time, n) => time - times[n]));
    const levels = this.#levels.filter(({ i }) => i >= from && i < to).map(({ bytes }) => bytes);
    const before = this.#levels.findLast(({ i }) => i < from)?.bytes ?? levels[0] ?? 0;
    return {
      begun: true,
      over,
      seconds: (now - start) / 1e9,
      silence: silence / 1e9,
      beats: turns.filter(({ first }) => !first).length,
      bytes: Math.max(0, ...levels.map((level) => level - before)),
    };
  }
}
