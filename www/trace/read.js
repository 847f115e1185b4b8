/**
 * Reads a saved trace, and says what is wrong with one that cannot be read.
 *
 * @typedef {import("./json.js").EventJson} EventJson
 * @typedef {import("./json.js").TraceJson} TraceJson
 * @typedef {import("./trace.js").KindInfo} KindInfo
 */

import { broken, check, count, quantity, text, whole } from "./check.js";
import { LIMITS } from "./limits.js";
import { Trace } from "./trace.js";

/** The fields that every event has; all others are operands of its kind, but for the one name under which nothing can be kept. */
const COMMON = new Set(["seq", "t", "turn", "task", "kind", "file", "line", "__proto__"]);
const UINT32 = 2 ** 32 - 1;
/** Operands that are the number of a task; needed only to read a trace without the engine's own list of kinds. */
const TASKS = new Set(["parent", "by", "target", "of"]);
/** Operands that are a plain number, where they stand alone. */
const QUANTITIES = new Set(["until", "depth", "bytes", "count", "held", "length", "times"]);

/**
 * Reads a saved trace; throws a sentence that says what is wrong with it.
 * @param {unknown} input the JSON, or its text
 * @returns {Trace}
 */
export function fromJSON(input) {
  const json = check(input);
  const kinds = new Kinds();
  const trace = new Trace({ scenario: json.scenario, params: json.params, clock: json.clock, seed: json.seed }, kinds.list);
  const strings = new Map([["", 0]]);
  const intern = (/** @type {string} */ key) => {
    const known = strings.get(key);
    if (known !== undefined) return known;
    strings.set(key, strings.size);
    return strings.size - 1;
  };
  const { events } = json;
  const { length } = events;
  const batch = {
    first: 0,
    t: new Float64Array(length),
    turn: new Uint32Array(length),
    task: new Uint32Array(length),
    kind: new Uint8Array(length),
    subject: new Uint32Array(length),
    value: new Float64Array(length),
    text: new Uint32Array(length),
    file: new Uint32Array(length),
    line: new Uint32Array(length),
    strings: /** @type {string[]} */ ([]),
    resources: json.resources.map(resource),
    dropped: json.dropped ?? 0,
  };
  for (let i = 0; i < length; i += 1) {
    const entry = events[i];
    const number = kinds.of(entry, i);
    const kind = kinds.list[number];
    batch.kind[i] = number;
    batch.t[i] = entry.t;
    batch.turn[i] = count("events", i, "turn", entry.turn, UINT32);
    batch.task[i] = count("events", i, "task", entry.task, LIMITS.tasks);
    if (kind.subject_name) batch.subject[i] = count("events", i, kind.subject_name, entry[kind.subject_name], most(kind));
    if (kind.value_name) batch.value[i] = quantity("events", i, kind.value_name, entry[kind.value_name]);
    if (kind.text_name) batch.text[i] = intern(text("events", i, kind.text_name, entry[kind.text_name]));
    batch.line[i] = count("events", i, "line", entry.line, UINT32);
    if (batch.line[i]) batch.file[i] = intern(text("events", i, "file", entry.file));
  }
  batch.strings = [...strings.keys()].slice(1);
  trace.append(batch);
  trace.finish({ state: "done", message: "", result: json.result, hash: json.hash ?? "", now: 0 });
  return trace;
}

/** The greatest number that the subject of such an event can have. @param {KindInfo} kind */
const most = ({ subject }) => (subject === "task" ? LIMITS.tasks : LIMITS.resources);

/** @param {TraceJson["resources"][number]} resource @param {number} i */
function resource({ id, kind, name, capacity }, i) {
  return {
    id: count("resources", i, "id", id, LIMITS.resources),
    kind: text("resources", i, "kind", kind),
    name: text("resources", i, "name", name),
    capacity: count("resources", i, "capacity", capacity, Number.MAX_SAFE_INTEGER),
  };
}

/** The list of kinds, made again from the events that use them. */
class Kinds {
  /** @type {KindInfo[]} */
  list = [];
  #numbers = new Map();

  /** @param {EventJson} entry @param {number} i @returns {number} */
  of(entry, i) {
    const known = this.#numbers.get(entry.kind);
    if (known !== undefined) return known;
    if (this.list.length === LIMITS.kinds) throw broken(`it has more than ${LIMITS.kinds} kinds of events`);
    const operands = Object.keys(entry).filter((key) => !COMMON.has(key));
    const numbers = operands.filter((key) => typeof entry[key] === "number");
    const words = operands.find((key) => typeof entry[key] === "string") ?? "";
    // The saved form names operands and no more. Two numbers come in the order subject, value; a lone one is a
    // subject unless it is one of the few plain quantities.
    const subject = numbers.find((key) => !QUANTITIES.has(key) && whole(entry[key], TASKS.has(key) ? LIMITS.tasks : LIMITS.resources)) ?? "";
    const value = numbers.find((key) => key !== subject) ?? "";
    this.list.push({
      name: text("events", i, "kind", entry.kind),
      subject: subject === "" ? "" : TASKS.has(subject) ? "task" : "resource",
      subject_name: subject,
      value_name: value,
      text_name: words,
    });
    this.#numbers.set(entry.kind, this.list.length - 1);
    return this.list.length - 1;
  }
}
