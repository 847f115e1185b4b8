import assert from "node:assert/strict";
import { test } from "node:test";

import { FAST, SLOW, install, pace } from "../../xtask/watch/host.js";

test("what is watched runs by a clock that only programs move", async () => {
  const really = performance.now;
  const wait = setTimeout;
  install();
  /** @type {string[]} */
  const said = [];
  const began = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => said.push("message");
  const cleared = setTimeout(() => said.push("cleared"), 1);
  await new Promise((/** @type {(value?: unknown) => void} */ done) => {
    setTimeout(() => (said.push("a minute"), done()), 60_000);
    setTimeout(() => said.push("a second"), 1000);
    setTimeout(() => said.push("a second, asked later"), 1000);
    port2.postMessage();
    queueMicrotask(() => said.push("microtask"));
    clearTimeout(cleared);
  });
  assert.deepEqual(said, ["microtask", "message", "a second", "a second, asked later", "a minute"]);
  assert.equal(Math.round(performance.now() - began), 60_000);
  pace(SLOW);
  const [one, other] = [performance.now(), performance.now()];
  assert.equal(other - one, SLOW);
  pace(FAST);
  assert.notEqual(wait, setTimeout);
  Object.assign(globalThis, { setTimeout: wait });
  performance.now = really;
});
