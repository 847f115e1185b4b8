// Measures programs of ours beside those of the browser's own engine and of spawn_local: nanoseconds per item.
import initBare, { ours_hops as bare_hops } from "./bare/loopscope_bench.js";
import init, { our_sleepers, our_tasks, ours_chain, ours_flat, ours_hops, spawn_local_hops, spawn_local_tasks } from "./pkg/loopscope_bench.js";
import { promises, sleepers } from "./promises.js";

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

/** What is measured, whose it is ("engine" is the browser's own), how many items, and the program. */
const PROGRAMS = [
  ["an item of an async generator", "ours", 500_000, ours_flat],
  ["an item of an async generator", "engine", 50_000, (items) => sum(count(items))],
  ["an item through 5 async generators", "ours", 100_000, ours_chain],
  ["an item through 5 async generators", "engine", 20_000, (items) => sum(chain(items))],
  ["a hop: a task gives way and goes on", "ours", 100_000, ours_hops],
  ["a hop: a task gives way and goes on", "ours without recording built in", 100_000, bare_hops],
  ["a hop: a task gives way and goes on", "spawn_local, waking itself", 5_000, spawn_local_hops],
  ["a task of 10,000, spawned and joined", "ours", 10_000, our_tasks],
  ["a task of 10,000, spawned and joined", "promises", 10_000, promises],
  ["a task of 10,000, spawned and joined", "spawn_local", 10_000, spawn_local_tasks],
  ["a task of 100,000 that sleep at once", "ours", 100_000, (tasks) => our_sleepers(tasks, 1)],
  ["a task of 100,000 that sleep at once", "promises with setTimeout", 100_000, (tasks) => sleepers(tasks, 1)],
];

const samples = PROGRAMS.map(() => []);

/** Measures all programs once; the rounds are interleaved, so that a noisy minute hits everyone. */
globalThis.round = async () => {
  await Promise.all([init(), initBare()]);
  for (const [number, [, , items, program]] of PROGRAMS.entries()) {
    const start = performance.now();
    await program(items);
    samples[number].push(((performance.now() - start) * 1e6) / items);
  }
};

/** Returns what was measured. */
globalThis.measured = () => PROGRAMS.map(([what, who], number) => ({ what, who, unit: "ns", samples: samples[number] }));
