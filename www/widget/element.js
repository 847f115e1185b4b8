/** `<loop-scope>`: attributes in, events out. Ties engine, player and view together and keeps the state. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./frame.js").State} State
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { Engine } from "../engine/engine.js";
import { Player } from "../player/player.js";
import { chrome } from "../share/chrome.js";
import { fromJSON, line, toJSON } from "../trace/json.js";
import { LOOKS, axis, complaint, height, options, speed, view } from "./attributes.js";
import { Keys } from "./keys.js";
import { Picture } from "./picture.js";
import { Session } from "./session.js";
import { sheet } from "./styles.js";
import { View } from "./view.js";

const engine = Engine.shared;
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

export class LoopScope extends HTMLElement {
  /** The scenarios there are; empty until the engine is loaded, see `ready`. */
  static get scenarios() {
    return engine.scenarios.map(({ params, ...scenario }) => ({ ...scenario, parameters: params }));
  }

  /** Loads the engine, and resolves to the scenarios. */
  static async ready() {
    await engine.load();
    return LoopScope.scenarios;
  }

  /** @type {State} */
  #state = "idle";
  /** @type {Session | null} */
  #session = null;
  /** What is shown: of the session, or loaded. @type {Trace | null} */
  #trace = null;
  /** @type {{ length: number, hash: string, json: TraceJson } | null} */
  #json = null;
  #drawing = 0;
  #near = false;

  #player = new Player((inFrame) => (inFrame ? this.#draw() : this.#redraw()));
  #keys = new Keys({
    toggle: () => this.#toggle(),
    step: (n) => this.step(n),
    nudge: (part) => this.seek(this.position + part * this.#player.edge),
    start: () => this.#player.seekTo(0),
    finish: () => this.#player.follow(),
  });
  #view = new View({
    toggle: () => this.#toggle(),
    run: () => void this.run(),
    stop: () => this.stop(),
    step: (n) => this.step(n),
    speed: (speed) => this.setAttribute("speed", String(speed)),
    axis: (axis) => this.setAttribute("axis", axis),
    scrub: () => {},
    seek: ({ index, t }) => this.#player.seekTo(index, Number.isNaN(t) ? undefined : t),
    redraw: () => this.#redraw(),
  }, this.#keys.node);
  #attributes = new MutationObserver((records) => this.#changed(records.map(({ attributeName }) => attributeName ?? "")));
  #sight = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#approach(), { rootMargin: "200px" });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open", delegatesFocus: false });
    root.adoptedStyleSheets = [sheet()];
    root.append(this.#view.node);
    root.addEventListener("keydown", (event) => this.#keys.press(/** @type {KeyboardEvent} */ (event)));
    this.#view.edge = () => this.#player.edge;
  }

  connectedCallback() {
    this.setAttribute("state", this.#state);
    this.#attributes.observe(this, { attributes: true });
    this.#view.picture.observer.observe(this.#view.picture.node);
    this.#sight.observe(this);
    this.#dress();
    this.#redraw();
  }

  disconnectedCallback() {
    this.#attributes.disconnect();
    this.#sight.disconnect();
    this.#view.picture.observer.disconnect();
    // A site that swaps pages takes nodes out and puts them in again: only what stays out is stopped.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#session?.stop();
      this.#player.close();
    });
  }

  get state() {
    return this.#state;
  }

  /** The recorded run; set it to show a saved one, as an object or as its text. @returns {TraceJson | null} */
  get trace() {
    const trace = this.#trace;
    if (!trace) return null;
    if (this.#json?.length !== trace.length || this.#json.hash !== trace.hash) {
      this.#json = { length: trace.length, hash: trace.hash, json: toJSON(trace) };
    }
    return this.#json.json;
  }

  set trace(input) {
    this.reset();
    if (input === null) return;
    try {
      this.#show(fromJSON(input));
      this.#enter("done");
    } catch (error) {
      this.#fail(/** @type {Error} */ (error).message);
    }
  }

  /** The time that is shown, in nanoseconds of the run's clock. */
  get position() {
    return Math.round(this.#player.position);
  }

  set position(ns) {
    this.seek(ns);
  }

  /** Runs the program from its start; resolves to its trace, rejects with what is shown if it cannot be run. @returns {Promise<TraceJson>} */
  run() {
    const trace = this.#run();
    // The reader is told by the sentence and the page by the event: not handling the promise is no further error.
    trace.catch(() => {});
    return trace;
  }

  pause() {
    if (this.#state === "running" && this.#clock() === "wall") {
      this.#session?.pause();
      this.#player.hold();
      this.#enter("paused");
    }
    this.#player.pause();
  }

  /** Goes on: the run if it is paused, else the cursor over what was recorded. */
  resume() {
    if (this.#state === "paused") {
      this.#session?.resume();
      this.#enter("running");
      this.#player.live(this.#pace());
      if (!this.#player.following) this.#player.play();
    } else if (this.#trace) this.#player.play();
  }

  /** Moves the cursor by so many events. @param {number} n */
  step(n = 1) {
    if (this.#state === "running") this.pause();
    this.#player.step(n);
  }

  /** Moves the cursor to a time. @param {number} ns */
  seek(ns) {
    this.#player.seek(Number(ns) || 0);
  }

  stop() {
    this.#session?.stop();
  }

  /** Back to before the first run. */
  reset() {
    this.#session?.stop();
    this.#session = null;
    this.#show(null);
    this.#view.message.alarm("");
    this.#enter("idle");
  }

  /** The recorded run as a text in the format that is asked for. @param {"json" | "chrome" | "svg"} format */
  async export(format) {
    if (!this.#trace) throw new Error("there is nothing to export yet: run it first");
    const title = `loopscope: ${this.#trace.about.scenario}`;
    switch (format) {
      case "json":
        return JSON.stringify(this.trace);
      case "chrome":
        return JSON.stringify(chrome(/** @type {TraceJson} */ (this.trace)));
      case "svg":
        return Picture.file(this.#trace, axis(this), title);
      default:
        throw new Error(`the format is “${format}”; it has to be one of json, chrome, svg`);
    }
  }

  async #run() {
    this.#session?.stop();
    this.#attributes.takeRecords();
    const session = new Session(engine, ({ scenarios }) => options(this, scenarios));
    const mine = () => session === this.#session;
    this.#session = session;
    this.#view.message.alarm("");
    this.#enter("loading");
    try {
      const wrong = complaint(this);
      if (wrong) throw new Error(wrong);
      const outcome = await session.run({
        ready: () => this.#view.message.note(engine.note),
        started: () => mine() && this.#started(session),
        recorded: (from) => mine() && this.#recorded(session, from),
      });
      if (mine()) this.#ended(outcome);
      return toJSON(/** @type {Trace} */ (session.trace));
    } catch (error) {
      if (mine()) this.#fail(/** @type {Error} */ (error).message);
      throw error;
    }
  }

  /** @param {Session} session */
  #started(session) {
    this.#show(session.trace);
    this.#enter("running");
    if (this.#clock() === "wall") this.#player.live(this.#pace());
  }

  /** @param {Session} session @param {number} from */
  #recorded({ trace }, from) {
    if (!trace) return;
    this.#player.extend();
    const first = trace.output.findIndex((i) => i >= from);
    for (const i of first < 0 ? [] : trace.output.slice(first)) this.#tell("output", line(trace, i));
  }

  /** @param {import("../engine/engine.js").Outcome} outcome */
  #ended({ state, message, result, hash }) {
    this.#player.settle();
    if (state === "failed") this.#fail(message);
    else this.#enter(state);
    if (state === "stopped" && message) this.#view.message.note(message);
    this.#tell("end", { state, message, result, hash });
  }

  /** @param {Trace | null} trace */
  #show(trace) {
    this.#trace = trace;
    this.#json = null;
    this.#player.speed = speed(this);
    this.#player.load(trace ?? undefined);
  }

  /** @param {string} message */
  #fail(message) {
    this.#player.settle();
    this.#view.message.alarm(message);
    this.#enter("failed");
    // Does not bubble: what listens for errors of the whole page is not meant.
    this.dispatchEvent(new CustomEvent("error", { detail: { message } }));
  }

  /** @param {State} state */
  #enter(state) {
    if (state === this.#state) return this.#redraw();
    this.#state = state;
    this.setAttribute("state", state);
    this.#redraw();
    this.#view.message.status(this.#frame());
    this.#tell("statechange", { state });
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  #clock() {
    return this.#trace?.about.clock ?? this.getAttribute("clock") ?? "wall";
  }

  /** Seconds of the run's clock for a second here. */
  #pace() {
    return speed(this);
  }

  #toggle() {
    const { playing, following } = this.#player;
    if (this.#state === "loading") return;
    if (playing || (this.#state === "running" && following)) this.pause();
    else if (this.#state === "paused" || this.#trace?.length) this.resume();
    else void this.run();
  }

  /** The widget has come near to what the reader sees. */
  async #approach() {
    if (this.#near) return;
    this.#near = true;
    if (this.hasAttribute("autoplay") && this.#state === "idle") return void this.run();
    await this.#check();
  }

  /** Says what is wrong before it is run. */
  async #check() {
    const before = this.#session;
    if (this.#state !== "idle" && this.#state !== "failed") return;
    try {
      await engine.load();
      this.#redraw();
      const wrong = complaint(this);
      if (wrong) throw new Error(wrong);
      await engine.check(options(this, engine.scenarios));
      if (this.#session === before && this.#state === "failed" && !this.#trace?.length) this.reset();
    } catch (error) {
      if (this.#session === before) this.#fail(/** @type {Error} */ (error).message);
    }
  }

  /** @param {string[]} names */
  #changed(names) {
    if (names.some((name) => LOOKS.includes(name))) this.#dress();
    if (names.includes("speed")) this.#player.speed = speed(this);
    this.#redraw();
    const parameters = engine.scenarios.find(({ id }) => id === this.getAttribute("scenario"))?.params ?? [];
    const known = new Set(["scenario", "clock", "seed", ...parameters.map(({ name }) => name)]);
    if (!this.#near || !names.some((name) => known.has(name))) return;
    const begun = this.#state !== "idle" && this.#session !== null;
    const other = names.includes("scenario");
    // On the virtual clock a run takes no time, so the picture follows; a live run is the reader's to start again.
    if (begun && (this.getAttribute("clock") === "virtual" || (other && this.hasAttribute("autoplay")))) void this.run();
    else if (begun && other) this.reset();
    void this.#check();
  }

  /** Puts on what the attributes say of its looks. */
  #dress() {
    const wrong = complaint(this);
    if (wrong) this.#fail(wrong);
    this.#view.arrange(view(this), height(this));
  }

  #redraw() {
    this.#drawing ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    if (this.#view.draw(this.#frame())) this.#redraw();
  }

  /** @returns {Frame} */
  #frame() {
    const { position, index, edge, playing, following } = this.#player;
    return {
      trace: this.#trace,
      cursor: { index, t: position },
      edge,
      state: this.#state,
      playing: playing || (this.#state === "running" && following),
      following,
      axis: axis(this),
      speed: speed(this),
      motion: !reduced.matches,
      scenario: engine.scenarios.find(({ id }) => id === this.getAttribute("scenario")),
    };
  }
}
