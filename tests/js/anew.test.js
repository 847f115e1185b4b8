// An engine that is started anew on the thread of one that broke down: what that one left behind does nothing in it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { Pieces } from "../../www/engine/pieces.js";
import { open } from "./run.js";

setFlagsFromString("--expose-gc");
const collect = /** @type {() => void} */ (runInNewContext("gc"));

/** What an engine that is gone does not close keeps the process alive. */
const ports = /** @type {MessagePort[]} */ ([]);
globalThis.MessageChannel = class extends MessageChannel {
  constructor() {
    super();
    ports.push(this.port1, this.port2);
  }
};
after(() => ports.forEach((port) => port.close()));

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const bytes = await readFile(new URL("../../www/pkg/loopscope_bg.wasm", import.meta.url));
const { Run, launch, late, pieces: { fetch, fetchNow } } = await open("anew");

/** Starts an engine, as a page does it. */
async function start() {
  const primary = await launch(bytes);
  const pieces = new Pieces(primary, late, "late/engine", fetch, fetchNow);
  await pieces.ready({ piece: "pieces/async-counter", late: "late/async-counter" });
  return primary;
}

/** An engine with a program that goes on; gives its memory. @param {string[]} heard */
async function leave(heard) {
  const primary = await start();
  const left = new Run({ scenario: "async-counter", clock: "wall", params: { limit: "1000", delay: "0.01" } });
  void left.start(() => heard.push("a batch"));
  while (heard.length < 3) await later(5);
  return new WeakRef(primary.memory);
}

test("of an engine that is gone nothing is called in the next one, and nothing is kept", async () => {
  const heard = /** @type {string[]} */ ([]);
  const memory = await leave(heard);
  const primary = await start();
  const before = heard.length;
  const run = new Run({ scenario: "async-counter", clock: "virtual", params: {} });
  const { state } = await run.start(() => {});
  run.free();
  assert.equal(state, "done");
  // Nothing runs now, so nothing changes in the memory, also not when what was left is cleared away.
  const quiet = Buffer.from(primary.memory.buffer.slice(0));
  for (let k = 0; k < 20 && memory.deref(); k += 1) {
    await later(20);
    collect();
  }
  await later(20);
  assert.equal(heard.length, before, "the program that was left went on");
  assert.equal(memory.deref(), undefined, "the memory of the first engine is kept");
  assert.ok(Buffer.from(primary.memory.buffer).equals(quiet), "what was left changed the memory of the new engine");
});
