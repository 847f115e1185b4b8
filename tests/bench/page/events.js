// Measures the page's own wasm, compiled for size and optimised as in a built site, beside the crate compiled for speed: the
// same run of a scenario, recorded and handed over in batches as to a widget.
import fastInit, { Run as FastRun } from "./pkg/loopscope_bench.js";
import { Pieces } from "./www/engine/pieces.js";
import pageInit, { Run as PageRun, late } from "./www/pkg/loopscope.js";

const SCENARIO = { scenario: "async-pipeline", clock: "virtual", params: { count: 10_000 } };

const samples = { ours: [], "the crate compiled for speed": [] };

/** The engines, once they have come. @type {Promise<void> | undefined} */
let there;

/** Returns the nanoseconds that an event takes. */
async function run(Run) {
  const handle = new Run(SCENARIO);
  let events = 0;
  const start = performance.now();
  const outcome = await handle.start(({ t }) => {
    events += t.length;
  });
  const nanoseconds = (performance.now() - start) * 1e6;
  handle.free();
  if (outcome.state !== "done") throw new Error(`the run ended ${outcome.state}: ${outcome.message}`);
  return nanoseconds / events;
}

/** The page's engine with all that the program needs, as when a widget is run again. */
async function ready() {
  const primary = await pageInit();
  const fetched = async (name) => (await fetch(new URL(`./www/pkg/${name}.wasm`, import.meta.url))).arrayBuffer();
  const pieces = new Pieces(primary, late, "late/engine", fetched);
  await pieces.ready({ piece: `pieces/${SCENARIO.scenario}`, late: `late/${SCENARIO.scenario}` });
  await pieces.whole();
  await fastInit();
}

/** Measures both once. */
globalThis.runEvents = async () => {
  await (there ??= ready());
  samples.ours.push(await run(PageRun));
  samples["the crate compiled for speed"].push(await run(FastRun));
};

/** Returns what was measured. */
globalThis.ranEvents = () => Object.entries(samples).map(([who, list]) => ({
  what: "an event of async-pipeline, run by the page's own wasm", who, unit: "ns", samples: list,
}));
