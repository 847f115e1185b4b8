/**
 * From events to lanes: who was in which state from which event to which. Positions are event numbers throughout, so
 * a lane is the same on both axes. Reads each event once, however often it is asked.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {"running" | "ready" | "waiting" | "frozen"} State
 * @typedef {{ from: number, to: number, state: State, cause: number }} Segment
 *   from one event up to another (-1 while it lasts), and the event that says why (-1 for none)
 * @typedef {{ from: number, to: number, lane: Lane, target: Lane | null }} Passage
 *   a value on its way from a generator to its consumer: the events that sent and took it
 */

/** One task, or one generator under the task that drives it. */
export class Lane {
  /** @type {Segment[]} */
  segments = [];
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

  /**
   * @param {"task" | "generator"} kind
   * @param {number} id
   * @param {number} depth
   */
  constructor(kind, id, depth) {
    this.kind = kind;
    this.id = id;
    this.depth = depth;
    this.key = `${kind}-${id}`;
  }

  /** @param {State} state @param {number} at @param {number} [cause] */
  enter(state, at, cause = -1) {
    this.leave(at);
    this.segments.push({ from: at, to: -1, state, cause });
  }

  /** @param {number} at */
  leave(at) {
    const last = this.segments.at(-1);
    if (last && last.to < 0) last.to = at;
  }

  /** The state after `index` events, undefined before the start and after the end. @param {number} index */
  at(index) {
    let low = 0;
    let high = this.segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.segments[middle].from < index) low = middle + 1;
      else high = middle;
    }
    const segment = this.segments[low - 1];
    return segment && (segment.to < 0 || segment.to >= index) ? segment : undefined;
  }
}

export class Lanes {
  /** @type {Lane[]} */
  roots = [];
  /** @type {Passage[]} */
  passages = [];

  #read = 0;
  /** @type {Map<string, Lane>} */
  #lanes = new Map();
  /** The last yield of a generator that nobody took yet. @type {Map<Lane, Passage>} */
  #pending = new Map();

  /** @param {Trace} trace */
  constructor(trace) {
    this.trace = trace;
  }

  /** Takes in what was appended to the trace. */
  update() {
    for (; this.#read < this.trace.length; this.#read += 1) this.#take(this.#read);
    return this;
  }

  /** All lanes, each before its children. @returns {Lane[]} */
  all() {
    /** @type {Lane[]} */
    const list = [];
    const walk = (/** @type {Lane} */ lane) => {
      list.push(lane);
      lane.children.forEach(walk);
    };
    this.roots.forEach(walk);
    return list;
  }

  /** @param {number} i */
  #take(i) {
    const { trace } = this;
    const name = trace.kindOf(i).name;
    if (trace.task[i] === 0) return;
    const lane = this.#task(trace.task[i], i);
    switch (name) {
      case "spawn":
        return lane.enter("ready", i);
      case "poll-start":
        lane.woken = false;
        lane.cause = -1;
        return this.#set(lane, "running", i);
      case "wait":
        lane.cause = i;
        return;
      case "poll-end":
        if (lane.end < 0) this.#set(lane, lane.woken ? "ready" : "waiting", i, lane.woken ? -1 : lane.cause);
        return;
      case "wake":
        lane.woken = true;
        if (lane.end < 0 && lane.segments.at(-1)?.state !== "running") this.#set(lane, "ready", i);
        return;
      case "done": {
        // The turn in which it ended is given back before the end is said: it waits for nothing in between.
        const last = lane.segments.at(-1);
        if (last?.state === "waiting" && last.cause < 0 && last.from === i - 1) lane.segments.pop();
        lane.leave(i);
        lane.end = i;
        return;
      }
      case "resume":
      case "yield":
      case "receive":
      case "return":
        if (trace.subject[i]) this.#step(name, this.#generator(trace.subject[i], lane), lane, i);
    }
  }

  /** @param {"resume" | "yield" | "receive" | "return"} name @param {Lane} generator @param {Lane} task @param {number} i */
  #step(name, generator, task, i) {
    const leave = () => void (task.active = task.active.filter((lane) => lane !== generator));
    switch (name) {
      case "resume":
        task.active.push(generator);
        return generator.enter("running", i);
      case "yield": {
        leave();
        generator.enter("frozen", i, i);
        const passage = { from: i, to: -1, lane: generator, target: null };
        this.passages.push(passage);
        this.#pending.set(generator, passage);
        return;
      }
      case "receive": {
        const passage = this.#pending.get(generator);
        // A generator that feeds another one: the value goes to the consumer's own lane.
        if (passage) Object.assign(passage, { to: i, target: task.active.at(-1) ?? task });
        this.#pending.delete(generator);
        return;
      }
      case "return":
        leave();
        generator.leave(i);
        generator.end = i;
    }
  }

  /** A task's generators that are not frozen run and wait with it. @param {Lane} lane @param {State} state @param {number} i @param {number} [cause] */
  #set(lane, state, i, cause) {
    lane.enter(state, i, cause);
    for (const generator of lane.active) generator.enter(state, i, cause);
  }

  /** @param {number} id @param {number} i */
  #task(id, i) {
    const spawned = this.trace.kindOf(i).name === "spawn" ? this.trace.subject[i] : 0;
    return this.#lane("task", id, spawned ? this.#lanes.get(`task-${spawned}`) : undefined);
  }

  /** @param {number} id @param {Lane} driver */
  #generator(id, driver) {
    return this.#lane("generator", id, driver.active.at(-1) ?? driver);
  }

  /** @param {"task" | "generator"} kind @param {number} id @param {Lane} [parent] */
  #lane(kind, id, parent) {
    const known = this.#lanes.get(`${kind}-${id}`);
    if (known) return known;
    const lane = new Lane(kind, id, parent ? parent.depth + 1 : 0);
    this.#lanes.set(lane.key, lane);
    (parent?.children ?? this.roots).push(lane);
    return lane;
  }
}
