/**
 * How much there is of something over a run: items in a queue, permits that are held, bytes that live; and how many tasks
 * are held back by it.
 *
 * @typedef {import("./lane.js").Lane} Lane
 */

import { Levels } from "./levels.js";

export class Track {
  /** How much from each event on. */
  level = new Levels();
  /** How many wait for it from each event on: held back where it is full. */
  waiting = new Levels();
  /** The most there was. */
  peak = 0;
  /** Who has something of it, and since which event. @type {Map<number, number>} */
  holders = new Map();

  /**
   * @param {"queue" | "gauge" | "memory"} kind
   * @param {number} id the resource, 0 for none
   * @param {string} name
   * @param {number} capacity 0 where there is none
   * @param {Lane | null} lane who used it first
   */
  constructor(kind, id, name, capacity, lane) {
    this.kind = kind;
    this.id = id;
    this.name = name;
    this.capacity = capacity;
    this.lane = lane;
    this.key = `${kind}-${id}`;
  }

  /** @param {number} at @param {number} level */
  set(at, level) {
    this.level.push(at, level);
    if (level > this.peak) this.peak = level;
  }

  /** One more or less waits. @param {number} at @param {1 | -1} by */
  wait(at, by) {
    const { waiting } = this;
    waiting.push(at, Math.max(0, (waiting.length ? waiting.value[waiting.length - 1] : 0) + by));
  }

  /** How much there is after `index` events. @param {number} index */
  at(index) {
    const k = this.level.before(index);
    return k < 0 ? 0 : this.level.value[k];
  }

  /** How many wait after `index` events. @param {number} index */
  waitingAt(index) {
    const k = this.waiting.before(index);
    return k < 0 ? 0 : this.waiting.value[k];
  }
}
