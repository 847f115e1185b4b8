/**
 * The trace in the form that is saved, shared and read by others: trace.schema.json describes it.
 *
 * @typedef {import("./trace.js").Trace} Trace
 * @typedef {import("./trace.js").Task} Task
 * @typedef {{ seq: number, t: number, turn: number, task: number, kind: string, file?: string, line?: number } &
 *   Record<string, unknown>} EventJson
 * @typedef {{ version: 1, scenario: string, params: Record<string, unknown>, clock: string, seed: number | string,
 *   hash: string, tasks: Task[], resources: { id: number, kind: string, name: string, capacity: number }[],
 *   events: EventJson[], output: { seq: number, t: number, task: number, text: string }[],
 *   result: unknown, dropped: number }} TraceJson
 */

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
