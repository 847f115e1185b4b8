/** The widget's inside: the panels, which of them are seen, and what comes to them later. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./scope.js").Scope} Scope
 */

import { Controls } from "./controls.js";
import { make } from "./dom.js";
import { Message } from "./message.js";
import { Output } from "./output.js";
import { Picture } from "./picture.js";
import { adopt } from "./styles.js";

/** A widget that is lower than this, in pixels, has no room for a legend. */
const LOW = 440;
/** Who waits longer than this, in milliseconds, is told of it. */
const LONG = 1000;
/** When the first picture stands, in milliseconds, there is time for what a hand may want. */
const LATER = 300;
/** What a hand does before all that it can do is there; it is done again then. */
const EARLY = ["pointerdown", "pointerup", "dblclick", "keydown"];
/** What tells that a hand is near. */
const NEAR = ["pointerover", "focusin", ...EARLY];

export class View {
  message = new Message();
  /** What a hand and an eye want next. @type {import("./hands.js").Hands | null} */
  hands = null;
  /** The program; sent for when it is wanted. @type {import("./code.js").Code | null} */
  code = null;
  /** @type {import("./progress.js").Progress | null} */
  #progress = null;
  wantsNotes = false;
  wantsCode = false;
  /** @type {Frame | null} */
  frame = null;
  /** Where the axis ended when it was last drawn. */
  #end = 0;
  /** What a hand did before all that it can do was there. @type {[EventTarget, Event][]} */
  #early = [];
  /** Whether help was asked for then. */
  #asked = false;
  /** What was sent for. @type {Set<string>} */
  #sent = new Set();
  #programs = make("div", { class: "program" }, make("slot", { name: "parameters" }));

  // Their places are there from the start, so that nothing moves when they are filled.
  about = make("p", { class: "about", part: "about" });
  legend = make("div", { class: "legend", part: "legend" });
  help = make("dl", { class: "help", part: "help", hidden: true });
  notes = make("section", { class: "panel notes", part: "notes", hidden: true });
  events = make("details", { class: "panel events", part: "events" }, make("summary", {}, "Events"));
  fallback = make("slot");

  /** @param {Scope} scope */
  constructor(scope) {
    this.scope = scope;
    const lost = ({ message = "" }) => this.message.alarm(`a part of the widget could not be fetched: ${message}`);
    this.lost = lost;
    this.picture = new Picture(() => scope.redraw(), lost);
    this.controls = new Controls({
      toggle: () => scope.toggle(),
      run: () => void scope.start(),
      stop: () => scope.stop(),
      step: (n) => scope.step(n),
      speed: (speed) => scope.host.setAttribute("speed", String(speed)),
      help: () => (this.hands ? this.hands.keys.help() : this.#asked = true),
    }, (part) => this.#scrub(part));
    this.output = new Output((event) => this.hands?.link(event < 0 ? [] : [event], event));
    this.stage = make("div", { class: "stage" }, this.picture.node, this.about, this.legend, this.controls.node, this.help);
    this.side = make("div", { class: "side" }, this.output.node, make("slot", { name: "figures" }), this.notes);
    this.node = make("div", { class: "frame", part: "frame" }, this.message.node,
      this.#programs, this.stage, this.side, this.events, this.fallback);
    for (const type of NEAR) this.node.addEventListener(type, this.#reach);
  }

  /** Shows the panels that are wanted. @param {readonly string[]} view @param {string} height */
  arrange(view, height) {
    const wants = (/** @type {string} */ name) => view.includes(name);
    const drawn = wants("timeline") || wants("queue") || wants("memory");
    this.picture.shown = { lanes: wants("timeline"), queue: wants("queue"), memory: wants("memory") };
    for (const node of [this.picture.node, this.about, this.legend, this.events]) node.hidden = !drawn;
    this.controls.node.hidden = !wants("controls");
    this.stage.hidden = !drawn && !wants("controls");
    this.output.node.hidden = !wants("output");
    this.wantsNotes = wants("notes");
    this.wantsCode = wants("code");
    if (this.code) this.code.node.hidden = !this.wantsCode;
    const { classList, style } = this.node;
    classList.toggle("coded", this.wantsCode);
    classList.toggle("sided", (wants("output") || wants("notes")) && (!this.stage.hidden || this.wantsCode));
    style.blockSize = height;
    classList.toggle("fixed", height !== "");
    classList.toggle("low", height.endsWith("px") && parseFloat(height) < LOW);
    if (!this.wantsCode) return;
    this.#need("code", () => this.#sendForCode());
    // Whoever reads the program is about to point at it.
    this.#need("hands", () => this.#hands());
  }

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    this.frame = frame;
    this.fallback.hidden = frame.trace !== null;
    this.node.classList.toggle("blank", frame.state === "failed" && !frame.trace?.length);
    const again = this.picture.draw(frame);
    const { axis } = this.picture;
    this.#end = axis?.end(frame.edge) ?? 0;
    this.controls.draw(frame, axis && this.#end > 0 ? axis.cursor(frame.cursor) / this.#end : 0, this.hands?.last(frame) ?? "");
    this.output.draw(frame);
    this.code?.draw(frame);
    this.hands?.draw(frame);
    if (frame.waited >= LONG) this.#need("progress", () => import("./progress.js").then(({ Progress, STYLE }) => {
      adopt(this.node, STYLE);
      this.#progress = new Progress(this.message.node, () => this.scope.stop());
    }));
    this.#progress?.draw(frame, LONG);
    if (frame.trace && (this.picture.drawn || this.picture.node.hidden || frame.state === "done")) this.#need("later", () => void setTimeout(() => this.#need("hands", () => this.#hands()), LATER));
    return again;
  }

  /** Sends for something once. @param {string} what @param {() => Promise<unknown> | void} send */
  #need(what, send) {
    if (this.#sent.has(what)) return;
    this.#sent.add(what);
    send()?.catch((error) => {
      this.#sent.delete(what);
      this.lost(error);
    });
  }

  async #hands() {
    this.scope.prepare();
    const { Hands } = await import("./hands.js");
    this.hands ??= new Hands(this, this.scope);
    for (const type of NEAR) this.node.removeEventListener(type, this.#reach);
    if (this.#asked) this.hands.keys.help();
    for (const [target, event] of this.#early) target.dispatchEvent(new /** @type {any} */ (event.constructor)(event.type, event));
    this.scope.redraw();
  }

  /** A hand is near, or is quicker than what it needs. @param {Event} event */
  #reach = (event) => {
    this.#need("hands", () => this.#hands());
    if (EARLY.includes(event.type)) this.#early.push([event.composedPath()[0], event]);
  };

  async #sendForCode() {
    const { Code, STYLE } = await import("./code.js");
    adopt(this.node, STYLE);
    this.code = new Code((line, file) => this.hands?.of(line, file));
    this.code.node.hidden = !this.wantsCode;
    this.#programs.prepend(this.code.node);
    this.scope.redraw();
  }

  /** @param {number} part */
  #scrub(part) {
    const { axis } = this.picture;
    if (axis) {
      const { index, t } = axis.seek(part * this.#end);
      this.scope.seekTo(index, t);
    }
    this.scope.redraw();
  }
}
