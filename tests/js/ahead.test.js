// What is fetched and started before that has come which will use it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ahead, take } from "../../www/engine/ahead.js";
import { open } from "../../www/engine/link.js";

/** The workers that were made, each with the orders that it took; before it is there they are lost, or wait for it. */
const workers = [];
let lost = false;
globalThis.Worker = class {
  orders = [];
  #here = false;
  constructor() {
    workers.push(this);
    asked.push("a worker");
    setTimeout(() => {
      this.#here = true;
      this.onmessage({ data: { type: "here" } });
      this.#answer();
    }, 5);
  }
  postMessage(order) {
    if (lost && !this.#here) return;
    this.orders.push(order);
    this.#answer();
  }
  #answer() {
    if (this.#here && this.orders.length === 1) setTimeout(() => this.onmessage({ data: { type: "ready", scenarios: [], kinds: [] } }));
  }
  terminate() {}
};

/** What was asked for, and how it is answered. */
const asked = [];
let status = () => 200;
globalThis.fetch = async (address) => {
  asked.push(address.split("/pkg/")[1]);
  return new Response(`bytes of ${asked.at(-1)}`, { status: status(address) });
};

const text = (bytes) => new TextDecoder().decode(bytes);

test("the engine comes with what its first program needs, while the worker starts", async () => {
  const opening = open("one-shot");
  // The worker has the longest way.
  assert.deepEqual(asked.splice(0), ["a worker", "loopscope_bg.wasm", "pieces/one-shot.wasm"]);
  const link = await opening;
  const [load] = workers.pop().orders;
  assert.equal(text(load.wasm), "bytes of loopscope_bg.wasm");
  assert.equal(load.ahead.piece, link.where("one-shot").piece);
  assert.equal(text(load.ahead.bytes), "bytes of pieces/one-shot.wasm");
});

test("a name that is none is no part of an address, and what does not come ahead is asked for again", async () => {
  await open("../one-shot");
  assert.deepEqual(asked.splice(0), ["a worker", "loopscope_bg.wasm"]);
  status = (address) => (address.includes("/pieces/") ? 404 : 200);
  await open("one-shot");
  assert.equal(workers.pop().orders[0].ahead, null);
});

test("the worker has its order when it is there, also when one that came before is lost", async () => {
  for (lost of [true, false]) {
    const opening = open("one-shot");
    const worker = workers.at(-1);
    await new Promise((soon) => setTimeout(soon, 2));
    assert.equal(worker.orders.length, lost ? 0 : 1);
    assert.equal((await opening).ready.type, "ready");
  }
});

test("without the engine there is no link, and the reader is told why", async () => {
  status = () => 404;
  await assert.rejects(open("one-shot"), /the engine could not be fetched from .*loopscope_bg.wasm: it answered 404/);
  status = () => 200;
});

test("the first link is opened once, and is for whom asks first", async () => {
  workers.length = 0;
  ahead("one-shot");
  ahead("breakfast");
  assert.equal(workers.length, 1);
  const [first, second] = await Promise.all([take(), take()]);
  assert.notEqual(first, second);
  ahead("one-shot");
  assert.equal(workers.length, 2);
});

test("a first link that failed, and that nobody took, is tried anew", async () => {
  const anew = await import("../../www/engine/ahead.js?anew");
  status = () => 404;
  anew.ahead("one-shot");
  await new Promise((soon) => setTimeout(soon, 20));
  status = () => 200;
  anew.ahead("one-shot");
  assert.equal((await anew.take()).ready.type, "ready");
});
