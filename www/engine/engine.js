/**
 * The page's handle of the engine. All widgets of a page share one: the runs are told apart by their number.
 *
 * @typedef {import("./runs.js").Batch} Batch
 * @typedef {import("./runs.js").KindInfo} KindInfo
 * @typedef {import("./runs.js").Outcome} Outcome
 * @typedef {import("./runs.js").RunOptions} RunOptions
 * @typedef {import("./runs.js").ScenarioInfo} ScenarioInfo
 * @typedef {import("./link.js").Link} Link
 * @typedef {{ begin(): void, take(batch: Batch): void }} Listener `begin` is told when the program starts: again, if it has to
 *   be run again from its beginning
 * @typedef {{ id: number, type: "run" | "check", options: RunOptions, listener: Listener, link: Link | null, heard: boolean,
 *   begun: boolean, lost: number, end(outcome: Outcome): void, refuse(error: Error): void }} Run
 */

/**
 * How long a program may take to stop by itself: so many waits of so many milliseconds. One that gives way takes some ten.
 * Counted in waits and not by the clock: a page that is busy itself, drawing, hears the answer late.
 */
const GRACE = { waits: 2, each: 50 };

/** The same for the worker, which says at once that it has heard an order; one that is gone never does. */
const SILENCE = { waits: 3, each: 1000 };

/** Who lost the engine so often, and it is not known why, is not run again. */
const PATIENCE = 2;

/** @type {Listener} */
const NOBODY = { begin() {}, take() {} };

/** A run as others hold it: the outcome is rejected with a sentence for the reader if it cannot be run. */
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
  /** @param {() => Promise<Link>} open gives a link that nobody else uses */
  constructor(open) {
    this.open = open;
  }

  /** What the loaded engine has. @type {readonly ScenarioInfo[]} */
  scenarios = [];
  /** @type {readonly KindInfo[]} */
  kinds = [];
  /** What the reader should know about where programs run. */
  note = "";

  /** @type {Promise<Link> | null} */
  #link = null;
  /** @type {Map<number, Run>} */
  #runs = new Map();
  #next = 1;

  /** Loads the engine, once; after a failure it may be tried again. */
  async load() {
    const link = (this.#link ??= this.#open());
    try {
      const { ready, note } = await link;
      Object.assign(this, { scenarios: ready.scenarios, kinds: ready.kinds, note });
    } catch (error) {
      if (this.#link === link) this.#link = null;
      throw error;
    }
    return this;
  }

  /** What is said through a link that is no longer used is about nobody. */
  #open() {
    const link = this.open().then((opened) => Object.assign(opened, {
      take: (/** @type {import("./runs.js").Report} */ report) => this.#link === link && this.#take(report),
      crashed: (/** @type {string} */ message) => this.#link === link && this.#crash(0, message),
    }));
    return link;
  }

  /** Starts a run. @param {RunOptions} options @param {Listener} listener */
  run(options, listener) {
    return this.#add("run", options, listener);
  }

  /** Rejects with a sentence for the reader if this cannot be run. @param {RunOptions} options */
  async check(options) {
    await this.#add("check", options, NOBODY).outcome;
  }

  /** Sends for what of the wasm most runs never need, before one does. */
  async whole() {
    (await this.#link)?.post({ type: "whole" });
  }

  /** @param {"run" | "check"} type @param {RunOptions} options @param {Listener} listener */
  #add(type, options, listener) {
    const run = /** @type {Run} */ ({ type, options, listener, lost: 0 });
    /** @type {Promise<Outcome>} */
    const outcome = new Promise((end, refuse) => Object.assign(run, { end, refuse }));
    void this.#order(run);
    return new Handle((type) => run.link?.post({ type, id: run.id }), () => this.#stop(run), outcome);
  }

  /** Under a new number each time: what a worker that is gone has still said is about nobody. @param {Run} run */
  async #order(run) {
    const id = this.#next++;
    Object.assign(run, { id, link: null, heard: false, begun: false });
    this.#runs.set(id, run);
    try {
      await this.load();
      const link = await /** @type {Promise<Link>} */ (this.#link);
      if (!this.#is(run, id)) return;
      run.link = link;
      link.post({ type: run.type, id, options: run.options, addresses: link.where(run.options.scenario) });
      // Behind a program that does not give way it waits, as long as the reader lets that go on.
      const well = () => run.heard || !this.#is(run, id) || [...this.#runs.values()].some(({ begun }) => begun);
      unless(well, SILENCE, () => this.#crash(0, "its worker does not answer"));
    } catch (error) {
      if (this.#is(run, id)) this.#leave(run).refuse(/** @type {Error} */ (error));
    }
  }

  /** @param {Run} run @param {number} id */
  #is(run, id) {
    return this.#runs.get(id) === run;
  }

  /** Who still holds it, does not hold the engine. @param {Run} run */
  #leave(run) {
    this.#runs.delete(run.id);
    run.link = null;
    return run;
  }

  /** The number of the one run that has begun, 0 if there are more or none: who is alone has done it. */
  #only() {
    const begun = [...this.#runs.values()].filter(({ begun }) => begun);
    return begun.length === 1 ? begun[0].id : 0;
  }

  /** Asks first, and ends the worker if there is no answer. @param {Run} run */
  #stop(run) {
    const { id, link } = run;
    if (!this.#is(run, id)) return;
    // Nobody has to be asked for what has not begun; if it does later, it is told then.
    if (!run.begun || !link) {
      this.#leave(run).end(ending("stopped"));
      return;
    }
    link.post({ type: "stop", id });
    const gone = () => !this.#is(run, id);
    if (link.close) unless(gone, GRACE, () => this.#crash(id, "the program did not give way and was ended", "stopped"));
  }

  /**
   * The worker is gone or of no use any more, by the fault of one run or, with 0, of none that is known. What of the others takes
   * no time is run again and is the same; what ran live keeps what it has recorded.
   * @param {number} id @param {string} message @param {"failed" | "stopped"} [state]
   */
  #crash(id, message, state = "failed") {
    const guilty = this.#runs.get(id);
    if (guilty) this.#leave(guilty).end(ending(state, message));
    void this.#link?.then(({ close }) => close?.(), () => {});
    this.#link = null;
    for (const run of [...this.#runs.values()]) {
      this.#leave(run);
      if (!guilty && run.begun) run.lost += 1;
      if (run.lost >= PATIENCE) run.end(ending("failed", `the engine broke down: ${message}`));
      else if (!run.begun || run.options.clock === "virtual") void this.#order(run);
      else run.end(ending("stopped", "stopped here, since the engine had to be started anew for another program: run it again"));
    }
  }

  /** @param {import("./runs.js").Report} report */
  #take(report) {
    if (!("id" in report)) return;
    if (report.type === "crash") return this.#crash(report.id || this.#only(), report.message);
    const run = this.#runs.get(report.id);
    if (!run) {
      // It was given up while it stood in line.
      if (report.type === "started") void this.#link?.then(({ post }) => post({ type: "stop", id: report.id }));
      return;
    }
    run.heard = true;
    if (report.type === "heard") return;
    if (report.type === "batch") return run.listener.take(report.batch);
    if (report.type === "started" && run.type === "run") {
      run.begun = true;
      run.listener.begin();
      return;
    }
    this.#leave(run);
    if (report.type === "refused") run.refuse(new Error(report.message));
    else run.end(report.type === "end" ? report.outcome : ending("stopped"));
  }
}

/** Does something after so many waits, unless all is well by then. @param {() => boolean} well @param {typeof GRACE} patience @param {() => void} act */
function unless(well, { waits, each }, act) {
  if (well()) return;
  if (waits > 0) setTimeout(unless, each, well, { waits: waits - 1, each }, act);
  else act();
}

/** The end of a run that could not say it itself. @param {"failed" | "stopped"} state @returns {Outcome} */
export function ending(state, message = "") {
  return { state, message, result: null, hash: "", now: 0 };
}
