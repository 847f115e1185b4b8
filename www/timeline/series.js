/**
 * Events in their order with two numbers for each, in columns: what changed when. A lane's states, a queue's depths and
 * the values that a generator sent are all this; a place in it is found in logarithmic time.
 */

const NOTHING = { at: new Uint32Array(0), value: new Float64Array(0), extra: new Int32Array(0) };

export class Series {
  length = 0;
  /** The numbers of the events. */
  at = NOTHING.at;
  value = NOTHING.value;
  extra = NOTHING.extra;
  /** @param {number} at @param {number} value @param {number} [extra] */
  push(at, value, extra = -1) {
    if (this.length === this.at.length) this.#grow();
    const k = this.length;
    this.at[k] = at;
    this.value[k] = value;
    this.extra[k] = extra;
    this.length = k + 1;
  }

  /** Takes the last entry back. */
  pop() {
    this.length -= 1;
  }

  /** The last entry that happened among the first `index` events; -1 for none. @param {number} index */
  before(index) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at[middle] < index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #grow() {
    const size = Math.max(4, this.length * 2);
    for (const name of /** @type {const} */ (["at", "value", "extra"])) {
      const grown = new /** @type {any} */ (this[name].constructor)(size);
      grown.set(this[name]);
      /** @type {any} */ (this)[name] = grown;
    }
  }
}
