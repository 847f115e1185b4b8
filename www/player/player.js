/**
 * The cursor over a recorded run: follows the live edge, plays, pauses, steps and seeks. It draws nothing and asks for
 * frames only while something moves.
 *
 * @typedef {{ readonly length: number, readonly end: number, readonly t: ArrayLike<number>, indexAt(ns: number): number }} Track
 *   what it needs of a trace
 * @typedef {{ now(): number, frame(callback: () => void): number, cancel(id: number): void }} Clock
 *   milliseconds and frames; the browser's own unless a test brings others
 */

/** @type {Clock} */
const BROWSER = {
  now: () => performance.now(),
  frame: (callback) => requestAnimationFrame(callback),
  cancel: (id) => cancelAnimationFrame(id),
};

/** @type {Track} */
const NOTHING = { length: 0, end: 0, t: [], indexAt: () => 0 };

/** Events for a second, at least, and the seconds in which the longest run is over. */
const PACE = { least: 6, longest: 20 };

export class Player {
  /** The time that is shown, in nanoseconds of the run's clock. */
  position = 0;
  /** How many events have happened at the cursor. Several may share one instant: this tells them apart. */
  index = 0;
  /** Whether the cursor moves over what is recorded. */
  playing = false;
  /** Whether the cursor stays at the end of what is recorded, however far that comes. */
  following = true;
  /** Seconds of the run for a second of the viewer. */
  speed = 1;
  /** Whether it is played event by event and not by the clock: what takes no time could not be seen otherwise. */
  byEvents = false;
  /** How far the run has come. */
  edge = 0;

  #track = NOTHING;
  /** Nanoseconds of the run for a millisecond here while it runs live, else 0. */
  #rate = 0;
  #last = 0;
  /** The part of an event that is played already. */
  #way = 0;
  #frame = 0;

  /** @param {(inFrame: boolean) => void} changed is called after each change, in a frame or out of one @param {Clock} [clock] */
  constructor(changed, clock = BROWSER) {
    this.changed = changed;
    this.clock = clock;
  }

  /** Puts the cursor at the end of a run, or of nothing. @param {Track} [track] */
  load(track = NOTHING) {
    this.#track = track;
    this.#rate = 0;
    this.edge = track.end;
    this.playing = false;
    this.follow();
  }

  /** The run goes on by itself, `speed` seconds for a second here. @param {number} [speed] */
  live(speed = 1) {
    this.#rate = speed * 1e6;
    this.#wake();
  }

  /** The run stands, and may go on. */
  hold() {
    this.#rate = 0;
  }

  /** The run is over. */
  settle() {
    this.#rate = 0;
    // Frames ran ahead of the last event to show time passing; from now on only what was recorded counts.
    this.edge = this.#track.end;
    this.extend();
  }

  /** The track has grown. */
  extend() {
    this.edge = Math.max(this.edge, this.#track.end);
    if (this.following) this.#jump(this.edge, this.#track.length);
    else this.position = Math.min(this.position, this.edge);
    this.#tell();
  }

  /** Goes to the end and stays there while it moves on. */
  follow() {
    this.following = true;
    this.playing = false;
    this.extend();
  }

  /** Plays on, from the start if the cursor is at the end. */
  play() {
    if (this.#rate > 0 && this.following) return;
    if (this.position >= this.edge && this.index >= this.#track.length) this.#jump(0, 0);
    this.following = false;
    this.playing = true;
    this.#wake();
    this.#tell();
  }

  /** Holds the cursor where it is. */
  pause() {
    this.playing = false;
    this.#tell();
  }

  /** Goes to a time; all events of that instant have happened. @param {number} ns */
  seek(ns) {
    const t = Math.min(Math.max(ns, 0), this.edge);
    this.seekTo(this.#track.indexAt(t), t);
  }

  /** Goes to where `index` events have happened. @param {number} index @param {number} [t] */
  seekTo(index, t) {
    const count = Math.min(Math.max(index, 0), this.#track.length);
    this.#jump(t ?? (count === 0 ? 0 : this.#track.t[count - 1]), count);
    this.following = count === this.#track.length && this.position >= this.edge;
    this.#last = this.clock.now();
    this.#tell();
  }

  /** Goes so many events forwards, or back. @param {number} n */
  step(n) {
    this.playing = false;
    this.seekTo(this.index + n);
  }

  /** Stops for good. */
  close() {
    this.playing = false;
    this.#rate = 0;
    this.clock.cancel(this.#frame);
    this.#frame = 0;
  }

  /** @param {number} t @param {number} index */
  #jump(t, index) {
    this.position = t;
    this.index = index;
  }

  #wake() {
    if (this.#frame !== 0) return;
    this.#last = this.clock.now();
    this.#frame = this.clock.frame(() => this.#tick());
  }

  #tick() {
    this.#frame = 0;
    const now = this.clock.now();
    const passed = now - this.#last;
    this.#last = now;
    if (this.#rate > 0) this.edge += passed * this.#rate;
    if (this.following) this.#jump(this.edge, this.#track.length);
    else if (this.playing && this.byEvents) this.#walk(passed);
    else if (this.playing) {
      const t = Math.min(this.position + passed * 1e6 * this.speed, this.edge);
      this.#jump(t, this.#track.indexAt(t));
      if (t >= this.edge) {
        this.playing = false;
        this.following = true;
      }
    }
    if (this.playing || this.#rate > 0) this.#frame = this.clock.frame(() => this.#tick());
    this.changed(true);
  }

  /** Plays on by so many events as fit into some milliseconds. @param {number} passed */
  #walk(passed) {
    const { length, t } = this.#track;
    this.#way += (passed / 1000) * this.speed * Math.max(PACE.least, length / PACE.longest);
    const index = Math.min(this.index + Math.floor(this.#way), length);
    this.#way %= 1;
    if (index > this.index) this.#jump(t[index - 1], index);
    if (index < length) return;
    this.#jump(this.edge, length);
    this.playing = false;
    this.following = true;
  }

  #tell() {
    this.changed(false);
  }
}
