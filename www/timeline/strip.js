/**
 * Rows of pixels that are stretched to the height of a bar: for what is so narrow, and so much, that a shape for each would
 * cost a canvas more than all else. Edges lie on pixels, so that nothing is blurred.
 *
 * @typedef {import("./scale.js").Px} Px
 * @typedef {{ y: Px, h: Px, row: number, rows: number }} Block so many rows of pixels, drawn at `y` and so high
 */

/** So many rows there is room for at first. */
const ROWS = 64;

export class Strip {
  #sheet = document.createElement("canvas");
  #ink = /** @type {CanvasRenderingContext2D} */ (this.#sheet.getContext("2d"));
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(this.#image.data.buffer);
  /** In the order in which they are drawn. @type {Block[]} */
  #blocks = [];
  /** @type {Block | null} */
  #last = null;
  #ratio = 1;

  /** Forgets what was drawn. @param {number} width of the canvas, in its pixels @param {number} ratio how many of them lie in one of the page's */
  begin(width, ratio) {
    this.#ratio = ratio;
    if (this.#image.width === width) this.#pixels.fill(0, 0, this.#used() * width);
    else this.#room(width, ROWS);
    this.#blocks = [];
    this.#last = null;
  }

  /** The block at this place, which is under all that come later. @param {Px} y @param {Px} h @param {number} [rows] how many rows of pixels it has */
  block(y, h, rows = 1) {
    // They are asked for lane by lane.
    if (this.#last?.y === y && this.#last.h === h) return this.#last;
    const known = this.#blocks.find((block) => block.y === y && block.h === h);
    if (known) return (this.#last = known);
    this.#last = { y, h, row: this.#used(), rows };
    this.#blocks.push(this.#last);
    if (this.#used() > this.#image.height) this.#room(this.#image.width, Math.max(this.#used(), 2 * this.#image.height));
    return this.#last;
  }

  /** A block that has a row for each pixel of its height. @param {Px} y @param {Px} h */
  fine(y, h) {
    return this.block(y, h, Math.max(1, Math.round(h * this.#ratio)));
  }

  /** Which row of a block is at this height. @param {Block} block @param {Px} y */
  rowAt({ y: top, rows }, y) {
    return Math.min(rows - 1, Math.max(0, Math.round((y - top) * this.#ratio)));
  }

  /**
   * Fills a part of a block, at least one pixel wide.
   * @param {Block} block @param {Px} x @param {Px} w @param {number} colour as it lies in memory @param {number} [first] @param {number} [end] rows
   */
  fill({ row, rows }, x, w, colour, first = 0, end = rows) {
    const { width } = this.#image;
    const from = Math.max(0, Math.round(x * this.#ratio));
    const to = Math.min(width, Math.max(from + 1, Math.round((x + w) * this.#ratio)));
    // Most are a pixel or two wide: for them `fill` would cost more than this.
    for (let at = row + first; at < row + end; at += 1) for (let k = at * width + from; k < at * width + to; k += 1) this.#pixels[k] = colour;
  }

  /** Draws all blocks. @param {CanvasRenderingContext2D} ink */
  draw(ink) {
    const used = this.#used();
    if (used === 0) return;
    const { width } = this.#image;
    this.#ink.putImageData(this.#image, 0, 0, 0, 0, width, used);
    const on = (/** @type {Px} */ y) => Math.round(y * this.#ratio);
    ink.save();
    ink.resetTransform();
    ink.imageSmoothingEnabled = false;
    for (const { y, h, row, rows } of this.#blocks) ink.drawImage(this.#sheet, 0, row, width, rows, 0, on(y), width, Math.max(1, on(y + h) - on(y)));
    ink.restore();
  }

  #used() {
    const last = this.#blocks.at(-1);
    return last ? last.row + last.rows : 0;
  }

  /** Makes room, and keeps what is there if it is as wide. @param {number} width @param {number} rows */
  #room(width, rows) {
    const old = this.#image.width === width ? this.#pixels : [];
    this.#image = new ImageData(width, rows);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#pixels.set(old);
    Object.assign(this.#sheet, { width, height: rows });
  }
}
