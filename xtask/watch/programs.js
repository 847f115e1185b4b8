/**
 * Runs each scenario on both clocks, and prints which marks in the wasm were set for each, by their numbers; under "" are
 * those that were before a program began. `node xtask/watch/programs.js PKG`: in PKG are the glue, and the wasm with its marks.
 */

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { FAST, SLOW, install, pace } from "./host.js";

install();
const folder = resolve(process.argv[2]);
const wasm = await WebAssembly.compile(await readFile(join(folder, "watched.wasm")));
const glue = pathToFileURL(join(folder, "loopscope.js")).href;

/** An engine of its own: what runs only the first time, runs each time here. @param {string} name */
async function open(name) {
  const { default: init, Run, kinds, scenarios } = await import(`${glue}?${name}`);
  const exported = await init({ module_or_path: wasm });
  kinds();
  return { Run, list: scenarios(), taken: () => taken(exported) };
}

/** The numbers of the marks that were set since the last call. @param {Record<string, WebAssembly.Global>} exported */
function taken(exported) {
  const numbers = [];
  for (let number = 0, ran; (ran = exported[`ran${number}`]); number += 1) {
    if (ran.value) numbers.push(number);
    ran.value = 0;
  }
  return numbers;
}

/** What a program is tried with beside seeds, some of which JavaScript has no number for: the lines `$ name=value …` of its twin. @param {string} id @returns {Promise<Record<string, string>[]>} */
async function tried(id) {
  const twin = await readFile(new URL(`../../tests/twins/${id}.txt`, import.meta.url), "utf8");
  const sets = twin.split("\n").filter((line) => line.startsWith("$"));
  return sets.map((line) => Object.fromEntries(line.split(" ").slice(1).map((pair) => pair.split("="))));
}

const { list, taken: opened } = await open("opening");
const opening = new Set(opened());
/** @type {Record<string, number[]>} */
const seen = {};
for (const { id } of list) {
  const { Run, taken } = await open(id);
  /** @type {Set<number>} */
  const ran = new Set();
  const instant = (await tried(id)).map(({ seed: _, ...params }) => ({ clock: "virtual", params }));
  /** @param {Record<string, unknown>[]} all */
  const runAll = async (all) => {
    for (const options of all) {
      const run = new Run({ scenario: id, ...options });
      // Whether it can be run is seen before it is fetched what only its program needs.
      for (const number of taken()) opening.add(number);
      await run.start(() => {});
      run.free();
      for (const number of taken()) ran.add(number);
    }
  };
  await runAll([...instant, { clock: "wall", speed: "1", seed: "1", params: {} }]);
  // As on a machine on which all takes long, and the loop has to breathe.
  pace(SLOW);
  await runAll(instant.slice(0, 1));
  pace(FAST);
  seen[id] = [...ran];
}
seen[""] = [...opening];
// A program may have left a timer behind.
process.stdout.write(JSON.stringify(seen), () => process.exit());
