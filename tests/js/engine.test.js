import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "../../www/engine/engine.js";
import { open } from "../../www/engine/link.js";

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
    if (this.blocked || this.dead) return;
    if (order.type === "stop" && this.polite) this.say({ type: "end", id: order.id, outcome: { state: "stopped", message: "" } });
    if ("options" in order) {
      this.say({ type: "heard", id: order.id });
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

  /** The orders to run or check something. */
  get asked() {
    return this.orders.filter((order) => "options" in order);
  }
}

globalThis.Worker = FakeWorker;
globalThis.fetch = async () => new Response("");

function engine() {
  FakeWorker.made = [];
  return new Engine(() => open());
}

const worker = () => FakeWorker.made.at(-1);
const later = (milliseconds = 5) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Lets everything happen that leads to this; on a machine that is busy that takes its time. */
async function until(so) {
  while (!so()) await later(1);
  await later();
}

/** Orders a run and lets it begin, unless it stands in line; gives the handle, with what was told. */
async function begun(shared, options = { scenario: "one" }) {
  const told = [];
  const handle = shared.run(options, { begin: () => told.push("begin"), take: (batch) => told.push(batch) });
  const before = worker()?.asked.length ?? 0;
  await until(() => worker()?.asked.length > before);
  return Object.assign(handle, { told });
}

/** Waits until there is a second worker that was asked for so much. */
const second = (count) => until(() => FakeWorker.made.length === 2 && worker().asked.length === count);

test("all runs share one worker and are told apart", async () => {
  const shared = engine();
  const [first, second] = [await begun(shared), await begun(shared)];
  assert.equal(FakeWorker.made.length, 1);
  const [{ id: a }, { id: b }] = worker().asked;
  worker().say({ type: "batch", id: b, batch: 1 });
  worker().say({ type: "batch", id: a, batch: 2 });
  worker().say({ type: "end", id: a, outcome: { state: "done" } });
  worker().say({ type: "end", id: b, outcome: { state: "failed" } });
  assert.deepEqual([(await first.outcome).state, (await second.outcome).state], ["done", "failed"]);
  assert.deepEqual([first.told, second.told], [["begin", 2], ["begin", 1]]);
});

test("what cannot be run is refused with the sentence", async () => {
  const shared = engine();
  await assert.rejects(shared.run({ scenario: "none" }, { begin() {}, take() {} }).outcome, /no such scenario/);
  await assert.rejects(shared.check({ scenario: "none" }), /no such scenario/);
  await shared.check({ scenario: "one" });
});

test("a run that stops when asked leaves the worker alone", async () => {
  const shared = engine();
  const run = await begun(shared);
  worker().polite = true;
  run.stop();
  assert.equal((await run.outcome).state, "stopped");
  await later(250);
  assert.equal(worker().terminated, false);
});

test("a run that does not answer is ended within 200 ms, and nothing of the others is lost", async () => {
  const shared = engine();
  const live = await begun(shared);
  const instant = await begun(shared, { scenario: "one", clock: "virtual" });
  const stuck = await begun(shared, { scenario: "one", blocks: true });
  const queued = await begun(shared);
  const from = performance.now();
  stuck.stop();
  const { state, message } = await stuck.outcome;
  assert.ok(performance.now() - from < 200, `after ${performance.now() - from} ms`);
  assert.deepEqual([state, /did not give way/.test(message)], ["stopped", true]);
  // What ran live keeps what it has, and says so.
  const kept = await live.outcome;
  assert.deepEqual([kept.state, /run it again/.test(kept.message)], ["stopped", true]);
  // What takes no time begins once more, and what stood in line for the first time.
  await second(2);
  assert.deepEqual([instant.told, queued.told], [["begin", "begin"], ["begin"]]);
  assert.deepEqual(FakeWorker.made.map(({ terminated }) => terminated), [true, false]);
  assert.equal(worker().asked.length, 2);
});

test("what stands in line is stopped at once, and does not run when its turn comes", async () => {
  const shared = engine();
  await begun(shared, { scenario: "one", blocks: true });
  const queued = await begun(shared);
  queued.stop();
  assert.equal((await queued.outcome).state, "stopped");
  const { id } = worker().asked[1];
  worker().say({ type: "started", id });
  await later();
  assert.deepEqual(worker().orders.at(-1), { type: "stop", id });
  assert.deepEqual(queued.told, []);
});

test("a program that breaks the engine fails with the reason, and the others go on in a new worker", async () => {
  const shared = engine();
  const greedy = await begun(shared, { scenario: "one", clock: "virtual" });
  const other = await begun(shared, { scenario: "one", clock: "virtual" });
  worker().say({ type: "crash", id: worker().asked[0].id, message: "more memory than there is" });
  const { state, message } = await greedy.outcome;
  assert.deepEqual([state, message], ["failed", "more memory than there is"]);
  await second(1);
  assert.deepEqual(other.told, ["begin", "begin"]);
  assert.deepEqual(FakeWorker.made.map(({ terminated }) => terminated), [true, false]);
});

test("who breaks the engine twice, and nobody knows who it is, is not run again", async () => {
  const shared = engine();
  const run = await begun(shared, { scenario: "one", clock: "virtual" });
  worker().onerror({ message: "gone" });
  await second(1);
  worker().onerror({ message: "gone" });
  const { state, message } = await run.outcome;
  assert.deepEqual([state, message], ["failed", "the engine broke down: gone"]);
});

test("who is over asks nothing of the engine, and does not hold it", async () => {
  const shared = engine();
  const run = await begun(shared, { scenario: "one" });
  worker().say({ type: "end", id: worker().asked[0].id, outcome: { state: "done", message: "" } });
  await run.outcome;
  const { length } = worker().orders;
  run.pause();
  assert.equal(worker().orders.length, length);
});

test("a worker that hears nothing is replaced", async (t) => {
  const shared = engine();
  await shared.load();
  worker().dead = true;
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const run = shared.run({ scenario: "one" }, { begin() {}, take() {} });
  for (let k = 0; k < 8; k += 1) {
    await new Promise(setImmediate);
    t.mock.timers.tick(1000);
  }
  for (let k = 0; k < 8; k += 1) {
    await new Promise(setImmediate);
    t.mock.timers.tick(1);
  }
  assert.deepEqual(FakeWorker.made.map(({ terminated }) => terminated), [true, false]);
  assert.equal(worker().asked.length, 1);
  worker().say({ type: "end", id: worker().asked[0].id, outcome: { state: "done" } });
  t.mock.timers.tick(1);
  assert.equal((await run.outcome).state, "done");
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
