/**
 * Reads a saved trace, and says what is wrong with one that cannot be read.
 *
 * @typedef {import("./json.js").EventJson} EventJson
 * @typedef {import("./json.js").TraceJson} TraceJson
 * @typedef {import("./trace.js").KindInfo} KindInfo
 */

import { Trace } from "./trace.js";

/** The fields that every event has; all others are operands of its kind. */
const COMMON = new Set(["seq", "t", "turn", "task", "kind", "file", "line"]);
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
  const text = (/** @type {unknown} */ value) => {
    const key = String(value ?? "");
    const known = strings.get(key);
    if (known !== undefined) return known;
    strings.set(key, strings.size);
    return strings.size - 1;
  };
  const { events } = json;
  const count = events.length;
  const batch = {
    first: 0,
    t: new Float64Array(count),
    turn: new Uint32Array(count),
    task: new Uint32Array(count),
    kind: new Uint8Array(count),
    subject: new Uint32Array(count),
    value: new Float64Array(count),
    text: new Uint32Array(count),
    file: new Uint32Array(count),
    line: new Uint32Array(count),
    strings: /** @type {string[]} */ ([]),
    resources: json.resources,
    dropped: json.dropped ?? 0,
  };
  for (let i = 0; i < count; i += 1) {
    const entry = events[i];
    const number = kinds.of(entry);
    const kind = kinds.list[number];
    batch.kind[i] = number;
    batch.t[i] = entry.t;
    batch.turn[i] = entry.turn;
    batch.task[i] = entry.task;
    if (kind.subject_name) batch.subject[i] = Number(entry[kind.subject_name] ?? 0);
    if (kind.value_name) batch.value[i] = Number(entry[kind.value_name] ?? 0);
    if (kind.text_name) batch.text[i] = text(entry[kind.text_name]);
    if (entry.line) {
      batch.line[i] = entry.line;
      batch.file[i] = text(entry.file);
    }
  }
  batch.strings = [...strings.keys()].slice(1);
  trace.append(batch);
  trace.finish({ state: "done", message: "", result: json.result, hash: json.hash ?? "", now: 0 });
  return trace;
}

/** What each member of the lists has to have. @type {Record<string, Record<string, "number" | "string">>} */
const FIELDS = {
  tasks: { id: "number", name: "string" },
  resources: { id: "number", kind: "string", name: "string" },
  events: { t: "number", kind: "string" },
  output: { t: "number", text: "string" },
};

/** @param {string} place @param {any} member @param {Record<string, string>} fields */
function checkMember(place, member, fields) {
  const broken = (/** @type {string} */ what) => new Error(`this trace is broken: \`${place}\` ${what}`);
  if (typeof member !== "object" || member === null || Array.isArray(member)) throw broken("is not an object");
  for (const [field, type] of Object.entries(fields)) {
    if (typeof member[field] !== type) throw broken(`has no ${field} that is a ${type === "string" ? "text" : type}`);
  }
}

/** @param {unknown} input @returns {TraceJson} */
function check(input) {
  let json = /** @type {any} */ (input);
  if (typeof json === "string") {
    try {
      json = JSON.parse(json);
    } catch (error) {
      throw new Error(`this is not a trace: ${/** @type {Error} */ (error).message}`);
    }
  }
  if (typeof json !== "object" || json === null) throw new Error("this is not a trace: an object was expected");
  if (json.version !== 1) throw new Error(`this trace has version ${json.version ?? "unknown"}; this page reads version 1`);
  for (const [list, fields] of Object.entries(FIELDS)) {
    if (!Array.isArray(json[list])) throw new Error(`this trace is broken: \`${list}\` is not a list`);
    for (const [i, member] of json[list].entries()) checkMember(`${list}[${i}]`, member, fields);
  }
  let last = 0;
  for (const [i, entry] of json.events.entries()) {
    if (!(entry.t >= last)) throw new Error(`this trace is broken: event ${i} has t = ${entry.t}, which is not at or after ${last}`);
    last = entry.t;
  }
  return json;
}

/** The list of kinds, made again from the events that use them. */
class Kinds {
  /** @type {KindInfo[]} */
  list = [];
  #numbers = new Map();

  /** @param {EventJson} entry @returns {number} */
  of(entry) {
    const known = this.#numbers.get(entry.kind);
    if (known !== undefined) return known;
    if (this.list.length > 255) throw new Error("this trace is broken: it has more than 256 kinds of events");
    const operands = Object.keys(entry).filter((key) => !COMMON.has(key));
    const numbers = operands.filter((key) => typeof entry[key] === "number");
    const text = operands.find((key) => typeof entry[key] === "string") ?? "";
    // The saved form names operands and no more. Two numbers come in the order subject, value; a lone one is a
    // subject unless it is one of the few plain quantities.
    const subject = numbers.find((key) => !QUANTITIES.has(key)) ?? "";
    const value = numbers.find((key) => key !== subject) ?? "";
    this.list.push({
      name: entry.kind,
      subject: subject === "" ? "" : TASKS.has(subject) ? "task" : "resource",
      subject_name: subject,
      value_name: value,
      text_name: text,
    });
    this.#numbers.set(entry.kind, this.list.length - 1);
    return this.list.length - 1;
  }
}
