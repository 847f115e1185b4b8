/**
 * Takes in what a run has recorded, a part at a time: who is given a million events at once goes on drawing meanwhile.
 *
 * @typedef {import("../pkg/loopscope.js").Batch} Batch
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { Room } from "../trace/room.js";
import { COLUMNS } from "../trace/trace.js";

/** So many milliseconds at a time, and so many in between, in which the page draws. */
const WORK = 6;
const REST = 4;

/** Events of a part: what is taken in by one look at the clock. */
const PART = 8192;

export class Inbox {
  /** @type {Batch[]} */
  #parts = [];
  /** Told when nothing is left. @type {(() => void)[]} */
  #waiting = [];
  #hurry = false;

  /** @param {Trace} trace @param {() => void} recorded is told that there are new ones */
  constructor(trace, recorded) {
    this.trace = trace;
    this.recorded = recorded;
    trace.room = new Room(/** @type {any} */ (trace), COLUMNS);
  }

  /** A little is taken in at once. @param {Batch} batch @returns {this} */
  take(batch) {
    const idle = this.#parts.length === 0;
    this.#parts.push(...parts(batch));
    if (idle) this.#work();
    return this;
  }

  /** Resolves when all of it was taken in. @param {boolean} now whoever has stopped it waits for no rest in between @returns {Promise<void>} */
  empty(now) {
    this.#hurry = now;
    if (now) this.#work();
    return new Promise((resolve) => {
      if (this.#parts.length === 0) resolve();
      else this.#waiting.push(resolve);
    });
  }

  #work() {
    if (this.#parts.length === 0) return;
    // Where nothing is drawn nobody has to be let through, and timers are slow.
    const until = this.#hurry || document.hidden ? Infinity : performance.now() + WORK;
    let k = 0;
    do {
      this.trace.append(this.#parts[k]);
      k += 1;
    } while (k < this.#parts.length && performance.now() < until);
    this.#parts.splice(0, k);
    this.recorded();
    if (this.#parts.length > 0) setTimeout(() => this.#work(), REST);
    else for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** A batch in pieces; what is no column comes with the first. @param {Batch} batch @returns {Batch[]} */
function parts(batch) {
  const { length } = batch.t;
  if (length <= PART) return [batch];
  return Array.from({ length: Math.ceil(length / PART) }, (_, k) => {
    const columns = Object.entries(batch).map(([name, value]) => [name, ArrayBuffer.isView(value) ? /** @type {Uint32Array} */ (value).subarray(k * PART, (k + 1) * PART) : value]);
    return { .../** @type {Batch} */ (Object.fromEntries(columns)), ...(k > 0 && { strings: [], resources: [] }) };
  });
}
