/** All of `<loop-scope>` that runs and draws: ties the conductor to the view. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./frame.js").State} State
 */

import { Engine } from "../engine/engine.js";
import { toJSON } from "../trace/json.js";
import { LOOKS, axis, check, height, options, speed, view } from "./attributes.js";
import { Cadence } from "./cadence.js";
import { BRIEF, Conductor } from "./conductor.js";
import { DRAWN } from "./drawn.js";
import { sheet } from "./styles.js";
import { View } from "./view.js";

const engine = new Engine(() => link());
/** @type {typeof import("../engine/ahead.js").take} */
let link;
const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {string | null} scenario */
const known = (scenario) => engine.scenarios.find(({ id }) => id === scenario);

/** The scenarios there are, under the names of the contract. */
export const scenarios = () => engine.scenarios.map(({ params, ...scenario }) => ({ ...scenario, parameters: params }));

/** Says how the engine is had. @param {typeof link} take */
export function by(take) {
  link = take;
}

/** Loads the engine, and resolves to the scenarios. */
export async function ready() {
  await engine.load();
  return scenarios();
}

export class Scope {
  #cadence = new Cadence(() => this.#draw());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tending;
  #near = false;
  #attributes = new MutationObserver((records) => this.#changed(records.map(({ attributeName }) => attributeName ?? "")));

  /** @param {HTMLElement} host @param {State} state */
  constructor(host, state) {
    this.host = host;
    this.conductor = new Conductor(engine, {
      changed: (inFrame) => (inFrame ? this.#cadence.now() : this.#cadence.follow(this.conductor.busy)),
      state: (state) => this.#enter(state),
      tell: (type, detail) => this.#tell(type, detail),
      alarm: (message) => this.view.message.alarm(message),
      note: (text) => this.view.message.note(text),
    }, state);
    this.view = new View(this);
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    root.adoptedStyleSheets = [sheet()];
    root.replaceChildren(this.view.node);
    if (host.isConnected) this.connect();
  }

  connect() {
    this.#attributes.observe(this.host, { attributes: true });
    this.view.picture.observer.observe(this.view.picture.node);
    this.#dress();
    this.redraw();
  }

  disconnect() {
    this.#attributes.disconnect();
    this.view.picture.observer.disconnect();
    this.conductor.stop();
    this.conductor.player.close();
  }

  get state() {
    return this.conductor.state;
  }

  get trace() {
    return this.conductor.json;
  }

  get position() {
    return Math.round(this.conductor.player.position);
  }

  /** @param {unknown} json */
  load(json) {
    return this.conductor.load(json);
  }

  async run() {
    const recorded = await this.start();
    return recorded === this.conductor.trace ? /** @type {import("../trace/json.js").TraceJson} */ (this.trace) : toJSON(recorded);
  }

  start() {
    this.#near = true;
    // What was set until now is taken in by this run and asks for no other.
    this.#attributes.takeRecords();
    this.#dress();
    this.conductor.speed = speed(this.host);
    const trace = this.conductor.run(() => this.#options());
    trace.catch(() => {});
    return trace;
  }

  pause() {
    this.conductor.pause();
  }

  resume() {
    this.conductor.resume();
  }

  /** @param {number} n */
  step(n) {
    this.conductor.step(Math.trunc(Number(n)) || 0);
  }

  /** @param {number} ns */
  seek(ns) {
    this.conductor.player.seek(Number(ns) || 0);
  }

  /** @param {number} index @param {number} [t] */
  seekTo(index, t) {
    this.conductor.player.seekTo(index, t);
  }

  stop() {
    this.conductor.stop();
  }

  reset() {
    this.conductor.reset();
  }

  /** @param {string} format */
  async export(format) {
    const { trace, json } = this.conductor;
    if (!trace || !json) throw new Error("there is nothing to export yet: run it first");
    return (await import("./exports.js")).exported(trace, json, format, this.#axis);
  }

  async measure() {
    return (await import("./exports.js")).measured(this.conductor.json);
  }

  toggle() {
    this.conductor.toggle(() => void this.start());
  }

  /** The widget has come near to what the reader sees. */
  approach() {
    if (this.#near) return;
    this.#near = true;
    void this.conductor.check(() => this.#options());
  }

  /** There is time for what a run may need that is not like the first one. */
  prepare() {
    void engine.whole();
  }

  redraw() {
    this.#cadence.soon();
  }

  async #options() {
    const { host } = this;
    const { scenarios } = engine;
    const note = await check(host, scenarios);
    this.view.message.note(note || engine.note);
    return options(host, scenarios);
  }

  /** @param {State} state */
  #enter(state) {
    this.host.setAttribute("state", state);
    this.view.message.status(this.#frame());
    // What took no time is there when it is told that it is.
    if (state === "done" && this.conductor.trace?.about.clock === "virtual") this.#cadence.now();
    else this.redraw();
    this.#tend();
    this.#tell("statechange", { state });
  }

  /** Looks again at what takes its time and gives no frames by itself. */
  #tend() {
    clearTimeout(this.#tending);
    if (!this.conductor.busy) return;
    this.redraw();
    this.#tending = setTimeout(() => this.#tend(), BRIEF);
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    // An error does not bubble: what listens for the errors of the whole page is not meant.
    const everywhere = type !== "error";
    this.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: everywhere, composed: everywhere }));
  }

  /** @param {string[]} names */
  #changed(names) {
    const { host, conductor } = this;
    const looks = names.some((name) => LOOKS.includes(name));
    if (looks) this.#dress();
    if (names.includes("speed")) conductor.player.speed = speed(host);
    this.redraw();
    const program = ["scenario", "clock", "seed", ...(this.#scenario?.params.map(({ name }) => name) ?? [])];
    const other = names.includes("scenario");
    const changed = names.some((name) => program.includes(name));
    if (!this.#near || !(changed || looks)) return;
    const begun = conductor.begun && changed;
    // On the virtual clock a run takes no time, so the picture follows; a live run is the reader's to start again.
    if (begun && (host.getAttribute("clock") === "virtual" || (other && host.hasAttribute("autoplay")))) void this.start();
    else {
      if (begun && other) this.reset();
      void conductor.check(() => this.#options());
    }
  }

  /** Puts on what the attributes say of its looks. */
  #dress() {
    this.view.arrange(view(this.host), height(this.host));
  }

  get #scenario() {
    return known(this.host.getAttribute("scenario"));
  }

  get #axis() {
    const { state, trace } = this.conductor;
    const live = trace?.about.clock !== "virtual" && (state === "running" || state === "paused");
    return axis(this.host, live ? null : trace);
  }

  #draw() {
    const frame = this.#frame();
    this.conductor.player.byEvents = frame.axis === "ticks";
    if (this.view.draw(frame)) this.#cadence.follow(this.conductor.busy);
    this.host.dispatchEvent(new CustomEvent(DRAWN, { detail: frame }));
  }

  /** @returns {Frame} */
  #frame() {
    const { trace, moving, busy, brief, since, player: { position, index, edge, following } } = this.conductor;
    return {
      trace,
      cursor: { index, t: position },
      edge,
      waited: busy ? performance.now() - since : 0,
      state: brief ? "done" : this.state,
      playing: moving,
      following,
      axis: this.#axis,
      speed: speed(this.host),
      motion: !reduced.matches,
      scenario: this.conductor.begun || !trace ? this.#scenario : known(trace.about.scenario),
    };
  }
}
