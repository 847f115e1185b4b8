/**
 * The other axis, for what takes no time.
 *
 * @typedef {import("./scale.js").At} At
 * @typedef {import("./scale.js").Cursor} Cursor
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

/** Ticks: each turn of the loop is equally wide, and so is each event in it, so that what takes no time is seen. */
export class TicksAxis {
  name = /** @type {const} */ ("ticks");

  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
  }

  /** @param {number} i @returns {At} */
  of(i) {
    const { turns, length } = this.trace;
    const turn = this.trace.turnOf(i);
    const first = turns[turn];
    const next = turn + 1 < turns.length ? turns[turn + 1] : length;
    return turn + (i - first) / (next - first);
  }

  /** @param {Cursor} cursor @returns {At} */
  cursor(cursor) {
    return cursor.index === 0 ? 0 : cursor.index < this.trace.length ? this.of(cursor.index) : this.end();
  }

  /** @returns {At} */
  end() {
    return this.trace.turns.length;
  }

  /** @param {At} at @returns {Cursor} */
  seek(at) {
    const { turns, length, t } = this.trace;
    const turn = Math.min(Math.floor(at), turns.length - 1);
    if (turn < 0) return { index: 0, t: 0 };
    const next = turn + 1 < turns.length ? turns[turn + 1] : length;
    const index = Math.min(length, Math.round(turns[turn] + (at - turn) * (next - turns[turn])));
    return { index, t: index === 0 ? 0 : t[index - 1] };
  }

  /** @param {At} at */
  before(at) {
    const { turns, length } = this.trace;
    const turn = Math.floor(at);
    if (turn < 0) return 0;
    if (turn >= turns.length) return length;
    const next = turn + 1 < turns.length ? turns[turn + 1] : length;
    // A thousandth of an event is the rounding of positions and not a place between two.
    return turns[turn] + Math.ceil((at - turn) * (next - turns[turn]) - 1e-3);
  }

  /** @param {At} at */
  label(at) {
    const first = this.trace.turns[at];
    return first === undefined ? "" : String(this.trace.turn[first]);
  }
}
