/**
 * Fuzzes one target: `node fuzz.js TARGET SECONDS`. The corpus in fuzz/corpus is where it begins, and what it is replaced by.
 *
 * A loop of our own: Jazzer.js brings its native part for newer systems than Debian 12, whose container runs the tests, and
 * jsfuzz is not kept any more. What counts the branches is Istanbul's instrumenter, and what changes the inputs is 60 lines.
 */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** What takes longer than this, in seconds of the processor and not of the clock, hangs: the machine may be busy. */
const HANG = 20;

const [target, seconds = "60", seed = String(Date.now() % 1e9)] = process.argv.slice(2);
const beat = new SharedArrayBuffer(8);
const current = new SharedArrayBuffer(4096);
const pulse = new Int32Array(beat);
const worker = new Worker(new URL("loop.js", import.meta.url), { workerData: { target, seconds: Number(seconds), seed: Number(seed), beat, current } });

/** Keeps what a finding came from, beside the corpus: a name with a dash stays there. @param {Uint8Array} data @param {string} why */
function found(data, why) {
  const name = `found-${createHash("sha1").update(data).digest("hex").slice(0, 12)}`;
  const folder = new URL(`../corpus/${target}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), data);
  process.stderr.write(`error: ${target} with corpus/${target}/${name}: ${why}\n`);
  process.exit(1);
}

let last = -1;
let since = process.cpuUsage();
setInterval(() => {
  if (pulse[0] !== last) since = process.cpuUsage();
  last = pulse[0];
  const { user, system } = process.cpuUsage(since);
  if (last > 0 && user + system > HANG * 1e6) found(new Uint8Array(current).slice(0, pulse[1]), `it takes more than ${HANG} s`);
}, 1000);
worker.on("message", ({ line, found: data, why }) => {
  if (data) found(data, why);
  process.stdout.write(`${line}\n`);
  process.exit(0);
});
worker.on("error", (error) => {
  process.stderr.write(`error: ${target}: ${error.stack}\n`);
  process.exit(1);
});
