/** One run of a program, from the order to its end, and the trace that it leaves. */

/**
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Handle} Handle
 * @typedef {import("../engine/engine.js").Outcome} Outcome
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {{ started(): void, recorded(from: number): void }} Progress
 */

import { Trace } from "../trace/trace.js";
import { parameters } from "./attributes.js";

/** More events at once than these are taken in by who is sent for then. */
const MUCH = 8192;

export class Session {
  /** @type {Trace | null} */
  trace = null;
  over = false;

  /** @type {Handle | null} */
  #handle = null;
  #stopped = false;

  /** @param {Engine} engine @param {() => Promise<RunOptions>} options is asked when the engine is there */
  constructor(engine, options) {
    this.engine = engine;
    this.options = options;
  }

  /** Runs; rejects with a sentence for the reader if it cannot be run. @param {Progress} progress @returns {Promise<Outcome>} */
  async run({ started, recorded }) {
    try {
      await this.engine.load();
      const options = await this.options();
      const scenario = this.engine.scenarios.find(({ id }) => id === options.scenario);
      const about = { scenario: options.scenario, params: parameters(options, scenario), clock: options.clock ?? "wall", seed: Number(options.seed ?? 0) };
      const trace = new Trace(about, this.engine.kinds);
      this.trace = trace;
      /** @type {Promise<import("./inbox.js").Inbox> | undefined} */
      let inbox;
      this.#handle = await this.engine.run(options, (batch) => {
        if (inbox || batch.t.length > MUCH) inbox = (inbox ?? import("./inbox.js").then(({ Inbox }) => new Inbox(trace, recorded))).then((inbox) => inbox.take(batch));
        else {
          const from = trace.length;
          trace.append(batch);
          recorded(from);
        }
      });
      if (this.#stopped) this.#handle.stop();
      started();
      const outcome = await this.#handle.outcome;
      await (await inbox)?.empty();
      trace.finish(outcome);
      return outcome;
    } finally {
      this.over = true;
    }
  }

  pause() {
    this.#handle?.pause();
  }

  resume() {
    this.#handle?.resume();
  }

  stop() {
    this.#stopped = true;
    this.#handle?.stop();
  }
}
