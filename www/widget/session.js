/** One run of a program, from the order to its end, and the trace that it leaves. */

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Handle} Handle
 * @typedef {import("../engine/engine.js").Outcome} Outcome
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {{ started(): void, recorded(): void }} Progress `started` again, if it had to be run again from its beginning
 */

import { ending } from "../engine/engine.js";
import { Trace } from "../trace/trace.js";
import { parameters } from "./attributes.js";

/** More events at once than these are taken in by who is sent for then. */
const MUCH = 8192;

export class Session {
  /** What it has recorded; none before it has begun. @type {Trace | null} */
  trace = null;
  /** How many lines of its output were told. */
  told = 0;
  over = false;

  /** @type {Handle | null} */
  #handle = null;
  /** Ends what waits for the engine. @type {(outcome: Outcome) => void} */
  #giveUp = () => {};
  /** @type {Promise<Outcome>} */
  #given = new Promise((resolve) => (this.#giveUp = resolve));

  /** @param {Engine} engine @param {() => Promise<RunOptions>} options is asked when the engine is there */
  constructor(engine, options) {
    this.engine = engine;
    this.options = options;
  }

  /** Runs; rejects with a sentence for the reader if it cannot be run. @param {Progress} progress @returns {Promise<Outcome>} */
  async run({ started, recorded }) {
    try {
      return await Promise.race([this.#given, this.#run(started, recorded)]);
    } finally {
      this.over = true;
    }
  }

  /** @param {Progress["started"]} started @param {Progress["recorded"]} recorded @returns {Promise<Outcome>} */
  async #run(started, recorded) {
    await this.engine.load();
    const options = await this.options();
    if (this.over) return ending("stopped");
    const scenario = this.engine.scenarios.find(({ id }) => id === options.scenario);
    const about = { scenario: options.scenario, params: parameters(options, scenario), clock: options.clock ?? "wall", seed: Number(options.seed ?? 0) };
    let trace = new Trace(about, this.engine.kinds);
    /** @type {Promise<import("./inbox.js").Inbox> | undefined} */
    let inbox;
    this.#handle = this.engine.run(options, {
      begin: () => {
        inbox = undefined;
        this.trace = trace = new Trace(about, this.engine.kinds);
        started();
      },
      take: (batch) => {
        if (inbox || batch.t.length > MUCH) {
          const into = trace;
          inbox = (inbox ?? import("./inbox.js").then(({ Inbox }) => new Inbox(into, recorded))).then((inbox) => inbox.take(batch));
        } else {
          trace.append(batch);
          recorded();
        }
      },
    });
    const outcome = await this.#handle.outcome;
    await (await inbox)?.empty(outcome.state === "stopped");
    trace.finish(outcome);
    return outcome;
  }

  pause() {
    this.#handle?.pause();
  }

  resume() {
    this.#handle?.resume();
  }

  stop() {
    if (this.#handle) this.#handle.stop();
    else this.#giveUp(ending("stopped"));
  }
}
