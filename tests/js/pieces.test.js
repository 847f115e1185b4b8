// The pieces of the wasm: a program's first run is as all others, whatever of the engine has come by then.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { ids, open, scenarios } from "./run.js";

test("in an engine of its own each program runs as it does natively", async () => {
  for (const id of ids) {
    const { Run, pieces, waited } = await open(id);
    await pieces.ready({ piece: `pieces/${id}`, late: `late/${id}` });
    const run = new Run({ scenario: id, clock: "virtual", params: {} });
    const { hash } = await run.start(() => {});
    run.free();
    const golden = await readFile(new URL(`../../crate/tests/golden/${id}.txt`, import.meta.url), "utf8");
    assert.equal(`hash ${hash}`, golden.split("\n")[0], `${id} runs otherwise at first`);
    assert.deepEqual(waited, [], `${id} waits for a late half`);
  }
});

test("nor does one wait for a late half to which parameters are given", async () => {
  for (const { id, params } of scenarios()) {
    const { Run, pieces, waited } = await open(`${id} with parameters`);
    const given = Object.fromEntries(params.map((param) => [param.name, String(param.default)]));
    const run = new Run({ scenario: id, clock: "virtual", seed: "0", speed: "1", params: given });
    await pieces.ready({ piece: `pieces/${id}`, late: `late/${id}` });
    const { state } = await run.start(() => {});
    run.free();
    assert.ok(["done", "failed"].includes(state), `${id} is ${state}`);
    assert.deepEqual(waited, [], `${id} waits for a late half`);
  }
});
