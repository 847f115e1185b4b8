// The pieces of the wasm: a program's first run is as all others, whatever of the engine has come by then.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { Pieces } from "../../www/engine/pieces.js";
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

test("where nobody can wait, no program is led into one of which only a part has come", async () => {
  const { Run, pieces, late, primary } = await open("on the page's thread");
  /** Late halves that are on their way until the end. @type {(() => void)[]} */
  const held = [];
  const fetch = async (name) => {
    if (name.startsWith("late/") && name !== "late/list-vs-generator" && name !== "late/engine") await new Promise((come) => held.push(come));
    return pieces.fetch(name);
  };
  const waitless = new Pieces(primary, late, "late/engine", fetch);
  await waitless.whole();
  await waitless.ready({ piece: "pieces/list-vs-generator", late: "late/list-vs-generator" });
  const others = ids.map((id) => waitless.ready({ piece: `pieces/${id}`, late: `late/${id}` }));
  // What has come of them is in its place by then.
  while (held.length < ids.length - 1) await new Promise((later) => setTimeout(later, 10));
  await new Promise((later) => setTimeout(later, 100));
  const run = new Run({ scenario: "list-vs-generator", clock: "virtual", params: {} });
  assert.equal((await run.start(() => {})).state, "done");
  run.free();
  for (const come of held) come();
  await Promise.all(others);
});
