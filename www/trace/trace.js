/**
 * The recorded run: a growing column for each field of an event, a string table, and the indices that the views need.
 * Nothing here knows the DOM, and there is no object per event.
 *
 * @typedef {import("../pkg/loopscope.js").Batch} Batch
 * @typedef {import("../pkg/loopscope.js").KindInfo} KindInfo
 * @typedef {import("../pkg/loopscope.js").Outcome} Outcome
 * @typedef {import("../pkg/loopscope.js").ResourceInfo} ResourceInfo
 * @typedef {{ id: number, parent: number, name: string, start: number, end: number | null, outcome: string | null }} Task
 * @typedef {{ scenario: string, params: Record<string, unknown>, clock: string, seed: number | string }} About
 */

/** What every kind of event has, whatever it says. */
const GIVEN = /** @type {const} */ (["t", "turn", "task", "kind", "subject", "value", "text", "file", "line"]);
/** All that is kept of each event. */
export const COLUMNS = [...GIVEN, "ordinal"];

/** @type {KindInfo} */
const UNKNOWN = { name: "unknown", subject: "", subject_name: "", value_name: "", text_name: "" };

export class Trace {
  /** The number of events. */
  length = 0;
  t = new Float64Array(64);
  turn = new Uint32Array(64);
  task = new Uint32Array(64);
  kind = new Uint8Array(64);
  subject = new Uint32Array(64);
  value = new Float64Array(64);
  text = new Uint32Array(64);
  file = new Uint32Array(64);
  line = new Uint32Array(64);

  /** The string table that `text` and `file` index. */
  strings = [""];
  /** @type {ResourceInfo[]} */
  resources = [];
  /** @type {Task[]} in the order of their start */
  tasks = [];
  /** The events that print, in their order. @type {number[]} */
  output = [];
  /** The first event of each turn that had any. @type {number[]} */
  turns = [];
  /** Of each event, which one of these turns it belongs to. */
  ordinal = new Uint32Array(64);

  /** The most bytes that lived at once. */
  peak = 0;
  dropped = 0;
  hash = "";
  /** @type {unknown} */
  result = null;
  /** How far the run's clock came; the last event may be earlier. */
  end = 0;

  /** Which kinds of events there were. */
  #seen = new Uint8Array(256);
  /** @type {Map<number, Task>} */
  #tasks = new Map();
  /** @type {Map<number, ResourceInfo>} */
  #resources = new Map();
  /** Makes room without a pause, where much is recorded. @type {import("./room.js").Room | null} */
  room = null;

  /**
   * @param {About} about
   * @param {readonly KindInfo[]} kinds what the numbers in `kind` mean
   */
  constructor(about, kinds) {
    this.about = about;
    this.kinds = kinds;
  }

  /** Appends what was recorded since the last batch. @param {Batch} batch */
  append(batch) {
    const from = this.length;
    this.#reserve(from + batch.t.length);
    for (const column of GIVEN) this[column].set(batch[column], from);
    for (const text of batch.strings) this.strings.push(text);
    for (const resource of batch.resources) this.#add(resource);
    this.dropped = batch.dropped;
    this.length = from + batch.t.length;
    for (let i = from; i < this.length; i += 1) this.#index(i);
    this.room?.prepare(this.length, this.length - from);
    if (this.length > 0) this.end = Math.max(this.end, this.t[this.length - 1]);
  }

  /** Takes in how the run ended. @param {Outcome} outcome */
  finish({ result, hash, now }) {
    this.result = result ?? null;
    this.hash = hash;
    if (now > this.end) this.end = now;
    this.room?.release();
  }

  /** The kind of event `i`. @param {number} i */
  kindOf(i) {
    return this.kinds[this.kind[i]] ?? UNKNOWN;
  }

  /** The text operand of event `i`. @param {number} i */
  textOf(i) {
    return this.strings[this.text[i]] ?? "";
  }

  /** Whether there was an event of one of these kinds. @param {readonly string[]} names */
  has(names) {
    return this.kinds.some(({ name }, k) => this.#seen[k] && names.includes(name));
  }

  /** @param {number} id */
  taskOf(id) {
    return this.#tasks.get(id);
  }

  /** @param {number} id */
  resourceOf(id) {
    return this.#resources.get(id);
  }

  /** How many events happened up to and at `ns`. @param {number} ns */
  indexAt(ns) {
    return upper(this.t, this.length, ns);
  }

  /** How many events happened before `ns`. @param {number} ns */
  before(ns) {
    return lower(this.t, this.length, ns);
  }

  /** The ordinal of the turn that event `i` belongs to. @param {number} i */
  turnOf(i) {
    return this.ordinal[i];
  }

  /** Doubles, so that appending stays cheap however many batches come. @param {number} length */
  #reserve(length) {
    if (this.room) return this.room.reserve(this.length, length);
    if (length <= this.t.length) return;
    const columns = /** @type {Record<string, any>} */ (/** @type {unknown} */ (this));
    for (const name of COLUMNS) {
      const grown = new columns[name].constructor(Math.max(length, columns[name].length * 2));
      grown.set(columns[name].subarray(0, this.length));
      columns[name] = grown;
    }
  }

  /** @param {ResourceInfo} resource */
  #add(resource) {
    this.resources.push(resource);
    this.#resources.set(resource.id, resource);
  }

  /** @param {number} i */
  #index(i) {
    if (i === 0 || this.turn[i] !== this.turn[i - 1]) this.turns.push(i);
    this.ordinal[i] = this.turns.length - 1;
    const id = this.task[i];
    this.#seen[this.kind[i]] = 1;
    switch (this.kindOf(i).name) {
      case "spawn": {
        const task = { id, parent: this.subject[i], name: this.textOf(i), start: this.t[i], end: null, outcome: null };
        this.tasks.push(task);
        this.#tasks.set(id, task);
        break;
      }
      case "done": {
        const task = this.#tasks.get(id);
        if (task) Object.assign(task, { end: this.t[i], outcome: this.textOf(i) });
        break;
      }
      case "print":
        this.output.push(i);
        break;
      case "memory":
        this.peak = Math.max(this.peak, this.value[i]);
    }
  }
}

/**
 * How many of the first `length` sorted values are not above `value`.
 * @param {ArrayLike<number>} values
 * @param {number} length
 * @param {number} value
 */
function upper(values, length, value) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of the first `length` sorted values are below `value`.
 * @param {ArrayLike<number>} values
 * @param {number} length
 * @param {number} value
 */
function lower(values, length, value) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
