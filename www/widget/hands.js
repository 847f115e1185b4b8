/**
 * What a hand and an eye want when the first picture stands: pointing and picking, keys, zoom, the line under the picture,
 * the legend, the table of events, the notes. Sent for then.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./scope.js").Scope} Scope
 * @typedef {import("./view.js").View} View
 */

import { sentence } from "../trace/sentence.js";
import { AboutLine } from "./about.js";
import { Events } from "./events.js";
import { FullPage } from "./full.js";
import { STYLE } from "./hands-style.js";
import { Keys } from "./keys.js";
import { Legend } from "./legend.js";
import { Notes } from "./notes.js";
import { nothing } from "./nothing.js";
import { Pointer } from "./pointer.js";
import { adopt } from "./styles.js";

/** So many events of a line are looked for. */
const ENOUGH = 400;

export class Hands {
  /** @param {View} view @param {Scope} scope */
  constructor(view, scope) {
    this.view = view;
    this.scope = scope;
    adopt(view.node, STYLE);
    const { conductor, host } = scope;
    this.pointer = new Pointer(view.picture, {
      seek: ({ index, t }) => scope.seekTo(index, t),
      redraw: () => scope.redraw(),
      point: (from, to, cause) => {
        view.output.link(from, to);
        this.#line(cause < 0 ? from : cause);
      },
    });
    view.picture.pointer = this.pointer;
    this.about = new AboutLine(view.about);
    this.legend = new Legend(view.legend, (axis) => host.setAttribute("axis", axis), (by) => this.#zoom(by));
    this.full = new FullPage(this.legend.choices);
    this.events = new Events(view.events, (index) => scope.seekTo(index));
    this.notes = new Notes(view.notes, (index) => scope.seekTo(index));
    this.keys = new Keys(view.help, {
      toggle: () => scope.toggle(),
      step: (n) => scope.step(n),
      nudge: (part) => scope.seek(scope.position + part * conductor.player.edge),
      start: () => scope.seekTo(0),
      finish: () => conductor.player.follow(),
      zoom: (by) => this.#zoom(by),
      lane: (way) => {
        this.pointer.move(way, conductor.player.index);
        this.#announce();
      },
      jump: () => {
        this.pointer.jump();
        this.#announce();
      },
    });
    host.addEventListener("keydown", (event) => this.keys.press(event));
  }

  /** @param {Frame} frame */
  draw(frame) {
    this.about.draw(frame, this.pointer.pointed);
    this.legend.draw(frame, this.pointer.zoom.fitted);
    this.full.draw(this.scope.host, frame.scenario?.params.map(({ name }) => name) ?? []);
    this.events.draw(frame);
    this.notes.draw(frame, this.view.wantsNotes, Boolean(this.view.output.node.hidden));
    nothing(this.view.picture, frame);
  }

  /** What happened last, in words. @param {Frame} frame */
  last({ trace, cursor: { index } }) {
    return trace?.length && index > 0 ? `event ${index} of ${trace.length}: ${sentence(trace, index - 1)}` : "";
  }

  /** Marks in the picture what another panel speaks of, and its line. @param {number[]} events @param {number} event */
  link(events, event) {
    this.pointer.links = events;
    this.#line(event);
    this.scope.redraw();
  }

  /** Marks in the picture what happened in a line of the program. @param {number} line @param {string} file */
  of(line, file) {
    const trace = this.view.frame?.trace;
    /** @type {number[]} */
    const found = [];
    for (let i = 0; line > 0 && trace && i < trace.length && found.length < ENOUGH; i += 1) {
      if (trace.line[i] === line && trace.strings[trace.file[i]] === file) found.push(i);
    }
    this.link(found, -1);
  }

  /** @param {number} event */
  #line(event) {
    const trace = this.view.frame?.trace;
    const known = trace && event >= 0;
    this.view.code?.link(known ? trace.line[event] : 0, known ? trace.strings[trace.file[event]] : "");
  }

  /** Says in the live region what was picked by key: nothing else says so to those who do not see the frame around it. */
  #announce() {
    const { pointed } = this.pointer;
    if (pointed) this.view.message.say(pointed.to ? `${pointed.text}. Enter goes to ${pointed.to}.` : pointed.text);
  }

  /** @param {number} by how much closer or further; 0 for all of it */
  #zoom(by) {
    const { index, position: t } = this.scope.conductor.player;
    if (by === 0) this.pointer.fit();
    else this.pointer.scale(by, { index, t });
  }
}
