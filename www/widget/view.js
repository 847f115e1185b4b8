/** The widget's inside: the panels, which of them are seen, how they point at each other, and what a click in them asks for. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./controls.js").Actions} Actions
 * @typedef {Actions & { seek(cursor: { index: number, t?: number }): void, axis(axis: "time" | "ticks"): void, redraw(): void, zoom(by: number): void }} Wishes
 */

import { AboutLine } from "./about.js";
import { Controls } from "./controls.js";
import { make } from "./dom.js";
import { Events } from "./events.js";
import { Legend } from "./legend.js";
import { Message } from "./message.js";
import { Output } from "./output.js";
import { Picture } from "./picture.js";

/** A widget that is lower than this, in pixels, has no room for a legend. */
const LOW = 440;

export class View {
  message;
  /** The program; sent for when it is wanted. @type {import("./code.js").Code | null} */
  code = null;
  about = new AboutLine();
  wantsNotes = false;
  /** Where the axis ended when it was last drawn. */
  #end = 0;
  /** @type {Frame | null} */
  #frame = null;
  #programs = make("div", { class: "program" }, make("slot", { name: "parameters" }));

  /** @param {Wishes} wishes @param {Node} help */
  constructor(wishes, help) {
    this.wishes = wishes;
    this.message = new Message((index) => wishes.seek({ index }), wishes.stop);
    this.picture = new Picture({ seek: wishes.seek, redraw: wishes.redraw, point: (from, to, cause) => this.#pointed(from, to, cause) });
    this.legend = new Legend(wishes.axis, wishes.zoom);
    this.controls = new Controls(wishes, (part) => this.#scrub(part, wishes));
    this.events = new Events((index) => wishes.seek({ index }));
    this.output = new Output((event) => this.#link(event < 0 ? [] : [event], event));
    this.fallback = make("slot");
    this.stage = make("div", { class: "stage" }, this.picture.node, this.about.node, this.legend.node, this.controls.node, help);
    this.side = make("div", { class: "side" }, this.output.node, make("slot", { name: "figures" }), this.message.panel);
    this.node = make("div", { class: "frame", part: "frame" }, make("div", { class: "messages" }, ...this.message.nodes),
      this.#programs, this.stage, this.side, this.events.node, this.fallback);
  }

  /** Shows the panels that are wanted. @param {readonly string[]} view @param {string} height */
  arrange(view, height) {
    const wants = (/** @type {string} */ name) => view.includes(name);
    const drawn = wants("timeline") || wants("queue") || wants("memory");
    this.picture.shown = { lanes: wants("timeline"), queue: wants("queue"), memory: wants("memory") };
    this.picture.node.hidden = this.about.node.hidden = this.events.node.hidden = !drawn;
    this.legend.node.hidden = !drawn;
    this.controls.node.hidden = !wants("controls");
    this.stage.hidden = !drawn && !wants("controls");
    this.output.node.hidden = !wants("output");
    if (wants("code")) this.#sendForCode();
    if (this.code) this.code.node.hidden = !wants("code");
    this.node.classList.toggle("coded", wants("code"));
    this.node.classList.toggle("sided", (wants("output") || wants("notes")) && (!this.stage.hidden || wants("code")));
    this.node.style.blockSize = height;
    this.node.classList.toggle("fixed", height !== "");
    this.node.classList.toggle("low", height.endsWith("px") && parseFloat(height) < LOW);
    this.wantsNotes = wants("notes");
  }

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    this.#frame = frame;
    this.fallback.hidden = frame.trace !== null;
    this.node.classList.toggle("blank", frame.state === "failed" && !frame.trace?.length);
    const again = this.picture.draw(frame);
    const { axis } = this.picture;
    const end = axis?.end(frame.edge) ?? 0;
    this.#end = end;
    this.about.draw(frame, this.picture.pointed);
    this.controls.draw(frame, axis && end > 0 ? axis.cursor(frame.cursor) / end : 0);
    this.legend.draw(frame, this.picture.zoom.fitted);
    this.output.draw(frame);
    this.code?.draw(frame);
    this.events.draw(frame);
    this.message.draw(frame, this.wantsNotes);
    return again;
  }

  /** Says in the live region what was picked by key: nothing else says so to those who do not see the frame around it. */
  announce() {
    const { pointed } = this.picture;
    if (pointed) this.message.say(pointed.to ? `${pointed.text}. Enter goes to ${pointed.to}.` : pointed.text);
  }

  #sendForCode() {
    if (this.code) return;
    void import("./code.js").then(({ Code }) => {
      if (this.code) return;
      this.code = new Code((line, file) => this.#link(line > 0 ? this.#of(line, file) : [], -1));
      this.code.node.hidden = !this.node.classList.contains("coded");
      this.#programs.prepend(this.code.node);
      this.wishes.redraw();
    });
  }

  /** Something in the picture is pointed at: its line and its output are marked. @param {number} from @param {number} to @param {number} cause */
  #pointed(from, to, cause) {
    this.output.link(from, to);
    this.#line(cause < 0 ? from : cause);
  }

  /** Something outside of the picture is pointed at: its events are marked there, and its line. @param {number[]} events @param {number} event */
  #link(events, event) {
    this.picture.links = events;
    this.#line(event);
    this.wishes.redraw();
  }

  /** @param {number} event */
  #line(event) {
    const trace = this.#frame?.trace;
    const known = trace && event >= 0;
    this.code?.link(known ? trace.line[event] : 0, known ? trace.strings[trace.file[event]] : "");
  }

  /** The events that happened in a line of the program. @param {number} line @param {string} file */
  #of(line, file) {
    const trace = this.#frame?.trace;
    /** @type {number[]} */
    const found = [];
    for (let i = 0; trace && i < trace.length && found.length < 400; i += 1) {
      if (trace.line[i] === line && trace.strings[trace.file[i]] === file) found.push(i);
    }
    return found;
  }

  /** @param {number} part @param {Wishes} wishes */
  #scrub(part, { seek, redraw }) {
    const { axis } = this.picture;
    if (axis) seek(axis.seek(part * this.#end));
    redraw();
  }
}
