/** What a widget does over time: runs a program, pauses it, shows what was recorded. Knows its state, and nothing of how it looks. */

/**
 * @typedef {import("./frame.js").State} State
 * @typedef {import("../engine/engine.js").Engine} Engine
 * @typedef {import("../engine/engine.js").Outcome} Outcome
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {{ changed(inFrame: boolean): void, state(state: State): void, tell(type: string, detail: unknown): void,
 *   alarm(message: string): void, note(text: string): void }} Listener
 */

import { Player } from "../player/player.js";
import { line, toJSON } from "../trace/json.js";
import { Session } from "./session.js";

/** What is over in less than this, in milliseconds, flickers if it is announced. */
export const BRIEF = 400;

export class Conductor {
  /** @type {State} */
  state;
  /** What is shown: recorded by the session, or loaded. @type {Trace | null} */
  trace = null;
  /** When the last run was ordered, in milliseconds of the page. */
  since = 0;
  /** Seconds of the run's clock for a second here. */
  speed = 1;

  /** @type {Session | null} */
  #session = null;
  /** Counts what was ordered. */
  #order = 0;
  /** @type {{ length: number, hash: string, json: TraceJson } | null} */
  #json = null;

  /** @param {Engine} engine @param {Listener} listener @param {State} state what was announced already */
  constructor(engine, listener, state) {
    this.state = state;
    this.engine = engine;
    this.listener = listener;
    this.player = new Player(listener.changed);
  }

  /** The trace as others read it; made once for each time it has changed. */
  get json() {
    const { trace } = this;
    if (!trace) return null;
    if (this.#json?.length !== trace.length || this.#json.hash !== trace.hash) {
      this.#json = { length: trace.length, hash: trace.hash, json: toJSON(trace) };
    }
    return this.#json.json;
  }

  /** Whether a program was run or is being run, as opposed to one that could not be. */
  get begun() {
    return this.#session !== null;
  }

  /** Whether the program is over so soon, or may be, that nobody should be told that it runs. */
  get brief() {
    return this.busy && this.trace !== null && performance.now() - this.since < BRIEF;
  }

  /** Whether a program runs of which nothing is to be seen while it does. */
  get busy() {
    return this.state === "loading" || (this.state === "running" && !this.#live);
  }

  /** Whether the cursor moves, by itself or with the run. */
  get moving() {
    return this.player.playing || (this.state === "running" && this.player.following);
  }

  /** Runs from the start. @param {() => Promise<RunOptions>} options may reject with a sentence for the reader @returns {Promise<Trace>} what was recorded */
  async run(options) {
    this.#session?.stop();
    this.#order += 1;
    const session = new Session(this.engine, options);
    const mine = () => session === this.#session;
    this.#session = session;
    this.since = performance.now();
    this.listener.alarm("");
    this.listener.note("");
    this.#enter("loading");
    /** @type {Outcome} */
    let outcome;
    try {
      outcome = await session.run({ started: () => mine() && this.#started(session), recorded: () => mine() && this.#recorded(session) });
    } catch (error) {
      if (mine()) this.fail(/** @type {Error} */ (error).message);
      throw error;
    }
    if (mine()) this.#ended(outcome);
    if (!session.trace) throw new Error("it was stopped before it began");
    return session.trace;
  }

  /** Says what cannot be run before anybody runs it, and takes it back when it was mended. @param {() => Promise<RunOptions>} options */
  async check(options) {
    if (this.state !== "idle" && this.state !== "failed") return;
    const session = this.#session;
    /** @type {string} */
    let wrong = "";
    try {
      await this.engine.load();
      this.listener.changed(false);
      await this.engine.check(await options());
    } catch (error) {
      wrong = /** @type {Error} */ (error).message;
    }
    if (this.#session !== session) return;
    if (wrong) this.fail(wrong);
    else if (this.state === "failed" && !this.trace?.length) this.reset();
  }

  pause() {
    if (this.state === "running" && this.#live) {
      this.#session?.pause();
      this.player.hold();
      this.#enter("paused");
    }
    this.player.pause();
  }

  /** Goes on: the run if it is paused, else the cursor over what was recorded. */
  resume() {
    if (this.state === "paused") {
      this.#session?.resume();
      this.#enter("running");
      this.player.live(this.speed);
      if (!this.player.following) this.player.play();
    } else if (this.trace) this.player.play();
  }

  /** What the large button does. @param {() => void} run */
  toggle(run) {
    if (this.state === "loading") return;
    if (this.moving) this.pause();
    else if (this.state === "paused" || this.trace?.length) this.resume();
    else run();
  }

  /** @param {number} n */
  step(n) {
    if (this.state === "running") this.pause();
    this.player.step(n);
  }

  stop() {
    this.#session?.stop();
  }

  /** Back to before the first run. */
  reset() {
    this.#order += 1;
    this.#session?.stop();
    this.#session = null;
    this.#show(null);
    this.listener.alarm("");
    this.listener.note("");
    this.#enter("idle");
  }

  /** Shows a saved run. @param {unknown} json */
  async load(json) {
    this.reset();
    this.#enter("loading");
    const order = this.#order;
    try {
      const { fromJSON } = await import("../trace/read.js");
      // A run that was ordered in the meantime is newer.
      if (order !== this.#order) return;
      this.#show(fromJSON(json));
      this.#enter("done");
    } catch (error) {
      this.fail(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string} message */
  fail(message) {
    this.player.settle();
    this.listener.alarm(message);
    this.#enter("failed");
    this.listener.tell("error", { message });
  }

  get #live() {
    return (this.#session?.trace ?? this.trace)?.about.clock !== "virtual";
  }

  /** @param {Session} session */
  #started({ trace }) {
    // What takes no time changes the picture at once, and not to nothing in between.
    if (trace?.about.clock !== "virtual" || !this.trace) this.#show(trace);
    this.#enter("running");
    if (this.#live) this.player.live(this.speed);
  }

  /** @param {Session} session */
  #recorded(session) {
    const { trace } = session;
    if (!trace) return;
    if (this.trace !== trace) this.#show(trace);
    else this.player.extend();
    // What was told before it had to be run again is not told twice.
    for (; session.told < trace.output.length; session.told += 1) this.listener.tell("output", line(trace, trace.output[session.told]));
  }

  /** @param {Outcome} outcome */
  #ended({ state, message, result, hash }) {
    const { trace } = /** @type {Session} */ (this.#session);
    // Of what has not begun there is nothing, and what was there stays.
    if (trace && this.trace !== trace) this.#show(trace);
    this.player.settle();
    if (state === "failed") this.fail(message);
    else this.#enter(state);
    if (state === "stopped" && message) this.listener.note(message);
    this.listener.tell("end", { state, message, result, hash });
  }

  /** @param {Trace | null} trace */
  #show(trace) {
    this.trace = trace;
    this.#json = null;
    this.player.speed = this.speed;
    this.player.load(trace ?? undefined);
  }

  /** @param {State} state */
  #enter(state) {
    if (state === this.state) return;
    this.state = state;
    this.listener.state(state);
  }
}
