/**
 * `<loop-scope>` as it stands in the page from the start: the names of the contract and the reader's fallback. All that
 * runs and draws is sent for when the reader comes near, or when a method needs it.
 *
 * @typedef {import("./frame.js").State} State
 * @typedef {import("./scope.js").Scope} Scope
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 */

import { ahead, take } from "../engine/ahead.js";
import { START } from "./start.js";

/** So far below the window's edge a widget is near, in CSS pixels. */
const NEAR = 200;

const PLAIN = ":host{display:block}:host([hidden]){display:none}p{margin:0;padding:12px 16px;border-inline-start:4px solid #d55}";

/** @type {CSSStyleSheet | undefined} */
let sheet;
/**
 * What is used of the module that has come, and the promise of it.
 * @typedef {Pick<typeof import("./scope.js"), "Scope" | "ready" | "scenarios">} Rest
 * @type {Rest | undefined}
 */
let rest;
/** @type {Promise<Rest> | undefined} */
let coming;

/** Sends for all the rest, once; after a failure it may be tried again. */
function load() {
  coming ??= import("./scope.js").then(({ Scope, by, ready, scenarios }) => {
    by(take);
    return (rest = { Scope, ready, scenarios });
  }, (error) => {
    coming = undefined;
    throw new Error(`the widget could not be fetched: ${error.message}`);
  });
  return coming;
}

/** Whether nothing up from here cuts off what stands out of it. @param {Element | null} around @returns {boolean} */
const isFree = (around) => !around || around === document.body || (getComputedStyle(around).overflow === "visible" && isFree(around.parentElement));

export class LoopScope extends HTMLElement {
  /** The scenarios there are; empty until the engine is loaded, see `ready`. */
  static get scenarios() {
    return rest?.scenarios() ?? [];
  }

  /** Loads the engine, and resolves to the scenarios. */
  static async ready() {
    ahead();
    return (await load()).ready();
  }

  /** Those that were put into the page just now. @type {LoopScope[]} */
  static #fresh = [];

  /** Who is near is seen at once: the browser tells it in its next picture. Not in a frame, nor in what may cut it off: of these only it knows what is seen. */
  static #look() {
    const near = LoopScope.#fresh.splice(0).filter((host) => {
      const { top, bottom, left, right } = host.getBoundingClientRect();
      return top < innerHeight + NEAR && left < innerWidth + NEAR && bottom > -NEAR && right > -NEAR && host.checkVisibility() && isFree(host.parentElement);
    });
    for (const host of near) host.#approach();
  }

  /** @type {Scope | null} */
  #scope = null;
  /** @type {Promise<Scope> | null} */
  #coming = null;
  /** @type {State} */
  #state = "idle";
  #sight = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && this.#approach(), { rootMargin: `${NEAR}px` });

  constructor() {
    super();
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(PLAIN);
    }
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(document.createElement("slot"));
  }

  connectedCallback() {
    this.setAttribute("state", this.state);
    this.#sight.observe(this);
    if (window === parent && !document.hidden && LoopScope.#fresh.push(this) === 1) queueMicrotask(LoopScope.#look);
    this.#scope?.connect();
    // What was set before the script came.
    for (const name of /** @type {const} */ (["trace", "position"])) {
      if (!Object.hasOwn(this, name)) continue;
      const value = /** @type {any} */ (this[name]);
      delete this[name];
      /** @type {any} */ (this)[name] = value;
    }
  }

  disconnectedCallback() {
    this.#sight.disconnect();
    // A site that swaps pages takes nodes out and puts them in again: only what stays out is stopped.
    setTimeout(() => this.isConnected || this.#scope?.disconnect());
  }

  get state() {
    return this.#scope?.state ?? this.#state;
  }

  /** The recorded run; set it to show a saved one, as an object or as its text. @returns {TraceJson | null} */
  get trace() {
    return this.#scope?.trace ?? null;
  }

  set trace(json) {
    if (json === null) this.reset();
    else {
      this.#begin();
      void this.#ask((scope) => scope.load(json));
    }
  }

  /** The time that is shown, in nanoseconds of the run's clock. */
  get position() {
    return this.#scope?.position ?? 0;
  }

  set position(ns) {
    this.seek(ns);
  }

  /** Runs the program from its start; resolves to its trace, rejects with what is shown if it cannot be run. @returns {Promise<TraceJson>} */
  run() {
    this.#ahead();
    this.#begin();
    return this.#promise((scope) => scope.run());
  }

  /** Runs it for the page around it, which does not want the trace as an object. */
  [START]() {
    this.#ahead();
    this.#begin();
    void this.#ask((scope) => void scope.start());
  }

  /** Holds a live run, and the cursor. */
  pause() {
    this.#tell((scope) => scope.pause());
  }

  /** Goes on with what was paused; plays a run that is over once more. */
  resume() {
    this.#tell((scope) => scope.resume());
  }

  /** Moves the cursor by so many events, back if negative. @param {number} n */
  step(n = 1) {
    this.#tell((scope) => scope.step(n));
  }

  /** Moves the cursor to a time. @param {number} ns */
  seek(ns) {
    this.#tell((scope) => scope.seek(ns));
  }

  stop() {
    this.#tell((scope) => scope.stop());
  }

  /** Goes back to before the first run. */
  reset() {
    if (!this.#coming && !this.#scope) this.#enter("idle");
    this.#tell((scope) => scope.reset());
  }

  /** The recorded run as a text in the format that is asked for. @param {"json" | "chrome" | "svg"} format */
  export(format) {
    return this.#promise((scope) => scope.export(format));
  }

  /** Puts the recorded run on the browser's own performance timeline, as one that ends now; gives the entries. */
  measure() {
    return this.#promise((scope) => scope.measure());
  }

  #approach() {
    this.#sight.disconnect();
    if (this.hasAttribute("autoplay") && this.state === "idle") this[START]();
    else {
      // Who shows a saved run needs no engine for that.
      if (this.state !== "loading") this.#ahead();
      void this.#ask((scope) => scope.approach());
    }
  }

  /** The engine and its first program need not wait for what draws. */
  #ahead() {
    ahead(this.getAttribute("scenario") ?? "");
  }

  /** The reader and the page are told at once that something will come. */
  #begin() {
    if (!this.#scope) this.#enter("loading");
  }

  /** Does something with all the rest, now if that is there; whoever is not told of a failure sees it. @param {(scope: Scope) => unknown} act */
  #ask(act) {
    if (this.#scope) return act(this.#scope);
    return this.#fetch().then(act, () => {});
  }

  /** The same for those who are given a promise. @template T @param {(scope: Scope) => T | Promise<T>} act @returns {Promise<T>} */
  #promise(act) {
    const promise = this.#scope ? Promise.resolve(act(this.#scope)) : this.#fetch().then(act);
    // The reader is told by the sentence and the page by the event: not handling the promise is no further error.
    promise.catch(() => {});
    return promise;
  }

  /** Of nothing that was run or is about to be, nothing can be asked. @param {(scope: Scope) => void} act */
  #tell(act) {
    if (this.#scope || this.#coming) void this.#ask(act);
  }

  #fetch() {
    this.#coming ??= load().then(({ Scope }) => (this.#scope = new Scope(this, this.#state)), (error) => {
      this.#coming = null;
      this.#fail(error.message);
      throw error;
    });
    return this.#coming;
  }

  /** @param {State} state */
  #enter(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.setAttribute("state", state);
    this.dispatchEvent(new CustomEvent("statechange", { detail: { state }, bubbles: true, composed: true }));
  }

  /** Without the rest, the reader still has the fallback, and a sentence. @param {string} message */
  #fail(message) {
    const sentence = document.createElement("p");
    sentence.role = "alert";
    sentence.textContent = message;
    this.shadowRoot?.replaceChildren(sentence, document.createElement("slot"));
    this.#enter("failed");
    this.dispatchEvent(new CustomEvent("error", { detail: { message } }));
  }
}
