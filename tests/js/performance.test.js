// A run on the browser's own performance timeline: Node.js has the same one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { measure } from "../../www/share/performance.js";
import { toJSON } from "../../www/trace/json.js";
import { run } from "./run.js";
import { record } from "./sample.js";

test("turns and waits appear with their starts and lengths, on tracks of their tasks", () => {
  performance.clearMeasures();
  measure(toJSON(record()), { at: 100 });
  const entries = performance.getEntriesByType("measure");
  const named = (name) => entries.filter((entry) => entry.name === name).map(({ startTime, duration }) => [startTime, duration]);
  assert.deepEqual(named("loopscope 0.5 s to pass"), [[100, 500], [600, 500]]);
  assert.deepEqual(named("loopscope run"), [[100, 0], [600, 0], [1100, 0]]);
  const { devtools } = entries.find(({ name }) => name === "loopscope 0.5 s to pass").detail;
  assert.deepEqual(devtools, {
    dataType: "track-entry", trackGroup: "loopscope: async-counter", track: "main: waits", color: "tertiary-light", tooltipText: "0.5 s to pass",
  });
});

test("a real run ends now unless it is said where it begins", async () => {
  const { trace } = await run("greetings", { clock: "wall", first: "0.05", second: "0.02" });
  const entries = measure(toJSON(trace));
  const end = Math.max(...entries.map(({ startTime, duration }) => startTime + duration));
  assert.ok(Math.abs(end - performance.now()) < 100, `${end} and ${performance.now()}`);
  const waits = entries.filter(({ name }) => name === "loopscope 0.05 s to pass");
  assert.ok(waits.length === 1 && waits[0].duration >= 49, JSON.stringify(waits));
});

test("a run that is longer than the timeline begins at its start", () => {
  const entries = measure(toJSON(record()), { timeline: { now: () => 5, measure: (name, options) => ({ name, ...options }) } });
  assert.equal(Math.min(...entries.map(({ start }) => start)), 0);
});
