/**
 * The page's handle of the engine. All widgets of a page share one: the runs are told apart by their number.
 *
 * @typedef {import("./runs.js").Batch} Batch
 * @typedef {import("./runs.js").KindInfo} KindInfo
 * @typedef {import("./runs.js").Outcome} Outcome
 * @typedef {import("./runs.js").RunOptions} RunOptions
 * @typedef {import("./runs.js").ScenarioInfo} ScenarioInfo
 * @typedef {import("./link.js").Link} Link
 * @typedef {{ started(really: boolean): void, take(batch: Batch): void, end(outcome: Outcome): void, refuse(error: Error): void }} Listener
 */

import { late, piece } from "./address.js";
import { open } from "./link.js";

/** How long a program may take to stop by itself: so many waits of so many milliseconds. */
const GRACE = { waits: 10, each: 50 };

/** A run as the page holds it. */
export class Handle {
  /** @param {(order: "pause" | "resume") => void} order @param {() => void} stop @param {Promise<Outcome>} outcome */
  constructor(order, stop, outcome) {
    this.pause = () => order("pause");
    this.resume = () => order("resume");
    this.stop = stop;
    this.outcome = outcome;
  }
}

export class Engine {
  /** The engine of this page. */
  static shared = new Engine();

  /** What the loaded engine has. @type {readonly ScenarioInfo[]} */
  scenarios = [];
  /** @type {readonly KindInfo[]} */
  kinds = [];
  /** What the reader should know about where programs run. */
  note = "";

  /** @type {Promise<Link> | null} */
  #link = null;
  /** @type {Map<number, Listener>} */
  #runs = new Map();
  #next = 1;

  /** Loads the engine, once; after a failure it may be tried again. */
  async load() {
    this.#link ??= open((report) => this.#take(report), (message) => this.#lose(`the engine broke down: ${message}`));
    try {
      const { ready, note } = await this.#link;
      Object.assign(this, { scenarios: ready.scenarios, kinds: ready.kinds, note });
    } catch (error) {
      this.#link = null;
      throw error;
    }
    return this;
  }

  /**
   * Starts a run; rejects with a sentence for the reader if it cannot be run.
   * @param {RunOptions} options
   * @param {(batch: Batch) => void} take
   * @returns {Promise<Handle>}
   */
  async run(options, take) {
    const { link, id, outcome } = await this.#order("run", options, take);
    return new Handle((type) => link.post({ type, id }), () => this.#stop(link, id), outcome);
  }

  /** Rejects with a sentence for the reader if this cannot be run. @param {RunOptions} options */
  async check(options) {
    const { id } = await this.#order("check", options, () => {});
    this.#runs.delete(id);
  }

  /** Sends for what of the wasm most runs never need, before one does. */
  async whole() {
    (await this.#link)?.post({ type: "whole" });
  }

  /** @param {"run" | "check"} type @param {RunOptions} options @param {(batch: Batch) => void} take */
  async #order(type, options, take) {
    for (;;) {
      await this.load();
      const link = await /** @type {Promise<Link>} */ (this.#link);
      const id = this.#next++;
      const listener = /** @type {Listener} */ ({ take });
      /** @type {Promise<Outcome>} */
      const outcome = new Promise((resolve) => {
        listener.end = resolve;
      });
      /** @type {Promise<boolean>} */
      const started = new Promise((resolve, reject) => Object.assign(listener, { started: resolve, refuse: reject }));
      this.#runs.set(id, listener);
      link.post({ type, id, options, addresses: { piece: piece(options.scenario), late: late(options.scenario) } });
      // What stood in line behind a program that had to be ended by force is ordered again.
      if (await started) return { link, id, outcome };
    }
  }

  /** Asks first, and ends the worker if there is no answer. @param {Link} link @param {number} id */
  #stop(link, id) {
    link.post({ type: "stop", id });
    if (!link.close) return;
    // Counted in waits and not by the clock: a page that is busy itself, drawing, hears the answer late.
    const wait = (/** @type {number} */ left) => {
      const run = this.#runs.get(id);
      if (!run) return;
      if (left > 0) {
        setTimeout(wait, GRACE.each, left - 1);
        return;
      }
      this.#runs.delete(id);
      link.close?.();
      run.end(ending("stopped", "the program did not give way and was ended"));
      for (const waiting of this.#runs.values()) waiting.started(false);
      this.#lose("another program on this page did not give way, and all were ended; run it again");
    };
    wait(GRACE.waits);
  }

  /** The worker is gone. @param {string} message */
  #lose(message) {
    this.#link = null;
    const runs = [...this.#runs.values()];
    this.#runs.clear();
    for (const run of runs) {
      run.refuse(new Error(message));
      run.end(ending("failed", message));
    }
  }

  /** @param {import("./runs.js").Report} report */
  #take(report) {
    if (!("id" in report)) return;
    const run = this.#runs.get(report.id);
    if (!run) return;
    if (report.type === "started") return run.started(true);
    if (report.type === "batch") return run.take(report.batch);
    this.#runs.delete(report.id);
    if (report.type === "end") run.end(report.outcome);
    else run.refuse(new Error(report.message));
  }
}

/** The end of a run that could not say it itself. @param {"failed" | "stopped"} state @param {string} message @returns {Outcome} */
function ending(state, message) {
  return { state, message, result: null, hash: "", now: 0 };
}
