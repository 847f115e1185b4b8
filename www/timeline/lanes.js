/**
 * From events to lanes and tracks: who did what from which event to which, and how much there was of what. Reads each
 * event once, however often it is asked.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("./lane.js").Bracket} Bracket
 * @typedef {{ at: number, from: Lane | null, to: Lane }} Request a task that was asked to stop, and by whom
 */

import { FROZEN, READY, RUNNING, WAITING } from "../trace/state.js";
import { taskName } from "../trace/words.js";
import { Lane } from "./lane.js";
import { Track } from "./track.js";

/** Events between two looks at the clock. */
const AT_ONCE = 4096;

/** The resources whose depth is drawn as a band; of all others that are held a gauge is drawn. */
const QUEUE = "queue";

export class Lanes {
  /** @type {Lane[]} */
  roots = [];
  /** In the order of their first use. @type {Track[]} */
  tracks = [];
  /** @type {Request[]} */
  requests = [];
  /** Lanes and tracks that came, brackets that were nested deeper: the rows have changed. */
  version = 0;

  #read = 0;
  /** @type {Map<number, Lane>} */
  #tasks = new Map();
  /** @type {Map<number, Lane>} */
  #generators = new Map();
  /** @type {Map<string, Track>} */
  #tracks = new Map();
  /** @type {Map<number, { bracket: Bracket, lane: Lane }>} */
  #brackets = new Map();
  /** Which track a task waits for. @type {Map<Lane, Track>} */
  #held = new Map();
  /** @type {{ version: number, list: Lane[] }} */
  #all = { version: -1, list: [] };

  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
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
    return this.#tasks.get(id) ?? null;
  }

  /** The track of a resource. @param {number} id */
  track(id) {
    return this.#tracks.get(`r${id}`) ?? null;
  }

  /** @param {number} i */
  #take(i) {
    const { trace } = this;
    const { name } = trace.kindOf(i);
    if (name === "memory") return this.#track("memory", 0, null).set(i, trace.value[i]);
    const id = trace.task[i];
    const subject = trace.subject[i];
    if (name === "cancel") return this.#cancel(i, id, subject);
    if (id === 0) return;
    const lane = this.#tasks.get(id) ?? this.#task(id, name === "spawn" ? subject : 0);
    switch (name) {
      case "spawn":
        return lane.enter(READY, i);
      case "poll-start":
        lane.woken = false;
        lane.cause = -1;
        this.#free(lane, i);
        return this.#set(lane, RUNNING, i);
      case "wait":
        lane.cause = i;
        if (subject) this.#hold(lane, subject, i);
        return;
      case "poll-end":
        if (lane.end < 0) this.#set(lane, lane.woken ? READY : WAITING, i, lane.woken ? -1 : lane.cause);
        return;
      case "block":
        return lane.blocks.push(i, trace.value[i]);
      case "wake":
        lane.woken = true;
        this.#free(lane, i);
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
      case "acquire":
      case "release":
      case "refill": {
        const { kind } = trace.resourceOf(subject) ?? {};
        const track = this.#track(kind === QUEUE ? "queue" : "gauge", subject, lane);
        // What a rate limiter gives out comes back with time, and not from those who took it.
        if (name === "release") track.holders.delete(id);
        else if (kind !== "rate limiter") track.holders.set(id, i);
        return track.set(i, trace.value[i]);
      }
      case "put":
      case "get":
        return void this.#track("queue", subject, lane);
      case "depth":
        return this.#track("queue", subject, lane).set(i, trace.value[i]);
      default:
        if (subject && trace.kindOf(i).subject === "resource") this.#step(name, subject, lane, i);
    }
  }

  /** What happens inside a turn to generators and context managers. @param {string} name @param {number} subject @param {Lane} task @param {number} i */
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
      case "enter-start": {
        const lane = task.active[task.active.length - 1] ?? task;
        const levels = lane.brackets.length;
        this.#brackets.set(subject, { bracket: lane.open(subject, i), lane });
        if (lane.brackets.length > levels) this.version += 1;
        return;
      }
      case "entered":
      case "exit-start":
      case "exited": {
        const known = this.#brackets.get(subject);
        if (!known) return;
        if (name === "entered") known.bracket.entered = i;
        else if (name === "exit-start") known.bracket.exit = i;
        else Object.assign(known.bracket, { exited: i, kept: this.trace.value[i] === 1 });
      }
    }
  }

  /** Who takes the value that was sent with entry `k`. @param {Lane} lane @param {number} k */
  taker(lane, k) {
    const id = lane.sent.extra[k];
    return (id < -1 ? this.#generators.get(-id - 1) : this.#tasks.get(id)) ?? null;
  }

  /** @param {number} i @param {number} by @param {number} target */
  #cancel(i, by, target) {
    const to = this.#tasks.get(target);
    if (to) this.requests.push({ at: i, from: this.#tasks.get(by) ?? null, to });
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

  /** @param {Lane} lane @param {number} subject @param {number} i */
  #hold(lane, subject, i) {
    const kind = this.trace.resourceOf(subject)?.kind;
    const back = kind === QUEUE ? /^room|^all/.test(this.trace.textOf(i)) : this.#tracks.has(`r${subject}`);
    if (!back || this.#held.has(lane)) return;
    const track = this.#track(kind === QUEUE ? "queue" : "gauge", subject, lane);
    this.#held.set(lane, track);
    track.wait(i, 1);
  }

  /** @param {Lane} lane @param {number} i */
  #free(lane, i) {
    this.#held.get(lane)?.wait(i, -1);
    this.#held.delete(lane);
  }

  /** @param {Track["kind"]} kind @param {number} id @param {Lane | null} lane */
  #track(kind, id, lane) {
    const known = this.#tracks.get(`r${id}`);
    if (known) return known;
    const resource = this.trace.resourceOf(id);
    const name = kind === "memory" ? "memory" : resource?.name || `${resource?.kind ?? kind} ${id}`;
    const track = new Track(kind, id, name, resource?.capacity ?? 0, lane);
    this.#tracks.set(`r${id}`, track);
    this.tracks.push(track);
    this.version += 1;
    return track;
  }

  /** @param {number} id @param {number} parent */
  #task(id, parent) {
    const lane = this.#add(new Lane("task", id, this.#tasks.get(parent) ?? null, taskName(this.trace, id)));
    this.#tasks.set(id, lane);
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
    return lane;
  }
}
