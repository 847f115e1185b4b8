/**
 * From events to lanes and tracks: who did what from which event to which, and how much there was of what. Reads each
 * event once, however often it is asked.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("./track.js").Track} Track
 * @typedef {typeof import("./things.js")} Things reads what only some programs do
 */

import { FROZEN, READY, RUNNING, WAITING } from "../trace/state.js";
import { taskName } from "../trace/words.js";
import { Lane } from "./lane.js";

/** Events between two looks at the clock. */
const AT_ONCE = 4096;

export class Lanes {
  /** @type {Lane[]} */
  roots = [];
  /** By the number of the resource, in the order of their first use. @type {Map<number, Track>} */
  tracks = new Map();
  /** @type {import("./things.js").Request[]} */
  requests = [];
  /** Lanes and tracks that came, brackets that were nested deeper: the rows have changed. */
  version = 0;
  /** Whether one of them shows that the loop lives. */
  beats = false;
  /** The tasks by their number. @type {Map<number, Lane>} */
  tasks = new Map();
  /** What is used of context managers. @type {Map<number, import("./lane.js").Bracket>} */
  opened = new Map();
  /** Which track a task waits for. @type {Map<Lane, Track>} */
  held = new Map();

  #read = 0;
  /** @type {Map<number, Lane>} */
  #generators = new Map();
  /** @type {{ version: number, list: Lane[] }} */
  #all = { version: -1, list: [] };

  /** @param {Trace} trace @param {Things | null} [things] without it, the rest is passed over */
  constructor(trace, things = null) {
    this.trace = trace;
    this.things = things;
  }

  /** Takes in what was appended to the trace, for so many milliseconds at most: a page that draws has other things to do. @param {number} [budget] */
  update(budget = Infinity) {
    const until = performance.now() + budget;
    while (this.#read < this.trace.length) {
      const to = Math.min(this.trace.length, this.#read + AT_ONCE);
      for (; this.#read < to; this.#read += 1) this.#take(this.#read);
      if (performance.now() > until) break;
    }
    return this;
  }

  /** How many events were taken in. */
  get read() {
    return this.#read;
  }

  /** Whether all of the trace was taken in. */
  get complete() {
    return this.#read >= this.trace.length;
  }

  /** All lanes, each before its children. @returns {readonly Lane[]} */
  all() {
    if (this.#all.version !== this.version) {
      /** @type {Lane[]} */
      const list = [];
      const open = [...this.roots].reverse();
      while (open.length > 0) {
        const lane = /** @type {Lane} */ (open.pop());
        list.push(lane);
        for (let k = lane.children.length - 1; k >= 0; k -= 1) open.push(lane.children[k]);
      }
      this.#all = { version: this.version, list };
    }
    return this.#all.list;
  }

  /** The lane of a task. @param {number} id */
  task(id) {
    return this.tasks.get(id) ?? null;
  }

  /** The track of a resource. @param {number} id */
  track(id) {
    return this.tracks.get(id) ?? null;
  }

  /** @param {number} i */
  #take(i) {
    const { trace } = this;
    const { name } = trace.kindOf(i);
    const id = trace.task[i];
    const subject = trace.subject[i];
    if (this.things?.take(this, name, i) || id === 0) return;
    const lane = this.lane(id, name === "spawn" ? subject : 0);
    switch (name) {
      case "spawn":
        return lane.enter(READY, i);
      case "poll-start":
        lane.woken = false;
        lane.cause = -1;
        this.things?.free(this, lane, i);
        return this.#set(lane, RUNNING, i);
      case "wait":
        lane.cause = i;
        if (subject) this.things?.hold(this, lane, subject, i);
        return;
      case "poll-end":
        if (lane.end < 0) this.#set(lane, lane.woken ? READY : WAITING, i, lane.woken ? -1 : lane.cause);
        return;
      case "wake":
        lane.woken = true;
        this.things?.free(this, lane, i);
        if (lane.end < 0 && lane.state !== RUNNING) this.#set(lane, READY, i);
        return;
      case "done": {
        // The turn in which it ended is given back before the end is said: it waits for nothing in between.
        const last = lane.states.length - 1;
        if (lane.state === WAITING && lane.states.extra[last] < 0 && lane.states.at[last] === i - 1) {
          lane.states.pop();
          lane.leave(i - 1);
        }
        lane.leave(i);
        lane.end = i;
        return;
      }
      default:
        if (subject && trace.kindOf(i).subject === "resource") this.#step(name, subject, lane, i);
    }
  }

  /** What happens inside a turn to generators. @param {string} name @param {number} subject @param {Lane} task @param {number} i */
  #step(name, subject, task, i) {
    // What is given up need not be a generator.
    if (name === "drop" && !this.#generators.has(subject)) return;
    const generator = () => this.#generator(subject, task);
    switch (name) {
      case "resume":
      case "throw": {
        const lane = generator();
        if (!task.active.includes(lane)) task.active.push(lane);
        return lane.enter(RUNNING, i);
      }
      case "yield": {
        const lane = this.#leave(generator(), task);
        lane.enter(FROZEN, i, i);
        return lane.sent.push(i, -1);
      }
      case "receive": {
        const { sent } = generator();
        const last = sent.length - 1;
        if (last < 0 || sent.value[last] >= 0) return;
        // A generator that feeds another one: the value goes to the consumer's own lane.
        const target = task.active[task.active.length - 1] ?? task;
        sent.value[last] = i;
        sent.extra[last] = target.kind === "task" ? target.id : -target.id - 1;
        return;
      }
      case "drop":
      case "return": {
        const lane = this.#leave(generator(), task);
        lane.leave(i);
        lane.end = i;
        return;
      }
    }
  }

  /** Who takes the value that was sent with entry `k`. @param {Lane} lane @param {number} k */
  taker(lane, k) {
    const id = lane.sent.extra[k];
    return (id < -1 ? this.#generators.get(-id - 1) : this.tasks.get(id)) ?? null;
  }

  /** A generator is not part of what its task does any more. @param {Lane} lane @param {Lane} task */
  #leave(lane, task) {
    task.active = task.active.filter((other) => other !== lane);
    return lane;
  }

  /** A task's generators that are not frozen run and wait with it. @param {Lane} lane @param {number} state @param {number} i @param {number} [cause] */
  #set(lane, state, i, cause) {
    lane.enter(state, i, cause);
    for (const generator of lane.active) generator.enter(state, i, cause);
  }

  /** The lane of a task, from its first event on. @param {number} id @param {number} [parent] */
  lane(id, parent = 0) {
    const known = this.tasks.get(id);
    if (known) return known;
    const lane = this.#add(new Lane("task", id, this.task(parent), taskName(this.trace, id)));
    this.tasks.set(id, lane);
    return lane;
  }

  /** @param {number} id @param {Lane} driver */
  #generator(id, driver) {
    const known = this.#generators.get(id);
    if (known) return known;
    const parent = driver.active[driver.active.length - 1] ?? driver;
    const lane = this.#add(new Lane("generator", id, parent, this.trace.resourceOf(id)?.name || `generator ${id}`));
    this.#generators.set(id, lane);
    return lane;
  }

  /** @param {Lane} lane */
  #add(lane) {
    (lane.parent?.children ?? this.roots).push(lane);
    this.version += 1;
    this.beats ||= lane.beats;
    return lane;
  }
}
