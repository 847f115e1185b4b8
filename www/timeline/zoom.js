/**
 * Which stretch of an axis is shown: all of it, or a part that was chosen. Positions are those of scale.js.
 *
 * @typedef {import("./scale.js").At} At
 */

/** The smallest part that is shown: a hundredth of a millionth of the whole is still ten nanoseconds of a second. */
const SMALLEST = 1e-8;

export class Zoom {
  start = 0;
  end = 0;
  /** Whether all there is shall be seen, however much that becomes. */
  fitted = true;

  /** Shows all of it. */
  fit() {
    this.fitted = true;
  }

  /** How much there is now. @param {At} whole */
  grow(whole) {
    if (this.fitted) {
      this.start = 0;
      this.end = whole;
    } else this.#keep(this.start, this.end, whole);
  }

  /** Makes what is shown so many times as long, and keeps `at` where it is on the screen. @param {number} factor @param {At} at @param {At} whole */
  by(factor, at, whole) {
    const length = Math.max((this.end - this.start) * factor, whole * SMALLEST);
    if (length >= whole) return this.fit();
    const part = (at - this.start) / (this.end - this.start || 1);
    this.fitted = false;
    this.#keep(at - part * length, at + (1 - part) * length, whole);
  }

  /** Moves what is shown. @param {At} way @param {At} whole */
  pan(way, whole) {
    if (!this.fitted) this.#keep(this.start + way, this.end + way, whole);
  }

  /** Shows from one place to another, with some room around. @param {At} from @param {At} to @param {At} whole */
  show(from, to, whole) {
    const room = Math.max((to - from) * 0.15, whole * SMALLEST);
    if (to - from + 2 * room >= whole) return this.fit();
    this.fitted = false;
    this.#keep(from - room, to + room, whole);
  }

  /** Turns the page if a place that moves has left what is shown. @param {At} at @param {At} whole */
  follow(at, whole) {
    if (this.fitted || (at >= this.start && at <= this.end)) return;
    const length = this.end - this.start;
    const start = at > this.end ? at - length * 0.1 : at - length * 0.5;
    this.#keep(start, start + length, whole);
  }

  /** @param {At} start @param {At} end @param {At} whole */
  #keep(start, end, whole) {
    const length = Math.min(end - start, whole);
    this.start = Math.min(Math.max(start, 0), whole - length);
    this.end = this.start + length;
  }
}
