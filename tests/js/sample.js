// A run as the engine would hand it over: two numbers from a generator, with a pause of half a second before each.

import { Trace } from "../../www/trace/trace.js";

const row = (name, subject = "", subject_name = "", value_name = "", text_name = "") => ({ name, subject, subject_name, value_name, text_name });

export const KINDS = [
  row("spawn", "task", "parent", "", "name"),
  row("poll-start"),
  row("poll-end"),
  row("wait", "resource", "on", "until", "why"),
  row("wake", "task", "by", "", "why"),
  row("resume", "resource", "generator", "", "sent"),
  row("yield", "resource", "generator", "", "value"),
  row("receive", "resource", "generator", "", "value"),
  row("return", "resource", "generator", "", "outcome"),
  row("print", "", "", "", "text"),
  row("done", "", "", "", "outcome"),
  row("memory", "", "", "bytes", ""),
];

/** Milliseconds, turn, kind, subject, value, text and, if known, line; the task is 1. */
export const EVENTS = [
  [0, 0, "spawn", 0, 0, "main"],
  [0, 1, "poll-start"],
  [0, 1, "resume", 1],
  [0, 1, "wait", 0, 500e6, "0.5 s to pass", 11],
  [0, 1, "poll-end"],
  [500, 2, "wake", 0, 0, "the time has come"],
  [500, 3, "poll-start"],
  [500, 3, "yield", 1, 0, "1", 12],
  [500, 3, "receive", 1, 0, "1"],
  [500, 3, "print", 0, 0, "got 1", 22],
  [500, 3, "resume", 1],
  [500, 3, "wait", 0, 1000e6, "0.5 s to pass", 11],
  [500, 3, "poll-end"],
  [1000, 4, "wake", 0, 0, "the time has come"],
  [1000, 5, "poll-start"],
  [1000, 5, "yield", 1, 0, "2", 12],
  [1000, 5, "receive", 1, 0, "2"],
  [1000, 5, "print", 0, 0, "got 2", 22],
  [1000, 5, "resume", 1],
  [1000, 5, "return", 1, 0, "returned"],
  [1000, 5, "poll-end"],
  [1000, 5, "done", 0, 0, "returned"],
];

export const ABOUT = { scenario: "async-counter", params: { limit: 2, delay: 0.5 }, clock: "virtual", seed: 0 };

/** A trace of the given events, appended in batches of at most `size`. */
export function record(events = EVENTS, size = events.length) {
  const trace = new Trace(ABOUT, KINDS);
  const strings = [""];
  const index = (text = "") => {
    if (!strings.includes(text)) strings.push(text);
    return strings.indexOf(text);
  };
  for (let first = 0; first < events.length; first += size) {
    const known = strings.length;
    const rows = events.slice(first, first + size);
    const numbers = (column, Type) => Type.from(rows.map(column));
    const batch = {
      first,
      t: numbers(([ms]) => ms * 1e6, Float64Array),
      turn: numbers(([, turn]) => turn, Uint32Array),
      task: numbers(() => 1, Uint32Array),
      kind: numbers(([, , kind]) => KINDS.findIndex(({ name }) => name === kind), Uint8Array),
      subject: numbers(([, , , subject = 0]) => subject, Uint32Array),
      value: numbers(([, , , , value = 0]) => value, Float64Array),
      text: numbers(([, , , , , text]) => index(text), Uint32Array),
      line: numbers(([, , , , , , line = 0]) => line, Uint32Array),
      file: numbers(([, , , , , , line = 0]) => (line ? index("scenarios/async_counter.rs") : 0), Uint32Array),
      strings: [],
      resources: first === 0 ? [{ id: 1, kind: "generator", name: "count_to", capacity: 0 }] : [],
      dropped: 0,
    };
    batch.strings = strings.slice(known);
    trace.append(batch);
  }
  trace.finish({ state: "done", message: "", result: { values: [1, 2] }, hash: "0123456789abcdef", now: 1e9 });
  return trace;
}
