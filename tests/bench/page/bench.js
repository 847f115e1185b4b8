// Measures our generators beside the engine's own. The rounds are interleaved, so that a noisy minute hits everyone.
import initBare, { ours_hops as bare_hops } from "./bare/loopscope_bench.js";
import init, {
  our_sleepers_bytes,
  ours_chain,
  ours_flat,
  ours_hops,
  ours_sleepers,
  record_events,
  spawn_local_hops,
} from "./pkg/loopscope_bench.js";

const DEPTH = 5;

async function* count(items) {
  for (let item = 0; item < items; item += 1) yield item;
}

async function* plusOne(source) {
  for await (const item of source) yield item + 1;
}

async function sum(source) {
  let total = 0;
  for await (const item of source) total += item;
  return total;
}

function chain(items) {
  let source = count(items);
  for (let stage = 1; stage < DEPTH; stage += 1) source = plusOne(source);
  return source;
}

/** Wakes so many promises with a timer each. */
function sleepers(count) {
  return Promise.all(Array.from({ length: count }, () => new Promise((wake) => setTimeout(wake, 1))));
}

/** What is measured, table by table: how many items, and the program. */
const PROGRAMS = {
  ours: [500_000, ours_flat],
  engine: [50_000, (items) => sum(count(items))],
  "ours, chain of 5": [100_000, ours_chain],
  "engine, chain of 5": [20_000, (items) => sum(chain(items))],
  "ours, one hop": [100_000, ours_hops],
  "ours without recording built in, one hop": [100_000, bare_hops],
  "spawn_local waking itself, one hop": [5_000, spawn_local_hops],
  "ours, one of 100,000 sleepers": [100_000, ours_sleepers],
  "promises with setTimeout, one of 100,000 sleepers": [100_000, sleepers],
};

/** The nanoseconds per item of each program, round by round. */
const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));

/** Measures all programs once. */
globalThis.round = async () => {
  await Promise.all([init(), initBare()]);
  for (const [name, [items, program]] of Object.entries(PROGRAMS)) {
    const start = performance.now();
    await program(items);
    times[name].push(((performance.now() - start) * 1e6) / items);
  }
};

/** Returns the least and the median of the rounds for each program. */
globalThis.figures = () =>
  Object.entries(times).map(([name, list]) => {
    list.sort((a, b) => a - b);
    return { name, least: list[0], median: list[list.length >> 1] };
  });

/** Returns the bytes on JavaScript's heap that so many sleeping promises have. What the browser keeps for their timers is not among them. */
async function promiseBytes(count) {
  gc();
  const before = performance.memory.usedJSHeapSize;
  const asleep = sleepers(count);
  gc();
  const bytes = performance.memory.usedJSHeapSize - before;
  await asleep;
  return bytes;
}

/** Returns what the recording of a million events takes, and what sleeping tasks weigh. To be called first: wasm's memory only grows. */
globalThis.weigh = async () => {
  const { memory } = await init();
  const [before, start] = [memory.buffer.byteLength, performance.now()];
  const events = Number(record_events(1_000_000));
  const nanoseconds = (performance.now() - start) * 1e6;
  const grown = memory.buffer.byteLength - before;
  const tasks = 100_000;
  return [
    { name: "ours, one of a million events: ns", value: nanoseconds / events },
    { name: "ours, one of a million events: bytes by which wasm's memory grew", value: grown / events },
    { name: "ours, one of 100,000 sleepers: bytes", value: Number(our_sleepers_bytes(tasks)) / tasks },
    { name: "promises with setTimeout, one of 100,000 sleepers: bytes on JavaScript's heap alone", value: (await promiseBytes(tasks)) / tasks },
  ];
};
