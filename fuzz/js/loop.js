// The loop itself, in a worker: what takes a way that none took before is kept, and changed further. What throws is a finding.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

import { instrumented } from "./cover.js";
import { mutate } from "./mutate.js";

const { target, seconds, seed, beat, current } = workerData;
const folder = new URL(`../corpus/${target}/`, import.meta.url);
const pulse = new Int32Array(beat);
const shown = new Uint8Array(current);

const { fuzz, counters } = await instrumented(target);
/** What was passed by any input. @type {Set<number>} */
const seen = new Set();
/** @type {Buffer[]} */
const corpus = [];
let runs = 0;

/** xorshift: a run can be had again by its seed. */
let state = seed || 1;
const roll = (/** @type {number} */ below) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};

/** Tries an input; gives what it has passed. @param {Buffer} data */
async function attempt(data) {
  runs += 1;
  shown.set(data.subarray(0, shown.length));
  pulse[1] = data.length;
  pulse[0] += 1;
  counters.reset();
  try {
    await fuzz(Buffer.from(data));
  } catch (error) {
    parentPort?.postMessage({ found: data, why: /** @type {Error} */ (error).stack });
    throw error;
  }
  return counters.read();
}

/** @param {Buffer} data */
async function keep(data) {
  const passed = await attempt(data);
  const fresh = passed.filter((mark) => !seen.has(mark));
  for (const mark of fresh) seen.add(mark);
  if (fresh.length > 0) corpus.push(data);
}

/** The fewest and smallest inputs that pass all that is passed, however often. */
async function minimal() {
  const ways = new Set();
  const kept = [];
  for (const data of corpus.toSorted((a, b) => a.length - b.length)) {
    const fresh = (await attempt(data)).map((mark) => mark >> 5).filter((way) => !ways.has(way));
    for (const way of fresh) ways.add(way);
    if (fresh.length > 0) kept.push(data);
  }
  return { kept, ways: ways.size };
}

mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) await keep(readFileSync(new URL(name, folder)));
if (corpus.length === 0) await keep(Buffer.alloc(0));
const start = performance.now();
const before = runs;
while (performance.now() - start < seconds * 1000) {
  // Half of the time one of the newest: there is most to be found.
  const newest = Math.min(corpus.length, 16);
  const input = corpus[roll(2) ? corpus.length - 1 - roll(newest) : roll(corpus.length)];
  await keep(mutate(input, corpus[roll(corpus.length)], roll));
}
const took = (performance.now() - start) / 1000;
const tried = runs - before;
const { kept, ways } = await minimal();
for (const name of readdirSync(folder)) if (!name.includes("-")) rmSync(new URL(name, folder));
for (const data of kept) writeFileSync(new URL(createHash("sha1").update(data).digest("hex").slice(0, 16), folder), data);
parentPort?.postMessage({ line: `${target}: ${tried} executions in ${took.toFixed(0)} s (${(tried / took).toFixed(0)} a second), ${ways} of ${counters.size} statements and branches, ${corpus.length} inputs of interest, ${kept.length} kept` });
