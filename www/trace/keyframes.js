/**
 * The state at any place of a run without reading the run from its start: keyframes on the way, and from the last one
 * on the events in between. Forwards by a step it reads that step alone.
 *
 * @typedef {import("./trace.js").Trace} Trace
 */

import { State } from "./state.js";

/** Events between two keyframes, at least. Reading so many takes less than a tenth of a millisecond. */
const APART = 1024;

export class Keyframes {
  /** @type {State[]} */
  #frames = [new State()];
  /** The state at the end of what was read. */
  #edge = new State();
  /** The state that was asked for last. */
  #now = new State();

  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
  }

  /** How many events were taken in. */
  get length() {
    return this.#edge.index;
  }

  /** How many there are. */
  get count() {
    return this.#frames.length;
  }

  /** Takes in what was appended to the trace, all of it or the first `length` events. @param {number} [length] */
  update(length = this.trace.length) {
    const { trace } = this;
    const edge = this.#edge;
    while (edge.index < length) {
      edge.take(trace, edge.index);
      const last = this.#frames[this.#frames.length - 1];
      // A run with many tasks has large states: the further apart they are, so that all of them together grow with
      // the number of events and no faster.
      if (edge.index - last.index >= Math.max(APART, edge.size)) this.#frames.push(new State().set(edge));
    }
    return this;
  }

  /** What is so after `index` events. It is the same object each time: read it, and do not keep it. @param {number} index */
  at(index) {
    const to = Math.min(index, this.trace.length);
    if (to > this.#edge.index) this.update(to);
    const frame = this.#before(to);
    const now = this.#now;
    if (now.index > to || now.index < frame.index) now.set(to === this.#edge.index ? this.#edge : frame);
    while (now.index < to) now.take(this.trace, now.index);
    return now;
  }

  /** The last keyframe that is not behind `index`. @param {number} index */
  #before(index) {
    let low = 0;
    let high = this.#frames.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#frames[middle].index <= index) low = middle + 1;
      else high = middle;
    }
    return this.#frames[low - 1];
  }
}
