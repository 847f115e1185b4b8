// What the engine hands over: however the columns are cut into batches, and however room is made for them, the trace is the same.

import assert from "node:assert/strict";

import { toJSON } from "../../../www/trace/json.js";
import { Room } from "../../../www/trace/room.js";
import { COLUMNS, Trace } from "../../../www/trace/trace.js";
import { untouched } from "./judge.js";

const row = (name, subject = "", subject_name = "", value_name = "", text_name = "") => ({ name, subject, subject_name, value_name, text_name });
/** Fewer than there are numbers for: a newer engine may send more. */
const KINDS = [row("spawn", "task", "parent", "", "name"), row("print", "", "", "", "text"), row("wait", "resource", "on", "until", "why"), row("memory", "", "", "bytes"), row("done", "", "", "", "outcome")];
const TYPES = { t: Float64Array, turn: Uint32Array, task: Uint32Array, kind: Uint8Array, subject: Uint32Array, value: Float64Array, text: Uint32Array, file: Uint32Array, line: Uint32Array };

/** The first byte says how the batches are cut, and each three that follow are an event, or many. */
export function fuzz(data) {
  const rows = [];
  for (let k = 1; k + 3 <= Math.min(data.length, 200); k += 3) {
    const [kind, one, other] = data.subarray(k, k + 3);
    const event = { t: 0, turn: one >> 4, task: one & 15, kind: kind % 7, subject: other & 7, value: other - 100, text: other, file: one & 3, line: kind >> 5 };
    for (let times = kind > 250 ? 100 : 1; times > 0; times -= 1) rows.push({ ...event, t: rows.length * 10 });
  }
  const whole = trace([rows]);
  const text = JSON.stringify(toJSON(whole));
  assert.ok(JSON.stringify(toJSON(trace(cut(rows, data[0] ?? 0)))) === text, "batches were cut in another way");
  const made = new Trace(whole.about, KINDS);
  made.room = new Room(made, COLUMNS);
  assert.ok(JSON.stringify(toJSON(trace(cut(rows, data[0] ?? 0), made))) === text, "room was made in another way");
  untouched();
}

function cut(rows, by) {
  const parts = [];
  for (let from = 0, size = by; from < rows.length; from += size + 1, size = (size * 7 + 3) % (by + 5)) parts.push(rows.slice(from, from + size + 1));
  return parts;
}

function trace(parts, made = new Trace({ scenario: "columns", params: {}, clock: "virtual", seed: 0 }, KINDS)) {
  let known = 0;
  for (const rows of parts) {
    const columns = Object.fromEntries(Object.entries(TYPES).map(([name, Type]) => [name, Type.from(rows, (event) => event[name])]));
    // A text comes no later than the event that names it.
    const wanted = Math.max(known, ...rows.map(({ text, file }) => Math.max(text, file)));
    const strings = Array.from({ length: wanted - known }, (_, k) => `text ${known + k}`);
    known = wanted;
    made.append({ first: made.length, ...columns, strings, resources: [], dropped: 0 });
  }
  made.finish({ state: "done", message: "", result: null, hash: "", now: 0 });
  return made;
}
