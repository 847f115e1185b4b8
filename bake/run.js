/** Runs what a tag asks for: the same wasm as in the browser, on the virtual clock, so that each run is the same to the byte. */

/**
 * @typedef {import("../www/pkg/loopscope.js").Outcome} Outcome
 * @typedef {{ trace: Trace, outcome: Outcome, svg: string }} Recorded
 */

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { Pieces } from "../www/engine/pieces.js";
import init, { Run, kinds, late, scenarios } from "../www/pkg/loopscope.js";
import { file } from "../www/timeline/file.js";
import { Trace } from "../www/trace/trace.js";
import { axis, options, parameters } from "../www/widget/attributes.js";
import { complaint, strange } from "../www/widget/mistakes.js";
import { lay } from "./paper.js";

const PKG = new URL("../www/pkg/", import.meta.url);

/** Loads the engine, and returns what brings what a scenario needs. */
async function load() {
  const primary = await init({ module_or_path: await readFile(new URL("loopscope_bg.wasm", PKG)) });
  const file = (/** @type {string} */ name) => new URL(`${name}.wasm`, PKG);
  return new Pieces(primary, late, "late/engine", (name) => readFile(file(name)), (name) => readFileSync(file(name)));
}

/** @type {ReturnType<typeof load> | undefined} */
let loading;

/** The tag, as far as the widget's own reading of it goes. */
class Host {
  /** @param {ReadonlyMap<string, string>} attributes */
  constructor(attributes) {
    this.attributes = attributes;
  }

  /** @param {string} name */
  getAttribute(name) {
    // Only a browser can judge a length, and the picture has a height of its own.
    return name === "height" ? null : (this.attributes.get(name) ?? null);
  }

  getAttributeNames() {
    return [...this.attributes.keys()];
  }
}

/** Runs a tag with these attributes; rejects with a sentence if it cannot be run. @param {ReadonlyMap<string, string>} attributes @returns {Promise<Recorded>} */
export async function record(attributes) {
  const pieces = await (loading ??= load());
  lay();
  const list = scenarios();
  const host = /** @type {Element} */ (/** @type {unknown} */ (new Host(attributes)));
  const wrong = complaint(host) || strange(host, list);
  if (wrong) throw new Error(wrong);
  const asked = { ...options(host, list), clock: "virtual" };
  const run = new Run(asked);
  const scenario = list.find(({ id }) => id === asked.scenario);
  const about = { scenario: asked.scenario, params: parameters(asked, scenario), clock: asked.clock, seed: Number(asked.seed ?? 0) };
  const trace = new Trace(about, kinds());
  await pieces.ready({ piece: `pieces/${asked.scenario}`, late: `late/${asked.scenario}` });
  const outcome = await run.start((batch) => trace.append(batch));
  trace.finish(outcome);
  run.free();
  return { trace, outcome, svg: file(trace, axis(host, trace), `loopscope: ${asked.scenario}`) };
}
