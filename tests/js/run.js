// Runs a scenario for real: the engine's wasm works in Node.js as it does in a worker.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { Pieces } from "../../www/engine/pieces.js";
import { Trace } from "../../www/trace/trace.js";

const PKG = new URL("../../www/pkg/", import.meta.url);

const wasm = await WebAssembly.compile(await readFile(new URL("loopscope_bg.wasm", PKG)));
const file = (/** @type {string} */ name) => new URL(`${name}.wasm`, PKG);

/** An engine that has run nothing: each name has one of its own. @param {string} name */
export async function open(name) {
  const glue = await import(`${new URL("loopscope.js", PKG)}?${name}`);
  const primary = await glue.default({ module_or_path: wasm });
  /** What was sent for while all else waited. @type {string[]} */
  const waited = [];
  /** @param {string} name */
  const now = (name) => {
    waited.push(name);
    return readFileSync(file(name));
  };
  return { ...glue, primary, waited, pieces: new Pieces(primary, glue.late, "late/engine", (name) => readFile(file(name)), now) };
}

export const { Run, kinds, pieces, scenarios } = await open("all");

export const ids = scenarios().map((/** @type {{ id: string }} */ { id }) => id);

/** Runs to the end, or for so many milliseconds; gives the trace and how it ended. */
export async function run(scenario, { clock = "virtual", stopAfter, ...params } = {}) {
  const trace = new Trace({ scenario, params, clock, seed: 0 }, kinds());
  await pieces.ready({ piece: `pieces/${scenario}`, late: `late/${scenario}` });
  const handle = new Run({ scenario, clock, params });
  if (stopAfter !== undefined) setTimeout(() => handle.stop(), stopAfter);
  const outcome = await handle.start((batch) => trace.append(batch));
  trace.finish(outcome);
  // A loop that is there keeps the process alive.
  handle.free();
  return { trace, outcome };
}
