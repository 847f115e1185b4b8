/**
 * The trace in the form that is saved, shared and read by others: trace.schema.json describes it.
 *
 * @typedef {import("./trace.js").KindInfo} KindInfo
 * @typedef {import("./trace.js").Task} Task
 * @typedef {{ seq: number, t: number, turn: number, task: number, kind: string, file?: string, line?: number } &
 *   Record<string, unknown>} EventJson
 * @typedef {{ version: 1, scenario: string, params: Record<string, unknown>, clock: string, seed: number | string,
 *   hash: string, tasks: Task[], resources: { id: number, kind: string, name: string, capacity: number }[],
 *   events: EventJson[], output: { seq: number, t: number, task: number, text: string }[],
 *   result: unknown, dropped: number }} TraceJson
 */

import { Trace } from "./trace.js";

/** The fields that every event has; all others are operands of its kind. */
const COMMON = new Set(["seq", "t", "turn", "task", "kind", "file", "line"]);
/** Operands that are the number of a task; needed only to read a trace without the engine's own list of kinds. */
const TASKS = new Set(["parent", "by", "target"]);

/** @param {Trace} trace @returns {TraceJson} */
export function toJSON(trace) {
  return {
    version: 1,
    ...trace.about,
    hash: trace.hash,
    tasks: trace.tasks.map((task) => ({ ...task })),
    resources: trace.resources.map(({ id, kind, name, capacity }) => ({ id, kind, name, capacity })),
    events: Array.from({ length: trace.length }, (_, i) => event(trace, i)),
    output: trace.output.map((i) => line(trace, i)),
    result: trace.result,
    dropped: trace.dropped,
  };
}

/** Event `i` with its operands under the names that its kind gives them. @param {Trace} trace @param {number} i */
export function event(trace, i) {
  const kind = trace.kindOf(i);
  /** @type {EventJson} */
  const json = { seq: i, t: trace.t[i], turn: trace.turn[i], task: trace.task[i], kind: kind.name };
  if (kind.subject_name) json[kind.subject_name] = trace.subject[i];
  if (kind.value_name) json[kind.value_name] = trace.value[i];
  if (kind.text_name) json[kind.text_name] = trace.textOf(i);
  if (trace.line[i]) Object.assign(json, { file: trace.strings[trace.file[i]], line: trace.line[i] });
  return json;
}

/** The line that event `i` printed. @param {Trace} trace @param {number} i */
export function line(trace, i) {
  return { seq: i, t: trace.t[i], task: trace.task[i], text: trace.textOf(i) };
}

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
    if (!strings.has(key)) strings.set(key, strings.size);
    return /** @type {number} */ (strings.get(key));
  };
  const rows = json.events.map((entry) => {
    const number = kinds.of(entry);
    const kind = kinds.list[number];
    return { ...entry, number, subject: entry[kind.subject_name], value: entry[kind.value_name], text: text(entry[kind.text_name]), file: text(entry.file) };
  });
  const column = (/** @type {keyof typeof rows[0]} */ name) => rows.map((row) => Number(row[name] ?? 0));
  trace.append({
    first: 0,
    t: Float64Array.from(column("t")),
    turn: Uint32Array.from(column("turn")),
    task: Uint32Array.from(column("task")),
    kind: Uint8Array.from(column("number")),
    subject: Uint32Array.from(column("subject")),
    value: Float64Array.from(column("value")),
    text: Uint32Array.from(column("text")),
    file: Uint32Array.from(column("file")),
    line: Uint32Array.from(column("line")),
    strings: [...strings.keys()].slice(1),
    resources: json.resources,
    dropped: json.dropped ?? 0,
  });
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
    const subject = numbers.find((key) => !["until", "depth", "bytes", "count", "held"].includes(key)) ?? "";
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
