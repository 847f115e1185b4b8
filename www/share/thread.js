/** What a task does, as slices of a thread: its turns, with the generators that run in them nested inside, and its waits. */

/**
 * @typedef {Record<string, unknown> & { ph: string, ts?: number, dur?: number }} ChromeEvent
 * @typedef {ChromeEvent & { from: number }} Slice `from` is its start in nanoseconds: the sum of two rounded numbers is no third
 */

/** Microseconds, as the format has them. @param {number} ns */
export const micros = (ns) => ns / 1000;

export class Thread {
  /** The turn that it has. @type {Slice | null} */
  #run = null;
  /** The generators that run in it, each driven by the one before it, with their slices in this turn. @type {{ id: number, name: string, slice: Slice | null }[]} */
  #generators = [];
  /** What it will wait for when its turn is over. */
  #why = "";
  /** The wait that it is in. @type {ChromeEvent | null} */
  #wait = null;
  /** The arrows that lead to its next turn. @type {ChromeEvent[]} */
  #arrows = [];

  /** @param {number} tid @param {ChromeEvent[]} out */
  constructor(tid, out) {
    this.tid = tid;
    this.out = out;
  }

  /** Whether it has its turn. */
  get runs() {
    return this.#run !== null;
  }

  /** @param {number} t @param {number} turn */
  start(t, turn) {
    this.wake(t);
    this.#why = "";
    this.#run = this.#open("run", "run", t, { turn });
    for (const arrow of this.#arrows.splice(0)) this.out.push({ ...arrow, ph: "f", bp: "e", tid: this.tid, ts: micros(t) });
    for (const generator of this.#generators) generator.slice = this.#open(generator.name, "generator", t);
  }

  /** @param {number} t @param {number} seq */
  end(t, seq) {
    for (const { slice } of this.#generators.toReversed()) this.#close(slice, t);
    for (const generator of this.#generators) generator.slice = null;
    this.#close(this.#run, t);
    this.#run = null;
    if (!this.#why) return;
    this.#wait = { ph: "b", pid: 1, tid: this.tid, id: `wait ${seq}`, name: this.#why, cat: "wait", ts: micros(t) };
    this.out.push(this.#wait);
  }

  /** @param {string} why */
  waits(why) {
    this.#why = why || "wait";
  }

  /** @param {number} t */
  wake(t) {
    if (this.#wait) this.out.push({ ...this.#wait, ph: "e", ts: micros(t) });
    this.#wait = null;
  }

  /**
   * Lets an arrow lead from the turn of another thread to the next turn of this one. Perfetto looks for the slice that is around
   * its end, Chrome for the one with the same time and category: both find the turn where it begins.
   *
   * @param {string} id @param {Thread | undefined} from @param {string} name
   */
  follow(id, from, name) {
    // An arrow starts in a slice: what the loop itself does is in none.
    if (!from || !from.#run) return;
    const arrow = { ph: "s", pid: 1, tid: from.tid, id, name, cat: from.#run.cat, ts: from.#run.ts };
    this.out.push(arrow);
    this.#arrows.push(arrow);
  }

  /** @param {number} t @param {number} id @param {string} name */
  resume(t, id, name) {
    this.#generators.push({ id, name, slice: this.#run && this.#open(name, "generator", t) });
  }

  /** A generator freezes or ends, and with it those that it drives. @param {number} t @param {number} id */
  freeze(t, id) {
    const depth = this.#generators.findLastIndex((generator) => generator.id === id);
    if (depth < 0) return;
    for (const { slice } of this.#generators.splice(depth).toReversed()) this.#close(slice, t);
  }

  /** A blocking call of this length has ended. @param {number} t @param {number} length @param {Record<string, unknown>} args */
  block(t, length, args) {
    const inner = this.#generators.at(-1)?.slice ?? this.#run;
    if (inner) this.#close(this.#open("blocks the loop", "block", Math.max(t - length, inner.from), args), t);
  }

  /** @param {string} name @param {string} cat @param {number} t @param {Record<string, unknown>} [args] @returns {Slice} */
  #open(name, cat, t, args) {
    const slice = { ph: "X", pid: 1, tid: this.tid, name, cat, ts: micros(t), dur: 0, from: t, ...(args && { args }) };
    this.out.push(slice);
    return slice;
  }

  /** @param {Slice | null} slice @param {number} t */
  #close(slice, t) {
    if (slice) slice.dur = micros(t - slice.from);
  }
}
