import assert from "node:assert/strict";
import { test } from "node:test";

import { read, write } from "../../www/page/address.js";
import { chrome } from "../../www/share/chrome.js";
import { toJSON } from "../../www/trace/json.js";
import { record } from "./sample.js";

test("the turns of a task do not overlap on its thread", () => {
  const { traceEvents } = chrome(toJSON(record()));
  const runs = traceEvents.filter(({ ph }) => ph === "X");
  assert.equal(runs.length, 3);
  for (const [i, { ts, dur, tid }] of runs.entries()) {
    assert.equal(tid, 1);
    assert.ok(dur >= 0 && (i === 0 || ts >= runs[i - 1].ts + runs[i - 1].dur));
  }
});

test("each wait has its own id, and an end for its beginning", () => {
  const { traceEvents } = chrome(toJSON(record()));
  const begun = traceEvents.filter(({ ph }) => ph === "b");
  const ended = traceEvents.filter(({ ph }) => ph === "e");
  assert.deepEqual(begun.map(({ name, ts }) => [name, ts]), [["0.5 s to pass", 0], ["0.5 s to pass", 500000]]);
  assert.deepEqual(ended.map(({ id, ts }) => [id, ts]), begun.map(({ id, ts }) => [id, ts + 500000]));
  assert.equal(new Set(begun.map(({ id }) => id)).size, begun.length);
});

test("threads bear the names of the tasks", () => {
  const { traceEvents } = chrome(toJSON(record()));
  assert.deepEqual(traceEvents[0], { ph: "M", pid: 1, tid: 1, name: "thread_name", args: { name: "main" } });
});

test("an address is read as it was written", () => {
  const place = { scenario: "async-counter", limit: "5", clock: "virtual", odd: "a&b=c d#é" };
  assert.deepEqual(read(write(place)), place);
  assert.equal(write({ scenario: "async-counter", limit: "5" }), "#v1?scenario=async-counter&limit=5");
  assert.equal(read(""), null);
  assert.equal(read("#stage"), null);
  assert.throws(() => read("#v2?scenario=x"), /version v2.*v1/);
});
