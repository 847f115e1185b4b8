/**
 * One task, or one generator under the task that drives it: what it did from which event to which. Positions are event
 * numbers throughout, so that a lane is the same on both axes.
 *
 * @typedef {{ resource: number, enter: number, entered: number, exit: number, exited: number, kept: boolean }} Bracket
 *   one use of a context manager; an event that has not come yet is -1
 */

import { Series } from "./series.js";

/** What a task is taken for that does nothing but show that the loop lives. */
const BEATS = /heart|beat|ticker/i;

export class Lane {
  /** What it did from each event on (a number of state.js), and the event that says why. */
  states = new Series();
  /** What a generator sent: the event, the event with which it was taken, and the number of who took it. */
  sent = new Series();
  /** The calls with which it held the loop: the event at their end, and how long they took in nanoseconds. */
  blocks = new Series();
  /** The context managers that are used in it: in each level one after the other. @type {Bracket[][]} */
  brackets = [];
  /** @type {Lane[]} */
  children = [];
  /** The event that ended it, -1 while it lives. */
  end = -1;
  /** The event that says what it waits for. */
  cause = -1;
  /** It was woken while it ran. */
  woken = false;
  /** The generators that run inside this task just now, innermost last. @type {Lane[]} */
  active = [];
  depth = 0;

  /**
   * @param {"task" | "generator"} kind
   * @param {number} id
   * @param {Lane | null} parent
   * @param {string} name
   */
  constructor(kind, id, parent, name) {
    this.kind = kind;
    this.id = id;
    this.parent = parent;
    if (parent) this.depth = parent.depth + 1;
    this.key = `${kind}-${id}`;
    this.name = name;
    this.beats = kind === "task" && BEATS.test(name);
  }

  /** What it does just now, 0 for nothing. */
  get state() {
    const { states } = this;
    return states.length === 0 ? 0 : states.value[states.length - 1];
  }

  /** @param {number} state @param {number} at @param {number} [cause] */
  enter(state, at, cause = -1) {
    this.states.push(at, state, cause);
  }

  /** What it did last ends. @param {number} at */
  leave(at) {
    if (this.state !== 0) this.states.push(at, 0);
  }

  /** The place in `states` after `index` events, -1 before the start and after the end. @param {number} index */
  at(index) {
    const k = this.states.before(index);
    return k >= 0 && this.states.value[k] !== 0 ? k : -1;
  }

  /** The event at which entry `k` ends, -1 while it lasts. @param {number} k */
  until(k) {
    return k + 1 < this.states.length ? this.states.at[k + 1] : -1;
  }
}
