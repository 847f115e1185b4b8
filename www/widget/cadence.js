/** When to draw: in the next frame, or a little later. */

/** Between two pictures of a program that runs in no time, in milliseconds: each frame of it would be old before it is seen. */
const PACE = 100;

export class Cadence {
  #frame = 0;
  /** How long the last drawing took. */
  #took = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /** @param {() => void} draw */
  constructor(draw) {
    this.draw = draw;
  }

  /** Draws in the next frame. */
  soon() {
    this.#frame ||= requestAnimationFrame(() => this.now());
  }

  /** Draws what was recorded; after a while, if that goes on and takes no time. @param {boolean} busy */
  follow(busy) {
    // What is large is drawn less often: the page has other things to do as well.
    if (busy) this.#later ??= setTimeout(() => this.#late(), Math.max(PACE, 3 * this.#took));
    else this.soon();
  }

  #late() {
    this.#later = undefined;
    this.soon();
  }

  /** Draws at once, and not again in the next frame. */
  now() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const from = performance.now();
    this.draw();
    this.#took = performance.now() - from;
  }
}
