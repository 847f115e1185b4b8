// The inputs that the fuzzers have kept, tried once more: `cargo xtask fuzz` finds new ones.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { TARGETS } from "../../fuzz/js/targets/list.js";

/** Longer than this, in milliseconds, no input may take, on a busy machine too. */
const LONG = 5000;

for (const target of TARGETS) {
  test(`what was kept of ${target} is read or refused, in time`, async () => {
    const { fuzz } = await import(`../../fuzz/js/targets/${target}.js`);
    const folder = new URL(`../../fuzz/corpus/${target}/`, import.meta.url);
    const names = readdirSync(folder);
    assert.ok(names.length > 3, `only ${names.length} inputs`);
    for (const name of names) {
      const start = performance.now();
      await assert.doesNotReject(async () => fuzz(readFileSync(new URL(name, folder))), `${target}/${name}`);
      assert.ok(performance.now() - start < LONG, `${target}/${name} takes too long`);
    }
  });
}
