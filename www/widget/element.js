/** `<loop-scope>`: attributes in, events out, and the methods of the contract. Ties the conductor to the view. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./frame.js").State} State
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 */

import { Engine } from "../engine/engine.js";
import { toJSON } from "../trace/json.js";
import { LOOKS, axis, complaint, height, isLeftOver, options, speed, strange, view } from "./attributes.js";
import { BRIEF, Conductor } from "./conductor.js";
import { Keys } from "./keys.js";
import { sheet } from "./styles.js";
import { View } from "./view.js";
import { drawn, startable } from "./watch.js";

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

  #drawing = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tending;
  #near = false;

  #conductor = new Conductor(engine, {
    changed: (inFrame) => (inFrame ? this.#draw() : this.#redraw()),
    state: (state) => this.#enter(state),
    tell: (type, detail) => this.#tell(type, detail),
    alarm: (message) => this.#view.message.alarm(message),
    note: (text) => this.#view.message.note(text),
  });
  #keys = new Keys({
    toggle: () => this.#toggle(),
    step: (n) => this.step(n),
    nudge: (part) => this.seek(this.position + part * this.#conductor.player.edge),
    start: () => this.#conductor.player.seekTo(0),
    finish: () => this.#conductor.player.follow(),
    zoom: (by) => this.#zoom(by),
    lane: (way) => {
      this.#view.picture.move(way, this.#conductor.player.index);
      this.#view.announce();
    },
    jump: () => {
      this.#view.picture.jump();
      this.#view.announce();
    },
  });
  #view = new View({
    toggle: () => this.#toggle(),
    run: () => void this.#start(),
    stop: () => this.stop(),
    step: (n) => this.step(n),
    speed: (speed) => this.setAttribute("speed", String(speed)),
    axis: (axis) => this.setAttribute("axis", axis),
    seek: ({ index, t }) => this.#conductor.player.seekTo(index, t),
    redraw: () => this.#redraw(),
    zoom: (by) => this.#zoom(by),
    help: () => this.#keys.help(),
  }, this.#keys.node);
  #attributes = new MutationObserver((records) => this.#changed(records.map(({ attributeName }) => attributeName ?? "")));
  #sight = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#approach(), { rootMargin: "200px" });

  constructor() {
    super();
    startable(this, () => void this.#start());
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    root.append(this.#view.node);
    this.addEventListener("keydown", (event) => this.#keys.press(/** @type {KeyboardEvent} */ (event)));
  }

  connectedCallback() {
    this.setAttribute("state", this.state);
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
      this.#conductor.stop();
      this.#conductor.player.close();
    });
  }

  get state() {
    return this.#conductor.state;
  }

  /** The recorded run; set it to show a saved one, as an object or as its text. @returns {TraceJson | null} */
  get trace() {
    return this.#conductor.json;
  }

  set trace(json) {
    if (json === null) this.reset();
    else this.#conductor.load(json);
  }

  /** The time that is shown, in nanoseconds of the run's clock. */
  get position() {
    return Math.round(this.#conductor.player.position);
  }

  set position(ns) {
    this.seek(ns);
  }

  /** Runs the program from its start; resolves to its trace, rejects with what is shown if it cannot be run. @returns {Promise<TraceJson>} */
  run() {
    const trace = this.#start().then((recorded) => (recorded === this.#conductor.trace ? /** @type {TraceJson} */ (this.trace) : toJSON(recorded)));
    trace.catch(() => {});
    return trace;
  }

  #start() {
    // What was set until now is taken in by this run and asks for no other.
    this.#attributes.takeRecords();
    this.#dress();
    this.#conductor.speed = speed(this);
    const trace = this.#conductor.run(() => this.#options());
    // The reader is told by the sentence and the page by the event: not handling the promise is no further error.
    trace.catch(() => {});
    return trace;
  }

  /** Holds a live run, and the cursor. */
  pause() {
    this.#conductor.pause();
  }

  /** Goes on with what was paused; plays a run that is over once more. */
  resume() {
    this.#conductor.resume();
  }

  /** Moves the cursor by so many events, back if negative. @param {number} n */
  step(n = 1) {
    this.#conductor.step(Math.trunc(Number(n)) || 0);
  }

  /** Moves the cursor to a time. @param {number} ns */
  seek(ns) {
    this.#conductor.player.seek(Number(ns) || 0);
  }

  stop() {
    this.#conductor.stop();
  }

  /** Goes back to before the first run. */
  reset() {
    this.#conductor.reset();
  }

  /** The recorded run as a text in the format that is asked for. @param {"json" | "chrome" | "svg"} format */
  async export(format) {
    const { trace, json } = this.#conductor;
    if (!trace || !json) throw new Error("there is nothing to export yet: run it first");
    return (await import("./exports.js")).exported(trace, json, format, this.#axis);
  }

  /** Puts the recorded run on the browser's own performance timeline, as one that ends now; gives the entries. */
  async measure() {
    return (await import("./exports.js")).measured(this.#conductor.json);
  }

  #toggle() {
    this.#conductor.toggle(() => void this.#start());
  }

  /** @param {number} by how much closer or further; 0 for all of it */
  #zoom(by) {
    const { index, position: t } = this.#conductor.player;
    if (by === 0) this.#view.picture.fit();
    else this.#view.picture.scale(by, { index, t });
  }

  #options() {
    const odd = strange(this, engine.scenarios);
    const harmless = isLeftOver(odd, engine.scenarios);
    const wrong = complaint(this) || (harmless ? "" : odd);
    if (wrong) throw new Error(wrong);
    this.#view.message.note(harmless ? odd : engine.note);
    return options(this, engine.scenarios);
  }

  /** @param {State} state */
  #enter(state) {
    this.setAttribute("state", state);
    this.#view.message.status(this.#frame());
    this.#redraw();
    this.#tend();
    this.#tell("statechange", { state });
  }

  /** Looks again at what takes its time and gives no frames by itself. */
  #tend() {
    clearTimeout(this.#tending);
    if (!this.#conductor.busy) return;
    this.#redraw();
    this.#tending = setTimeout(() => this.#tend(), BRIEF);
  }

  /** @param {string} type @param {unknown} detail */
  #tell(type, detail) {
    // An error does not bubble: what listens for the errors of the whole page is not meant.
    const everywhere = type !== "error";
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: everywhere, composed: everywhere }));
  }

  /** The widget has come near to what the reader sees. */
  #approach() {
    if (this.#near) return;
    this.#near = true;
    if (this.hasAttribute("autoplay") && this.state === "idle") void this.#start();
    else void this.#conductor.check(() => this.#options());
  }

  /** @param {string[]} names */
  #changed(names) {
    if (names.some((name) => LOOKS.includes(name))) this.#dress();
    if (names.includes("speed")) this.#conductor.player.speed = speed(this);
    this.#redraw();
    const parameters = engine.scenarios.find(({ id }) => id === this.getAttribute("scenario"))?.params ?? [];
    const program = ["scenario", "clock", "seed", ...parameters.map(({ name }) => name)];
    if (!this.#near || !names.some((name) => program.includes(name) || LOOKS.includes(name))) return;
    const other = names.includes("scenario");
    const begun = this.#conductor.begun && names.some((name) => program.includes(name));
    // On the virtual clock a run takes no time, so the picture follows; a live run is the reader's to start again.
    if (begun && (this.getAttribute("clock") === "virtual" || (other && this.hasAttribute("autoplay")))) void this.#start();
    else {
      if (begun && other) this.reset();
      void this.#conductor.check(() => this.#options());
    }
  }

  /** Puts on what the attributes say of its looks. */
  #dress() {
    this.#view.arrange(view(this), height(this));
  }

  get #axis() {
    const { state, trace } = this.#conductor;
    const live = trace?.about.clock !== "virtual" && (state === "running" || state === "paused");
    return axis(this, live ? null : trace);
  }

  #redraw() {
    this.#drawing ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    const frame = this.#frame();
    this.#conductor.player.byEvents = frame.axis === "ticks";
    if (this.#view.draw(frame)) this.#redraw();
    drawn(this, frame);
  }

  /** @returns {Frame} */
  #frame() {
    const { trace, moving, busy, brief, since, player: { position, index, edge, following } } = this.#conductor;
    return {
      trace,
      cursor: { index, t: position },
      edge,
      waited: busy ? performance.now() - since : 0,
      state: brief ? "done" : this.state,
      playing: moving,
      following,
      axis: this.#axis,
      speed: speed(this),
      motion: !reduced.matches,
      scenario: engine.scenarios.find(({ id }) => id === this.getAttribute("scenario")),
    };
  }
}
