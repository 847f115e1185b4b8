/**
 * Paints what lies in the rows on a canvas: for runs with more in them than SVG can move. It looks the same.
 *
 * @typedef {import("./timeline.js").Picture} Picture
 */

import { COLOURS } from "./colours.js";
import { FONTS } from "./fonts.js";
import { Strip } from "./strip.js";

/** Lines of a pattern by state: how far apart, and where they lead. */
const TILES = /** @type {const} */ ([["waiting", 6], ["frozen", 5], ["held", 5], ["late", 5], ["ready", 5]]);

/** What waits, from what lies lowest. */
const STATES = ["ready", "waiting", "held", "frozen"];

/** What is so narrow that it has no pattern, and what runs: a colour, and how much of it there is over the ground of a lane. @type {Record<string, [colour: string, percent: number]>} */
const PLAIN = {
  ready: ["ready", 50],
  waiting: ["waiting", 50],
  held: ["error", 50],
  frozen: ["frozen", 50],
  running: ["running", 100],
  area: ["accent", 26],
  level: ["accent", 100],
};

/** How thick a line is. */
const LINE = 1.5;

/** Narrower than this no pattern is seen. */
const NARROW = 6;

export class Painter {
  /** Not seen before something is painted on it. */
  node = Object.assign(document.createElement("canvas"), { className: "paint", hidden: true });
  #ink = /** @type {CanvasRenderingContext2D} */ (this.node.getContext("2d"));
  #probe = document.createElement("i");
  /** @type {Record<string, string>} */
  #colours = {};
  /** @type {Record<string, string>} */
  #fonts = {};
  /** Those of what is plain, as pixels. @type {Record<string, number>} */
  #pale = {};
  #strip = new Strip();
  #painted = "";
  #ratio = 0;
  /** @type {Record<string, CanvasPattern>} */
  #fills = {};

  /** @param {() => void} redraw is called when what was painted is gone or too coarse */
  constructor(redraw) {
    this.redraw = redraw;
    Object.assign(this.node.style, { position: "absolute", inset: 0, pointerEvents: "none" });
    this.node.setAttribute("aria-hidden", "true");
    this.#probe.hidden = true;
    this.node.addEventListener("contextrestored", () => {
      // The patterns are gone with it.
      this.#colours = {};
      redraw();
    });
  }

  /** @param {Picture} picture @param {{ left: number, right: number }} room */
  draw(picture, { left, right }) {
    const ink = this.#ink;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [picture.width * ratio, picture.height * ratio].map(Math.round);
    if (ratio !== this.#ratio) this.#watch(ratio);
    if (this.node.width !== width || this.node.height !== height) {
      // It is empty after that.
      Object.assign(this.node, { width, height });
      this.#painted = "";
      Object.assign(this.node.style, { inlineSize: `${picture.width}px`, blockSize: `${picture.height}px` });
    }
    // The cursor and its veil are not painted here: where only they have moved, there is nothing to do.
    if (!this.#mix() && picture.key === this.#painted) return;
    this.#painted = picture.key;
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.clearRect(0, 0, picture.width, picture.height);
    ink.save();
    ink.beginPath();
    ink.rect(0, 0, picture.width, picture.bottom);
    ink.clip();
    ink.fillStyle = this.#colours["rule"];
    for (const { x } of picture.ticks) ink.fillRect(x - 0.5, 0, 1, picture.bottom);
    ink.fillStyle = this.#colours["sunk"];
    for (const { y, lane } of picture.rows) if (lane) ink.fillRect(left, y + 7, right - left, 18);
    this.#bands(picture.bands);
    this.#bars(picture.bars);
    this.#spans(picture.spans);
    for (const { x, y, w, kind } of picture.gaps) {
      ink.fillStyle = kind === "block" ? this.#colours["error"] : this.#fills["late"];
      ink.fillRect(x, y, w, 18);
    }
    this.#marks(picture.marks);
    this.#arrows(picture.arrows);
    ink.restore();
  }

  /** On another screen a pixel is another. Painters come and go, and what asks the screen stays. @param {number} ratio */
  #watch(ratio) {
    this.#ratio = ratio;
    const painter = new WeakRef(this);
    matchMedia(`(resolution: ${ratio}dppx)`).addEventListener("change", () => painter.deref()?.redraw(), { once: true });
  }

  /** Patterns first: what is narrow and what runs is short, and must not be covered by what waits around it. @param {Picture["bars"]} bars */
  #bars(bars) {
    const ink = this.#ink;
    const strip = this.#strip;
    const wide = bars.filter(({ state, w }) => state !== "running" && w >= NARROW);
    for (const state of STATES) {
      ink.fillStyle = this.#fills[state === "held" ? "late" : state];
      // Together: each for itself costs more than twice as much.
      ink.beginPath();
      for (const { x, y, w, h, state: own } of wide) if (own === state) this.#box(x, y, w, h);
      ink.fill();
    }
    strip.begin(this.node.width, this.#ratio);
    for (const { x, y, w, h, state } of wide) {
      strip.fill(strip.block(y, 1), x, w, this.#pale[state]);
      strip.fill(strip.block(y + h - 1, 1), x, w, this.#pale[state]);
    }
    // A pattern needs room to be seen. What has none is plain, and lighter than what runs.
    for (const { x, y, w, h, state } of bars) if (state !== "running") strip.fill(strip.block(y, h), x, w < NARROW ? w : 1, this.#pale[state]);
    for (const { x, y, w, h, state } of bars) if (state === "running") strip.fill(strip.block(y, h), x, w, this.#pale[state]);
    strip.draw(ink);
    ink.font = `11px ${this.#fonts["sans"]}`;
    ink.lineJoin = "round";
    ink.lineWidth = 4;
    for (const { x, y, text, state } of bars) if (text) this.#write(text, x + 14, y + 13, state === "held" ? "error-ground" : `${state}-ground`);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} ground */
  #write(text, x, y, ground) {
    this.#ink.strokeStyle = this.#colours[ground];
    this.#ink.strokeText(text, x, y);
    this.#ink.fillStyle = this.#colours["ink"];
    this.#ink.fillText(text, x, y);
  }

  /** @param {Picture["bands"]} bands */
  #bands(bands) {
    const ink = this.#ink;
    const strip = this.#strip;
    for (const { x, y, w, h, steps, held, line } of bands) {
      ink.fillStyle = this.#colours["sunk"];
      ink.fillRect(x, y, w, h);
      strip.begin(this.node.width, this.#ratio);
      const block = strip.fine(y, h);
      for (const step of steps) {
        const top = strip.rowAt(block, step.y);
        strip.fill(block, step.x, step.w, this.#pale["area"], top);
        strip.fill(block, step.x, step.w, this.#pale["level"], top, top + 1);
      }
      strip.draw(ink);
      ink.fillStyle = this.#fills["held"];
      ink.beginPath();
      for (const stretch of held) this.#box(stretch.x, y, stretch.w, h);
      ink.fill();
      if (line < 0) continue;
      ink.strokeStyle = this.#colours["error"];
      ink.lineWidth = LINE;
      ink.setLineDash([5, 3]);
      this.#line(x, line, x + w, line);
      ink.setLineDash([]);
    }
  }

  /** @param {Picture["spans"]} spans */
  #spans(spans) {
    const ink = this.#ink;
    ink.font = `11px ${this.#fonts["sans"]}`;
    for (const { x, y, w, body, exit, text, kind } of spans) {
      const sound = kind === "whole" || kind === "open";
      ink.fillStyle = this.#colours[sound ? "frozen-ground" : "error-ground"];
      ink.fillRect(body, y, Math.max(0, exit - body), 12);
      ink.strokeStyle = this.#colours[sound ? "frozen" : "error"];
      ink.lineWidth = LINE;
      ink.stroke(new Path2D(`M${x} ${y}V${y + 12}H${x + w}${kind === "whole" || kind === "failed" ? `V${y}` : ""}`));
      ink.fillStyle = this.#colours["ink"];
      if (text) ink.fillText(text, Math.max(x, 4) + 6, y + 9.5);
    }
  }

  /** Lines, then what lies at their ends, then words: each kind at once, and no line over a value. @param {Picture["marks"]} marks */
  #marks(marks) {
    const ink = this.#ink;
    ink.strokeStyle = ink.fillStyle = this.#colours["ink"];
    ink.lineWidth = LINE;
    for (const { x, y, fromX, fromY } of marks) {
      // What is taken at once has an upright line, and a rectangle costs a third.
      if (Math.abs(x - fromX) < 0.5) ink.fillRect(x - LINE / 2, Math.min(y, fromY), LINE, Math.abs(y - fromY));
      else this.#line(fromX, fromY, x, y);
    }
    ink.beginPath();
    for (const { x, y, w } of marks) {
      const h = Math.min(w, 16);
      ink.roundRect(x - w / 2, y - h / 2, w, h, h / 2);
    }
    ink.fill();
    ink.textAlign = "center";
    ink.font = `600 11px ${this.#fonts["mono"]}`;
    ink.fillStyle = this.#colours["paper"];
    for (const { x, y, text } of marks) if (text) ink.fillText(text, x, y + 4);
    ink.textAlign = "start";
  }

  /** @param {Picture["arrows"]} arrows */
  #arrows(arrows) {
    const ink = this.#ink;
    ink.strokeStyle = ink.fillStyle = this.#colours["error"];
    for (const { x, y, fromY } of arrows) {
      const way = y >= fromY ? 1 : -1;
      this.#line(x, fromY, x, y - way * 6);
      ink.fill(new Path2D(`M${x - 4} ${y - way * 8}L${x} ${y}L${x + 4} ${y - way * 8}Z`));
    }
  }

  /** Adds a rectangle whose sides lie on pixels to what is filled next. @param {number} x @param {number} y @param {number} w @param {number} h */
  #box(x, y, w, h) {
    const from = Math.round(x);
    this.#ink.rect(from, y, Math.round(x + w) - from, h);
  }

  /** @param {number} x @param {number} y @param {number} toX @param {number} toY */
  #line(x, y, toX, toY) {
    this.#ink.beginPath();
    this.#ink.moveTo(x, y);
    this.#ink.lineTo(toX, toY);
    this.#ink.stroke();
  }

  /** Mixes the inks, and says so, if the theme is another one than before: the style sheet alone knows what is meant. */
  #mix() {
    if (!this.#probe.isConnected) this.node.after(this.#probe);
    const ask = (/** @type {"color" | "fontFamily"} */ property, /** @type {string} */ value) => {
      this.#probe.style[property] = value;
      return getComputedStyle(this.#probe)[property];
    };
    const colour = (/** @type {string} */ name) => ask("color", `var(--${name})`);
    if (colour("ink") === this.#colours["ink"]) return false;
    this.#colours = Object.fromEntries(Object.keys(COLOURS).map((name) => [name, colour(name)]));
    this.#fonts = Object.fromEntries(Object.keys(FONTS).map((name) => [name, ask("fontFamily", `var(--${name})`)]));
    this.#pale = Object.fromEntries(Object.entries(PLAIN).map(([what, [name, percent]]) => [what, pixel(ask("color", `color-mix(in srgb, var(--${name}) ${percent}%, var(--sunk))`))]));
    this.#fills = {};
    for (const [state, size] of TILES) this.#fills[state] = this.#tile(state, size);
    return true;
  }

  /** @param {string} state @param {number} size */
  #tile(state, size) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const ink = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    const [ground, line] = state === "held" ? ["", "error"] : state === "late" ? ["error-ground", "error"] : state === "ready" ? ["paper", "ready"] : [`${state}-ground`, state];
    ink.fillStyle = this.#colours[ground] ?? "transparent";
    ink.fillRect(0, 0, size, size);
    ink.strokeStyle = ink.fillStyle = this.#colours[line];
    ink.globalAlpha = 0.55;
    if (state === "ready") ink.fillRect(2, 2, 2, 2);
    else if (state === "frozen") ink.fillRect(0, 0, 1, size);
    else for (let k = -1; k < 2; k += 1) for (let x = 0; x < size; x += 1) ink.fillRect(x, (state === "waiting" ? size - x : x) + k * size, 1, 1);
    return /** @type {CanvasPattern} */ (this.#ink.createPattern(tile, "repeat"));
  }
}

/** A colour as it lies in memory. @param {string} mixed what `color-mix` in sRGB computes to: `color(srgb 0.1 0.2 0.3)`, with `/ 0.5` if light comes through */
function pixel(mixed) {
  const parts = mixed.match(/[\d.]+(e-\d+)?/g) ?? [];
  const bytes = Uint8ClampedArray.from([0, 1, 2, 3], (k) => Math.round(Number(parts[k] ?? 1) * 255));
  return new Uint32Array(bytes.buffer)[0];
}
