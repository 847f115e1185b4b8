// The pieces of the wasm: a program's first run is as all others, whatever of the engine has come by then.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Pieces } from "../../www/engine/pieces.js";

const PKG = new URL("../../www/pkg/", import.meta.url);
const wasm = await WebAssembly.compile(await readFile(new URL("loopscope_bg.wasm", PKG)));
const file = (/** @type {string} */ name) => new URL(`${name}.wasm`, PKG);

/** An engine that has run nothing. @param {string} name */
async function open(name) {
  const glue = await import(`${new URL("loopscope.js", PKG)}?${name}`);
  const primary = await glue.default({ module_or_path: wasm });
  return { ...glue, pieces: new Pieces(primary, glue.late, "late/engine", (name) => readFile(file(name)), (name) => readFileSync(file(name))) };
}

test("in an engine of its own each program runs as it does natively", async () => {
  const { scenarios } = await open("list");
  for (const { id } of scenarios()) {
    const { Run, pieces } = await open(id);
    await pieces.ready({ piece: `pieces/${id}`, late: `late/${id}` });
    const run = new Run({ scenario: id, clock: "virtual", params: {} });
    const { hash } = await run.start(() => {});
    run.free();
    const golden = await readFile(new URL(`../../crate/tests/golden/${id}.txt`, import.meta.url), "utf8");
    assert.equal(`hash ${hash}`, golden.split("\n")[0], `${id} runs otherwise at first`);
  }
});
