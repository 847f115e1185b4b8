/**
 * Room for columns that grow. Twice as long ones are made ready while the last quarter is filled, a part with each
 * append: to copy half a million events at once would be seen as a hitch.
 *
 * @typedef {Float64Array | Uint32Array | Uint8Array} Column
 * @typedef {Record<string, Column>} Columns
 */

/** So many events are copied for each one that is appended: enough to be through before the room is full. */
const COPIES = 5;

export class Room {
  /** The longer columns, while they are made ready. @type {Column[] | null} */
  #next = null;
  /** How much of each is copied. */
  #copied = 0;

  /** @param {Columns} holder what has the columns as its properties @param {readonly string[]} names */
  constructor(holder, names) {
    this.holder = holder;
    this.names = names;
  }

  get capacity() {
    return this.holder[this.names[0]].length;
  }

  /** Makes room for `wanted` events, of which there are `length`. @param {number} length @param {number} wanted */
  reserve(length, wanted) {
    if (wanted <= this.capacity) return;
    if (!this.#next || this.#next[0].length < wanted) this.#begin(Math.max(wanted, this.capacity * 2));
    this.#copy(length);
    const next = /** @type {Column[]} */ (this.#next);
    for (const [k, name] of this.names.entries()) this.holder[name] = next[k];
    this.release();
  }

  /** Goes on with the longer columns, if they will be wanted. @param {number} length how many events there are @param {number} added how many of them came just now */
  prepare(length, added) {
    if (length * 4 < this.capacity * 3) return;
    if (!this.#next) this.#begin(this.capacity * 2);
    this.#copy(Math.min(length, this.#copied + added * COPIES));
  }

  /** Gives up what was made ready. */
  release() {
    this.#next = null;
    this.#copied = 0;
  }

  /** @param {number} capacity */
  #begin(capacity) {
    this.#next = this.names.map((name) => new /** @type {any} */ (this.holder[name].constructor)(capacity));
    this.#copied = 0;
  }

  /** @param {number} to */
  #copy(to) {
    for (const [k, name] of this.names.entries()) this.#next?.[k].set(this.holder[name].subarray(this.#copied, to), this.#copied);
    this.#copied = to;
  }
}
