import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "../../www/engine/engine.js";

/** Workers as the engine asks for them; a test says what they answer. */
class FakeWorker {
  static made = [];
  orders = [];
  terminated = false;

  constructor() {
    FakeWorker.made.push(this);
    setTimeout(() => this.onmessage({ data: { type: "ready", scenarios: [{ id: "one" }], kinds: [] } }));
  }

  postMessage(order) {
    if (this.terminated) return;
    this.orders.push(order);
    if (order.type === "stop" && this.polite) this.say({ type: "end", id: order.id, outcome: { state: "stopped", message: "" } });
    if ("options" in order && !this.blocked) {
      this.say(order.options.scenario === "one" ? { type: "started", id: order.id } : { type: "refused", id: order.id, message: "there is no such scenario" });
      this.blocked = order.options.blocks;
    }
  }

  terminate() {
    this.terminated = true;
  }

  say(data) {
    setTimeout(() => this.terminated || this.onmessage({ data }));
  }
}

globalThis.Worker = FakeWorker;

function engine() {
  FakeWorker.made = [];
  return new Engine();
}

const worker = () => FakeWorker.made.at(-1);

test("all runs share one worker and are told apart", async () => {
  const shared = engine();
  const taken = [];
  const first = await shared.run({ scenario: "one" }, (batch) => taken.push(["first", batch]));
  const second = await shared.run({ scenario: "one" }, (batch) => taken.push(["second", batch]));
  assert.equal(FakeWorker.made.length, 1);
  const [{ id: a }, { id: b }] = worker().orders;
  worker().say({ type: "batch", id: b, batch: 1 });
  worker().say({ type: "batch", id: a, batch: 2 });
  worker().say({ type: "end", id: a, outcome: { state: "done" } });
  worker().say({ type: "end", id: b, outcome: { state: "failed" } });
  assert.deepEqual([(await first.outcome).state, (await second.outcome).state], ["done", "failed"]);
  assert.deepEqual(taken, [["second", 1], ["first", 2]]);
});

test("what cannot be run is refused with the sentence", async () => {
  const shared = engine();
  await assert.rejects(shared.run({ scenario: "none" }, () => {}), /no such scenario/);
  await assert.rejects(shared.check({ scenario: "none" }), /no such scenario/);
  await shared.check({ scenario: "one" });
});

test("a run that stops when asked leaves the worker alone", async () => {
  const shared = engine();
  const run = await shared.run({ scenario: "one" }, () => {});
  worker().polite = true;
  run.stop();
  assert.equal((await run.outcome).state, "stopped");
  await new Promise((later) => setTimeout(later, 250));
  assert.equal(worker().terminated, false);
});

test("a run that does not answer is ended with its worker, and the next one has a new one", async () => {
  const shared = engine();
  const bystander = await shared.run({ scenario: "one" }, () => {});
  const stuck = await shared.run({ scenario: "one", blocks: true }, () => {});
  const queued = shared.run({ scenario: "one" }, () => {});
  await new Promise((later) => setTimeout(later));
  const old = worker();
  stuck.stop();
  assert.equal((await stuck.outcome).state, "stopped");
  assert.equal(old.terminated, true);
  const lost = await bystander.outcome;
  assert.deepEqual([lost.state, /run it again/.test(lost.message)], ["failed", true]);
  // What had not begun yet is not lost: it runs in the new worker.
  await queued;
  assert.equal(FakeWorker.made.length, 2);
  assert.equal(worker().orders.length, 1);
});

test("an engine that cannot start says why, and may be tried again", async () => {
  const shared = engine();
  globalThis.Worker = class extends FakeWorker {
    constructor() {
      super();
      setTimeout(() => this.onmessage({ data: { type: "broken", message: "the engine could not be fetched: 404" } }));
      this.first = true;
    }
    set onmessage(listener) {
      this.listener = ({ data }) => data.type === "broken" && listener({ data });
    }
    get onmessage() {
      return this.listener;
    }
  };
  await assert.rejects(shared.load(), /404/);
  globalThis.Worker = FakeWorker;
  assert.equal((await shared.load()).scenarios[0].id, "one");
});
