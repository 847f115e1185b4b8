// Weighs sleeping tasks and recorded events. Needs a page that has done nothing else: a wasm's memory only grows.
import init, { our_sleepers, record_events } from "./pkg/loopscope_bench.js";
import { sleepers } from "./promises.js";

const TASKS = 100_000;
const EVENTS = 1_000_000;

/** Returns the bytes on JavaScript's heap that so many sleeping promises have. What the browser keeps for their timers is not among them. */
async function promiseBytes() {
  gc();
  const before = performance.memory.usedJSHeapSize;
  const asleep = sleepers(TASKS);
  gc();
  const bytes = performance.memory.usedJSHeapSize - before;
  await asleep;
  return bytes;
}

/** Returns a sample of each weight. */
globalThis.weigh = async () => {
  const { memory } = await init();
  const [before, start] = [memory.buffer.byteLength, performance.now()];
  const events = Number(record_events(EVENTS));
  const nanoseconds = (performance.now() - start) * 1e6;
  const grown = memory.buffer.byteLength - before;
  const asleep = "memory of a task of 100,000 that sleep at once";
  return [
    { what: "an event of a million, recorded", who: "ours", unit: "ns", samples: [nanoseconds / events] },
    { what: "memory of an event of a million, recorded", who: "ours", unit: "bytes", samples: [grown / events] },
    { what: asleep, who: "ours", unit: "bytes", samples: [Number(await our_sleepers(TASKS)) / TASKS] },
    { what: asleep, who: "promises with setTimeout, what is on JavaScript's heap alone", unit: "bytes", samples: [await promiseBytes() / TASKS] },
  ];
};
