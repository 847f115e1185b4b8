/** The widget's inside: the panels, which of them are seen, and what a click in them asks for. */

/**
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./controls.js").Actions} Actions
 * @typedef {Actions & { seek(cursor: { index: number, t?: number }): void, axis(axis: "time" | "ticks"): void, redraw(): void }} Wishes
 */

import { Code } from "./code.js";
import { Controls } from "./controls.js";
import { make } from "./dom.js";
import { Events } from "./events.js";
import { Legend } from "./legend.js";
import { Message } from "./message.js";
import { Output } from "./output.js";
import { Picture } from "./picture.js";

export class View {
  message = new Message();
  output = new Output();
  code = new Code();

  /** @param {Wishes} wishes @param {Node} help */
  constructor(wishes, help) {
    this.picture = new Picture(wishes.seek, wishes.redraw);
    this.legend = new Legend(wishes.axis);
    this.controls = new Controls(wishes, (part) => this.#scrub(part, wishes));
    this.events = new Events((index) => wishes.seek({ index }));
    this.fallback = make("slot");
    this.program = make("div", { class: "program" }, this.code.node, make("slot", { name: "parameters" }));
    this.stage = make("div", { class: "stage" }, this.picture.node, this.legend.node, this.controls.node, help);
    this.side = make("div", { class: "side" }, this.output.node, make("slot", { name: "figures" }), this.message.panel);
    this.node = make("div", { class: "frame", part: "frame" }, make("div", { class: "messages" }, ...this.message.nodes),
      this.program, this.stage, this.side, this.events.node, this.fallback);
  }

  /** Shows the panels that are wanted. @param {readonly string[]} view @param {string} height */
  arrange(view, height) {
    const wants = (/** @type {string} */ name) => view.includes(name);
    this.picture.node.hidden = this.legend.node.hidden = this.events.node.hidden = !wants("timeline");
    this.controls.node.hidden = !wants("controls");
    this.stage.hidden = !wants("timeline") && !wants("controls");
    this.output.node.hidden = !wants("output");
    this.code.node.hidden = !wants("code");
    this.node.classList.toggle("coded", wants("code"));
    this.node.classList.toggle("sided", (wants("output") || wants("notes")) && (!this.stage.hidden || wants("code")));
    this.node.style.blockSize = height;
    this.node.classList.toggle("fixed", height !== "");
    this.wantsNotes = wants("notes");
  }

  wantsNotes = false;
  /** Where the axis ended when it was last drawn. */
  #end = 0;

  /** Draws, and says whether it wants to be drawn again soon. @param {Frame} frame */
  draw(frame) {
    this.fallback.hidden = frame.trace !== null;
    this.node.classList.toggle("blank", frame.state === "failed" && !frame.trace?.length);
    const again = this.picture.draw(frame);
    const { axis } = this.picture;
    const end = axis?.end(frame.edge) ?? 0;
    this.#end = end;
    this.controls.draw(frame, axis && end > 0 ? axis.cursor(frame.cursor) / end : 0);
    this.legend.draw(frame);
    this.output.draw(frame);
    this.code.draw(frame);
    this.events.draw(frame);
    this.message.draw(frame, this.wantsNotes);
    return again;
  }

  /** @param {number} part @param {Wishes} wishes */
  #scrub(part, { seek, redraw }) {
    const { axis } = this.picture;
    if (axis) seek(axis.seek(part * this.#end));
    redraw();
  }
}
