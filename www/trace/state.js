/**
 * What is so at one place of a run: who does what, how full each queue is, what is held, which contexts are open, how
 * many bytes live. Indexed by the numbers of tasks and resources, so that a copy of it is a few copied columns.
 *
 * @typedef {import("./trace.js").Trace} Trace
 */

/** What a task, a generator or a context manager is doing; 0 while there is none. */
export const NONE = 0;
export const READY = 1;
export const RUNNING = 2;
export const WAITING = 3;
export const DONE = 4;
export const FROZEN = 5;
export const ENTERING = 6;
export const OPEN = 7;
export const LEAVING = 8;

/** By task: what it does, the event that says why it waits plus one, and whether it was woken while it ran. */
const OF_TASKS = /** @type {const} */ (["task", "cause", "woken"]);
/** By resource: what it does, how much is in it or held of it, and the text of its last value. */
const OF_RESOURCES = /** @type {const} */ (["phase", "level", "value"]);

export class State {
  /** How many events have happened. */
  index = 0;
  task = new Uint8Array(8);
  cause = new Uint32Array(8);
  woken = new Uint8Array(8);
  phase = new Uint8Array(8);
  level = new Float64Array(8);
  value = new Uint32Array(8);
  /** Live bytes, and the most there were. */
  bytes = 0;
  peak = 0;
  /** How many lines were printed, how many tasks live, how many contexts are open. */
  output = 0;
  alive = 0;
  open = 0;

  /** How much there is to copy. */
  get size() {
    return this.task.length + this.phase.length;
  }

  /** Makes this one the same as another, reusing its columns. @param {State} other */
  set(other) {
    const { index, bytes, peak, output, alive, open } = other;
    Object.assign(this, { index, bytes, peak, output, alive, open });
    for (const name of [...OF_TASKS, ...OF_RESOURCES]) {
      const column = other[name];
      if (this[name].length < column.length) /** @type {any} */ (this)[name] = column.slice();
      else {
        /** @type {any} */ (this[name]).set(column);
        this[name].fill(0, column.length);
      }
    }
    return this;
  }

  /** Takes in event `i`, which has to be the next one. @param {Trace} trace @param {number} i */
  take(trace, i) {
    const task = trace.task[i];
    const subject = trace.subject[i];
    if (task >= this.task.length) this.#grow(OF_TASKS, task);
    if (subject >= this.phase.length && trace.kindOf(i).subject === "resource") this.#grow(OF_RESOURCES, subject);
    steps.get(trace.kindOf(i).name)?.(this, trace, i, task, subject);
    this.index = i + 1;
  }

  /** @param {readonly (typeof OF_TASKS[number] | typeof OF_RESOURCES[number])[]} names @param {number} id */
  #grow(names, id) {
    for (const name of names) {
      const column = this[name];
      const grown = new /** @type {any} */ (column.constructor)(Math.max(2 * column.length, id + 1));
      grown.set(column);
      /** @type {any} */ (this)[name] = grown;
    }
  }
}

/** @typedef {(state: State, trace: Trace, i: number, task: number, subject: number) => void} Step */

/** @type {(phase: number) => Step} */
const become = (phase) => (state, _trace, _i, _task, subject) => void (state.phase[subject] = phase);

/** @type {Step} */
const measure = (state, trace, i, _task, subject) => void (state.level[subject] = trace.value[i]);

/** By the name of the kind: of no object, since a saved run may have a kind with the name of any object's methods. @type {Map<string, Step>} */
const steps = new Map(Object.entries({
  "spawn": (state, _trace, _i, task) => {
    state.task[task] = READY;
    state.alive += 1;
  },
  "poll-start": (state, _trace, _i, task) => {
    state.task[task] = RUNNING;
    state.cause[task] = state.woken[task] = 0;
  },
  "wait": (state, _trace, i, task) => void (state.cause[task] = i + 1),
  "poll-end": (state, _trace, _i, task) => {
    if (state.task[task] !== DONE) state.task[task] = state.woken[task] ? READY : WAITING;
  },
  "wake": (state, _trace, _i, task) => {
    state.woken[task] = 1;
    if (state.task[task] === WAITING) state.task[task] = READY;
  },
  "done": (state, _trace, _i, task) => {
    if (state.task[task] !== DONE) state.alive -= 1;
    state.task[task] = DONE;
  },
  "resume": become(RUNNING),
  "throw": become(RUNNING),
  "yield": (state, trace, i, _task, subject) => {
    state.phase[subject] = FROZEN;
    state.value[subject] = trace.text[i];
  },
  "return": become(DONE),
  "drop": become(DONE),
  "enter-start": (state, _trace, _i, _task, subject) => {
    state.phase[subject] = ENTERING;
    state.open += 1;
  },
  "entered": become(OPEN),
  "exit-start": become(LEAVING),
  "exited": (state, _trace, _i, _task, subject) => {
    state.phase[subject] = DONE;
    state.open -= 1;
  },
  "acquire": measure,
  "release": measure,
  "refill": measure,
  "depth": measure,
  "memory": (state, trace, i) => {
    state.bytes = trace.value[i];
    if (state.bytes > state.peak) state.peak = state.bytes;
  },
  "print": (state) => void (state.output += 1),
}));
