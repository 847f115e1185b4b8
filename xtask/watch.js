/**
 * Runs each scenario as it is by itself, on both clocks, and prints which functions of the wasm ran for each, by their
 * numbers; under "" are those that ran before. `node xtask/watch.js PKG`: in PKG are the glue, and the wasm as
 * `split/ran.rs` made it.
 */

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { default: init, Run, kinds, scenarios } = await import(pathToFileURL(join(folder, "loopscope.js")).href);
const exported = await init({ module_or_path: await readFile(join(folder, "watched.wasm")) });

/** Whether each function ran, by its number. @type {WebAssembly.Global[]} */
const ran = [];
for (let global; (global = exported[`ran${ran.length}`]); ) ran.push(global);

/** The numbers of those that have run since the last call. */
function taken() {
  const numbers = ran.flatMap(({ value }, number) => (value ? [number] : []));
  for (const global of ran) global.value = 0;
  return numbers;
}

kinds();
const list = scenarios();
const seen = { "": taken() };
for (const { id } of list) {
  // Fast on the wall clock: what runs is the same, and a build waits for it.
  for (const options of [{ clock: "virtual" }, { clock: "wall", speed: 20 }]) {
    const run = new Run({ scenario: id, ...options });
    await run.start(() => {});
    run.free();
  }
  seen[id] = taken();
}
// A program may have left a timer behind.
process.stdout.write(JSON.stringify(seen), () => process.exit());
