// Weighs recorded events and sleeping tasks. Each needs a page that has done nothing else: a wasm's memory only grows.
import init, { our_sleepers, record_events } from "./pkg/loopscope_bench.js";
import { asyncSleepers, sleepers } from "./promises.js";

const EVENTS = 1_000_000;
const TASKS = 100_000;

/** Until all is weighed, in milliseconds. */
const LONG = 60_000;

const engine = init();

/** Who sleeps, by the names of the table. */
const SLEEPERS = {
  ours: our_sleepers,
  "promises with setTimeout": sleepers,
  "async functions with setTimeout": asyncSleepers,
};

/** Those that sleep: nobody waits for them. */
let asleep;

/** Returns the bytes on JavaScript's heap that so many sleeping promises have. What the browser keeps for their timers is not among them. */
async function onHeap(tasks) {
  gc();
  const before = performance.memory.usedJSHeapSize;
  const asleep = sleepers(tasks, 1);
  gc();
  const bytes = performance.memory.usedJSHeapSize - before;
  await asleep;
  return bytes;
}

/** Returns a sample of what each counts by itself. */
globalThis.counted = async () => {
  const { memory } = await engine;
  const [before, start] = [memory.buffer.byteLength, performance.now()];
  const events = Number(record_events(EVENTS));
  const nanoseconds = (performance.now() - start) * 1e6;
  const grown = memory.buffer.byteLength - before;
  const asleep = "bytes that a task of 100,000 that sleep at once counts itself";
  return [
    { what: "an event of a million, recorded", who: "ours", unit: "ns", samples: [nanoseconds / events] },
    { what: "memory of an event of a million, recorded", who: "ours", unit: "bytes", samples: [grown / events] },
    { what: asleep, who: "ours", unit: "bytes", samples: [Number(await our_sleepers(TASKS, 1)) / TASKS] },
    { what: asleep, who: "promises with setTimeout, what is on JavaScript's heap alone", unit: "bytes", samples: [await onHeap(TASKS) / TASKS] },
  ];
};

/** Gets ready for these sleepers: what the first of them needs is there then. */
globalThis.prepare = async (who) => {
  await engine;
  await SLEEPERS[who](1, 1);
  gc();
};

/** Puts many of them to sleep; returns how many. */
globalThis.fallAsleep = (who) => {
  asleep = SLEEPERS[who](TASKS, LONG);
  gc();
  return TASKS;
};
