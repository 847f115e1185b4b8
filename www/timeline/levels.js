/** How much there was of something, event by event: a series of which the largest value of any stretch is known. */

import { Series } from "./series.js";

/** Entries whose largest value is kept together, so that the largest of many is found without looking at each. */
const BLOCK = 64;

export class Levels extends Series {
  /** The largest value of each full block. @type {number[]} */
  #most = [];

  /** @param {number} at @param {number} value */
  push(at, value) {
    super.push(at, value);
    if (this.length % BLOCK === 0) this.#most.push(largest(this.value, this.length - BLOCK, this.length));
  }

  /** The largest value from entry `from` up to `to`. @param {number} from @param {number} to */
  most(from, to) {
    const first = Math.ceil(from / BLOCK);
    const last = Math.floor(to / BLOCK);
    if (last <= first) return largest(this.value, from, to);
    const ends = Math.max(largest(this.value, from, first * BLOCK), largest(this.value, last * BLOCK, to));
    return Math.max(ends, largest(this.#most, first, last));
  }
}

/** @param {ArrayLike<number>} values @param {number} from @param {number} to */
function largest(values, from, to) {
  let most = -Infinity;
  for (let k = from; k < to; k += 1) if (values[k] > most) most = values[k];
  return most;
}
