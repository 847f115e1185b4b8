// The export for Perfetto and the like, of real runs, read by the engine of Chrome's own performance panel.

import assert from "node:assert/strict";
import { test } from "node:test";

import { chrome } from "../../www/share/chrome.js";
import { toJSON } from "../../www/trace/json.js";
import { ids, run } from "./run.js";
import { record } from "./sample.js";

// The reader was made for browsers.
globalThis.DOMRect ??= class {};
const { Helpers, Processor } = await import("@paulirish/trace_engine");

/** The export as a reader of the file has it. */
const exported = (trace) => JSON.parse(JSON.stringify(chrome(toJSON(trace))));
const of = ({ traceEvents }, ...phases) => traceEvents.filter(({ ph }) => phases.includes(ph));
const nanos = (micros) => Math.round(micros * 1000);
const scenario = async (id, options) => exported((await run(id, options)).trace);

/** The complete events of each thread, in the order in which they are read. */
function threads(file) {
  const byThread = new Map();
  for (const slice of of(file, "X")) byThread.set(slice.tid, [...(byThread.get(slice.tid) ?? []), slice]);
  return byThread;
}

/** Says where two complete events of one thread overlap and neither is inside of the other. */
function overlaps(file) {
  const wrong = [];
  for (const slices of threads(file).values()) {
    const around = [];
    for (const { name, ts, dur } of slices) {
      const [from, to] = [nanos(ts), nanos(ts) + nanos(dur)];
      while (around.length && around.at(-1).to <= from && to > around.at(-1).from) around.pop();
      if (around.length && to > around.at(-1).to) wrong.push(`${name} at ${from} to ${to} in ${around.at(-1).name} to ${around.at(-1).to}`);
      around.push({ name, from, to });
    }
  }
  return wrong;
}

test("an overlap is found where there is one", () => {
  const slice = (name, ts, dur) => ({ ph: "X", tid: 1, name, ts, dur });
  assert.deepEqual(overlaps({ traceEvents: [slice("a", 0, 5), slice("b", 1, 3), slice("c", 5, 2)] }), []);
  assert.equal(overlaps({ traceEvents: [slice("a", 0, 5), slice("b", 3, 4)] }).length, 1);
});

test("in no scenario do slices of one thread overlap", async () => {
  for (const id of ids) assert.deepEqual(overlaps(await scenario(id)), [], id);
});

test("nor do they on the wall clock, where turns take their time and one blocks", async () => {
  const file = await scenario("blocking-the-loop", { clock: "wall", block: "0.1", beat: "0.01" });
  assert.deepEqual(overlaps(file), []);
  const blocks = of(file, "X").filter(({ name }) => name === "blocks the loop");
  assert.ok(blocks.length > 0 && blocks.every(({ dur }) => dur >= 99_000), JSON.stringify(blocks));
  assert.ok(of(file, "X").some(({ name, ts, dur }) => name === "run" && ts <= blocks[0].ts && ts + dur >= blocks[0].ts + blocks[0].dur));
});

test("Chrome's own reader finds every thread with its name, and all of its slices", async () => {
  const { trace } = await run("producer-consumer");
  const file = exported(trace);
  const reader = Processor.TraceProcessor.createWithAllHandlers();
  await reader.parse(structuredClone(file.traceEvents), {});
  const [read] = [...reader.data.Renderer.processes.values()];
  assert.deepEqual([...read.threads.values()].map(({ name }) => name), ["main", "producer", "consumer"]);
  for (const [tid, slices] of threads(file)) assert.equal(read.threads.get(tid).entries.length, slices.length, `thread ${tid}`);
});

test("Chrome's own reader pairs each wait's beginning with its end", async () => {
  const { trace } = await run("connection-pool");
  const file = exported(trace);
  const pairs = Helpers.Trace.createMatchedSortedSyntheticEvents(of(file, "b", "e"));
  assert.equal(pairs.length, of(file, "b").length);
  assert.equal(new Set(of(file, "b").map(({ id }) => id)).size, pairs.length);
  const { events } = toJSON(trace);
  const longest = Math.max(...pairs.map(({ dur }) => dur));
  assert.ok(longest > 0 && longest <= events.at(-1).t / 1000);
});

test("Chrome's own reader binds each arrow to two turns, on the virtual clock too, where they take no time", async () => {
  for (const id of ["producer-consumer", "connection-pool", "cancel-and-timeout", "greetings"]) {
    const file = await scenario(id);
    const reader = Processor.TraceProcessor.createWithAllHandlers();
    await reader.parse(structuredClone(file.traceEvents), {});
    const turns = (flow) => flow.map(({ name, tid, ts }) => `${name} of ${tid} at ${ts}`).join(" to ");
    const ends = new Map(of(file, "f").map((end) => [end.id, end]));
    const expected = of(file, "s").map(({ id, tid, ts }) => turns([{ name: "run", tid, ts }, { ...ends.get(id), name: "run" }]));
    assert.ok(expected.length > 1, id);
    assert.deepEqual(reader.data.Flows.flows.map(turns).sort(), expected.sort(), id);
  }
});

test("the slice that has begun last before an arrow's end is the turn, which is what Perfetto binds it to", async () => {
  for (const id of ids) {
    const last = new Map();
    for (const event of (await scenario(id)).traceEvents) {
      if (event.ph === "X") last.set(event.tid, event);
      if (!"sf".includes(event.ph)) continue;
      const { name, ts, dur } = last.get(event.tid);
      assert.ok(name === "run" && ts === event.ts && dur > 0, `${id}: ${event.id} is in ${name}`);
      assert.equal(event.bp, event.ph === "f" ? "e" : undefined);
    }
  }
});

test("what happens in no time is nanoseconds apart, in its order", async () => {
  const { trace } = await run("producer-consumer");
  const { events } = toJSON(trace);
  const file = exported(trace);
  const runs = of(file, "X").filter(({ name }) => name === "run");
  const starts = events.filter(({ kind }) => kind === "poll-start");
  assert.deepEqual(runs.map(({ args, tid }) => [args.turn, tid]), starts.map(({ turn, task }) => [turn, task]));
  for (const [i, { ts }] of runs.entries()) {
    const late = nanos(ts) - starts[i].t;
    assert.ok(late >= 0 && late < events.length && (i === 0 || ts > runs[i - 1].ts), `turn ${i} is ${late} ns late`);
  }
});

test("counters tell how many items a queue holds and how many bytes are live", async () => {
  const { trace } = await run("producer-consumer");
  const { events } = toJSON(trace);
  const file = exported(trace);
  const values = (name, key) => of(file, "C").filter((event) => event.name === name).map(({ args }) => args[key]);
  assert.deepEqual(values("queue: items", "items"), events.filter(({ kind }) => kind === "depth").map(({ depth }) => depth));
  assert.deepEqual(values("live bytes", "live bytes"), events.filter(({ kind }) => kind === "memory").map(({ bytes }) => bytes));
  assert.ok(values("live bytes", "live bytes").length > 0 && Math.max(...values("queue: items", "items")) === 3);
});

test("an arrow leads from the turn of who woke to the next turn of who was woken", async () => {
  const file = await scenario("producer-consumer");
  const [starts, ends] = [of(file, "s"), of(file, "f")];
  assert.ok(starts.length > 5);
  assert.deepEqual(starts.map(({ id }) => id).sort(), ends.map(({ id }) => id).sort());
  const turn = ({ tid, ts }) => of(file, "X").find((slice) => slice.name === "run" && slice.tid === tid && slice.ts === ts);
  for (const end of ends) {
    const start = starts.find(({ id }) => id === end.id);
    assert.ok(start.tid !== end.tid && turn(start).ts + turn(start).dur <= turn(end).ts, end.id);
  }
});

test("generators are slices within the turns in which they run", () => {
  const file = exported(record());
  assert.deepEqual(of(file, "X").map(({ name, ts }) => [name, Math.floor(ts)]), [
    ["run", 0], ["count_to", 0],
    ["run", 500000], ["count_to", 500000], ["count_to", 500000],
    ["run", 1000000], ["count_to", 1000000], ["count_to", 1000000],
  ]);
  assert.deepEqual(of(file, "b", "e").map(({ ph, name, ts }) => [ph, name, Math.floor(ts)]), [
    ["b", "0.5 s to pass", 0], ["e", "0.5 s to pass", 500000], ["b", "0.5 s to pass", 500000], ["e", "0.5 s to pass", 1000000],
  ]);
});

test("a run that was stopped leaves nothing open", async () => {
  const { trace, outcome } = await run("async-counter", { clock: "wall", limit: "1000", stopAfter: 40 });
  const file = exported(trace);
  assert.equal(outcome.state, "stopped");
  assert.ok(of(file, "b").length > 0);
  assert.equal(of(file, "b").length, of(file, "e").length);
  assert.ok(of(file, "X").every(({ dur }) => Number.isFinite(dur) && dur >= 0));
});
