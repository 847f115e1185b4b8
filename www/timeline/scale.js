/**
 * Where things are along the timeline, and the only place that turns that into pixels and back.
 *
 * @typedef {number} Ns a time on the run's clock
 * @typedef {number} At a position along an axis: nanoseconds, or turns
 * @typedef {number} Px a position on the screen
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {{ index: number, t: Ns }} Cursor the events that have happened, and the time that is shown
 */

import { time } from "../trace/words.js";

/** Time: as long as it took. */
export class TimeAxis {
  name = /** @type {const} */ ("time");

  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
  }

  /** Where event `i` is. @param {number} i @returns {At} */
  of(i) {
    return this.trace.t[i];
  }

  /** @param {Cursor} cursor @returns {At} */
  cursor(cursor) {
    return cursor.t;
  }

  /** Where the picture ends, if the run came as far as `edge`. @param {Ns} edge @returns {At} */
  end(edge) {
    return edge;
  }

  /** The cursor at a position. @param {At} at @returns {Cursor} */
  seek(at) {
    return { index: this.trace.indexAt(at), t: at };
  }

  /** How many events lie before a position. @param {At} at */
  before(at) {
    return this.trace.before(at);
  }

  /** @param {At} at @param {At} step @param {At} end */
  label(at, step, end) {
    return at === 0 ? "0" : time(at, end, step);
  }
}

/** @typedef {TimeAxis | import("./ticks.js").TicksAxis} Axis */

/** What lies in which column of the screen: counted once for all lanes. */
export class Columns {
  /** @param {Px} left @param {Px} wide @param {Uint32Array} counts */
  constructor(left, wide, counts) {
    this.left = left;
    this.wide = wide;
    this.counts = counts;
  }

  /** How many events lie before the end of the column in which a pixel is. @param {Px} x */
  after(x) {
    const c = Math.floor((x - this.left) / this.wide + 1e-6) + 1;
    return this.counts[Math.min(Math.max(c, 0), this.counts.length - 1)];
  }

  /** How many events lie before the last column's end. */
  get last() {
    return this.counts[this.counts.length - 1];
  }
}

/** A stretch of an axis on so many pixels. */
export class Scale {
  /**
   * @param {At} start
   * @param {At} end
   * @param {Px} left
   * @param {Px} right
   */
  constructor(start, end, left, right) {
    this.start = start;
    this.left = left;
    this.right = right;
    this.pixels = (right - left) / Math.max(end - start, Number.MIN_VALUE);
    this.end = end;
  }

  /** @param {At} at @returns {Px} */
  x(at) {
    return this.end > this.start ? this.left + (at - this.start) * this.pixels : this.left;
  }

  /** @param {Px} x @returns {At} */
  at(x) {
    const at = this.end > this.start ? this.start + (x - this.left) / this.pixels : this.start;
    return Math.min(Math.max(at, this.start), this.end);
  }

  /** The position at a pixel, also outside of the stretch. @param {Px} x @returns {At} */
  beyond(x) {
    return this.start + (x - this.left) / this.pixels;
  }

  /** How many events lie before each of the columns, `wide` pixels each, and before where the next one would be. @param {Axis} axis @param {Px} wide */
  columns(axis, wide) {
    const counts = new Uint32Array(Math.max(0, Math.ceil((this.right - this.left) / wide)) + 2);
    for (let c = 0; c < counts.length; c += 1) counts[c] = axis.before(this.beyond(this.left + c * wide));
    return new Columns(this.left, wide, counts);
  }

  /** Round positions that are at least `apart` pixels apart. @param {Px} apart @param {At} [smallest] @returns {At[]} */
  ticks(apart, smallest = 0) {
    if (!(this.end > this.start)) return [this.start];
    const step = this.step(apart, smallest);
    const ticks = [];
    // Multiplying instead of adding keeps the rounding error of 0.1 from piling up.
    for (let k = Math.ceil(this.start / step); k * step <= this.end * (1 + 1e-9); k += 1) ticks.push(k * step);
    return ticks;
  }

  /** The smallest of 1, 2, 5, 10, … that is `apart` pixels wide. @param {Px} apart @param {At} [smallest] @returns {At} */
  step(apart, smallest = 0) {
    const least = Math.max(apart / this.pixels, smallest);
    const power = 10 ** Math.floor(Math.log10(least));
    return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
  }
}
