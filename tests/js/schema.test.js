// The exports against trace.schema.json, by a validator that is not ours.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import Ajv from "ajv/dist/2020.js";

import { toJSON } from "../../www/trace/json.js";
import { fromJSON } from "../../www/trace/read.js";
import { ids, run } from "./run.js";

const schema = JSON.parse(await readFile(new URL("../../www/trace.schema.json", import.meta.url), "utf8"));
const validate = new Ajv({ allowUnionTypes: true }).compile(schema);

/** Checks a trace as it is exported, and as it is exported again by who has imported it. */
function check(trace, what) {
  const json = JSON.parse(JSON.stringify(toJSON(trace)));
  assert.ok(validate(json), `${what}: ${JSON.stringify(validate.errors)}`);
  const again = JSON.parse(JSON.stringify(toJSON(fromJSON(json))));
  assert.ok(validate(again), `${what}, imported: ${JSON.stringify(validate.errors)}`);
  assert.deepEqual(again.events, json.events, what);
  return json;
}

test("every scenario's export is valid, and so is what is made of it when it is read again", async () => {
  const kinds = new Set();
  for (const id of ids) {
    const { trace, outcome } = await run(id);
    assert.equal(outcome.state, "done", `${id}: ${outcome.message}`);
    for (const { kind } of check(trace, id).events) kinds.add(kind);
  }
  for (const kind of ["memory", "lint", "block", "spawn", "wait", "yield", "depth", "cancel", "exited"]) assert.ok(kinds.has(kind), kind);
});

test("a run on the wall clock, one that was stopped and one that failed are valid too", async () => {
  check((await run("async-counter", { clock: "wall", delay: "0.01" })).trace, "wall");
  const stopped = await run("async-counter", { clock: "wall", limit: "1000", stopAfter: 30 });
  assert.equal(stopped.outcome.state, "stopped");
  assert.ok(check(stopped.trace, "stopped").tasks.some(({ end }) => end === null));
  const { trace } = await run("greetings");
  trace.finish({ state: "failed", message: "ValueError: no", result: null, hash: trace.hash, now: trace.end });
  check(trace, "failed");
});

test("what is not valid is refused", async () => {
  const json = JSON.parse(JSON.stringify(toJSON((await run("async-counter")).trace)));
  const memory = json.events.findIndex(({ kind }) => kind === "memory");
  const refused = (change) => {
    const broken = structuredClone(json);
    change(broken);
    assert.equal(validate(broken), false, change.toString());
  };
  refused((trace) => delete trace.hash);
  refused((trace) => void (trace.clock = "sun"));
  refused((trace) => void (trace.events[0].t = 0.5));
  refused((trace) => delete trace.events[0].parent);
  refused((trace) => void (trace.events[memory].bytes = "many"));
  refused((trace) => delete trace.events[memory].bytes);
  refused((trace) => void (trace.tasks[0].start = -1));
});
