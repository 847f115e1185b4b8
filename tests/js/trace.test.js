import assert from "node:assert/strict";
import { test } from "node:test";

import { toJSON } from "../../www/trace/json.js";
import { fromJSON } from "../../www/trace/read.js";
import { sentence } from "../../www/trace/sentence.js";
import { time } from "../../www/trace/words.js";
import { EVENTS, KINDS, record } from "./sample.js";

test("a trace is the same however its batches were cut", () => {
  const whole = toJSON(record());
  for (const size of [1, 2, 7]) assert.deepEqual(toJSON(record(EVENTS, size)), whole);
});

test("the saved form names operands as their kinds do", () => {
  const { version, tasks, resources, events, output, result, dropped } = toJSON(record());
  assert.equal(version, 1);
  assert.deepEqual(tasks, [{ id: 1, parent: 0, name: "main", start: 0, end: 1e9, outcome: "returned" }]);
  assert.deepEqual(resources, [{ id: 1, kind: "generator", name: "count_to", capacity: 0 }]);
  assert.deepEqual(events[3], {
    seq: 3, t: 0, turn: 1, task: 1, kind: "wait", on: 0, until: 5e8, why: "0.5 s to pass", file: "scenarios/async_counter.rs", line: 11,
  });
  assert.deepEqual(events[1], { seq: 1, t: 0, turn: 1, task: 1, kind: "poll-start" });
  assert.deepEqual(output[1], { seq: 17, t: 1e9, task: 1, text: "got 2" });
  assert.deepEqual([result, dropped], [{ values: [1, 2] }, 0]);
});

test("a saved trace is read back as it was, from an object and from text", () => {
  const json = toJSON(record());
  assert.deepEqual(toJSON(fromJSON(json)), json);
  assert.deepEqual(toJSON(fromJSON(JSON.stringify(json))), json);
});

test("a kind that nobody knows is kept with all its operands", () => {
  const json = toJSON(record());
  const strange = { seq: 22, t: 1e9, turn: 5, task: 1, kind: "juggle", ball: 3, height: 7, colour: "red" };
  json.events.push(strange);
  const trace = fromJSON(json);
  assert.deepEqual(toJSON(trace).events[22], strange);
  assert.match(sentence(trace, 22), /juggle.*red/);
});

test("a broken trace is refused with what is wrong and where", () => {
  const json = toJSON(record());
  const refused = (change, words) => assert.throws(() => fromJSON(change), words);
  refused("{", /not a trace/);
  refused(null, /an object was expected/);
  refused({ ...json, version: 2 }, /version 2.*version 1/);
  refused({ ...json, events: "none" }, /`events` is not a list/);
  refused({ ...json, events: [{ t: 5, kind: "print" }, { t: 4, kind: "print" }] }, /event 1 has t = 4/);
  refused({ ...json, events: [{ t: 5 }] }, /`events\[0\]` has no kind that is a text/);
  refused({ ...json, events: [json.events[0], null] }, /`events\[1\]` is not an object/);
  refused({ ...json, events: [{ t: "5", kind: "print" }] }, /`events\[0\]` has no t that is a number/);
  refused({ ...json, tasks: [7] }, /`tasks\[0\]` is not an object/);
  refused({ ...json, resources: [json.resources[0], { id: 2, kind: "lock" }] }, /`resources\[1\]` has no name/);
  refused({ ...json, output: undefined }, /`output` is not a list/);
  refused({ ...json, output: [[]] }, /`output\[0\]` is not an object/);
});

test("indices follow the events", () => {
  const trace = record(EVENTS, 3);
  assert.equal(trace.indexAt(-1), 0);
  assert.equal(trace.indexAt(0), 5);
  assert.equal(trace.indexAt(499e6), 5);
  assert.equal(trace.indexAt(1e9), EVENTS.length);
  assert.deepEqual(trace.turns, [0, 1, 5, 6, 13, 14]);
  assert.equal(trace.turnOf(13), 4);
  assert.equal(trace.taskOf(1)?.name, "main");
  assert.equal(trace.resourceOf(1)?.name, "count_to");
});

test("many events fit", () => {
  const trace = record(Array.from({ length: 5000 }, (_, i) => [i, i, "memory", 0, i]), 611);
  assert.equal(trace.length, 5000);
  assert.deepEqual(toJSON(trace).events[4321], { seq: 4321, t: 4321e6, turn: 4321, task: 1, kind: "memory", bytes: 4321 });
});

test("every kind of the sample has a sentence without holes", () => {
  const trace = record();
  for (let i = 0; i < trace.length; i += 1) assert.doesNotMatch(sentence(trace, i), /undefined|\{|\s$|: $/, KINDS[trace.kind[i]].name);
  assert.equal(sentence(trace, 3), "main waits for 0.5 s to pass");
  assert.equal(sentence(trace, 7), "count_to yields 1 and freezes");
});

test("times are said in the unit that reads best", () => {
  const cases = [[0, "0.00 s"], [5e8, "0.50 s"], [1.5e9, "1.50 s"], [12e6, "12.0 ms"], [999, "999 ns"], [60e9, "60.0 s"], [120e9, "120 s"]];
  for (const [ns, text] of cases) assert.equal(time(ns), text);
  assert.equal(time(2e8, 2e9, 2e8), "0.2 s");
  assert.equal(time(1.05e9, 2e9, 5e7), "1.05 s");
});
