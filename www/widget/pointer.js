/**
 * What a hand points at in the picture, picks in it, and how closely it looks.
 *
 * @typedef {import("./frame.js").Frame} Frame
 * @typedef {import("./hit.js").Hit} Hit
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("../timeline/lane.js").Lane} Lane
 * @typedef {import("../timeline/scale.js").Cursor} Cursor
 * @typedef {{ seek(cursor: Cursor): void, redraw(): void, point(from: number, to: number, cause: number): void }} Wishes
 *   `point` tells from which event to which something is pointed at, and which one says why; -1 for nothing
 */

import { explain } from "../timeline/explain.js";
import { AXIS } from "../timeline/timeline.js";
import { Layer, set, svg } from "../timeline/svg.js";
import { Zoom } from "../timeline/zoom.js";
import { gestures } from "./gestures.js";
import { hit } from "./hit.js";

/** Of a line of the program that is pointed at, so many of its events are marked. */
const LINKS = 400;

export class Pointer {
  /** What the reader has picked, as an entry of a lane. @type {{ lane: Lane, k: number } | null} */
  picked = null;
  /** Events of other panels that are pointed at. @type {readonly number[]} */
  links = [];

  zoom = new Zoom();
  /** @type {Hit | null} */
  #hover = null;
  #frame = svg("rect", { class: "picked", rx: 3, visibility: "hidden" });
  #marks = /** @type {Layer<{ key: string, x: number }>} */ (new Layer(
    () => svg("path", { class: "linked", d: "M-5 9L0 0L5 9Z" }),
    (node, { x }) => set(node, { transform: `translate(${Math.round(x * 2) / 2} ${this.picture.renderer.bottom - 5})` })));

  /** @param {Picture} picture @param {Wishes} wishes */
  constructor(picture, wishes) {
    this.picture = picture;
    this.wishes = wishes;
    picture.zoom = this.zoom;
    const { node, renderer } = picture;
    renderer.floor.before(this.#frame);
    renderer.node.append(this.#marks.node);
    const found = (/** @type {number} */ x, /** @type {number} */ y) => this.#hit(x, y);
    gestures(node, renderer.node, {
      seek: (x, y) => this.#press(x, y),
      pan: (pixels) => this.#change((zoom) => zoom.pan(pixels / picture.scale.pixels, picture.whole)),
      zoom: (factor, x) => this.#change((zoom) => zoom.by(factor, picture.scale.at(x), picture.whole)),
      hover: (x, y) => this.#point(found(x, y)),
      leave: () => this.#point(null),
      zoomed: () => !this.zoom.fitted,
      ruler: (y) => picture.drawn !== null && y > picture.drawn.bottom,
      look: (x, y) => this.#look(found(x, y)),
    });
  }

  /** Another run is shown. */
  forget() {
    this.picked = this.#hover = null;
  }

  /** What is pointed at or picked, in words, and who ended it. */
  get pointed() {
    if (this.#hover?.title) return { text: this.#hover.title, to: "", jump: () => {} };
    const entry = this.#hover?.lane ? { lane: this.#hover.lane, k: this.#hover.k } : this.picked;
    if (!entry || !this.picture.lanes || entry.k >= entry.lane.states.length) return null;
    const { text, lane } = explain(this.picture.lanes, entry.lane, entry.k);
    return { text, to: lane?.name ?? "", jump: () => this.jump(entry) };
  }

  /** Goes to whoever ended a wait, at the event with which that was done. @param {{ lane: Lane, k: number } | null} [entry] */
  jump(entry = this.picked) {
    const lanes = this.picture.lanes;
    const other = entry && lanes ? explain(lanes, entry.lane, entry.k).lane : null;
    if (!entry || !lanes || !other) return;
    const end = entry.lane.until(entry.k);
    const index = end < 0 ? lanes.trace.length : end + 1;
    const k = Math.max(0, other.states.before(index));
    this.picked = { lane: other, k };
    this.#hover = null;
    this.#reveal(other);
    this.wishes.seek({ index, t: lanes.trace.t[index - 1] ?? 0 });
    this.#tell();
  }

  /** Picks a lane above or below, at the cursor. @param {-1 | 1} way @param {number} index */
  move(way, index) {
    const lanes = this.picture.rows.list.flatMap(({ lane }) => lane ?? []);
    const at = this.picked ? lanes.indexOf(this.picked.lane) + way : way > 0 ? 0 : lanes.length - 1;
    const lane = lanes[at];
    if (!lane) return;
    this.#hover = null;
    this.picked = { lane, k: Math.max(0, lane.states.before(index)) };
    this.#reveal(lane);
    this.#tell();
  }

  /** Shows a part, around the cursor if that is seen. @param {number} factor @param {Cursor} cursor */
  scale(factor, cursor) {
    const at = this.picture.axis?.cursor(cursor) ?? 0;
    const middle = (this.zoom.start + this.zoom.end) / 2;
    this.#change((zoom) => zoom.by(factor, at >= zoom.start && at <= zoom.end ? at : middle, this.picture.whole));
  }

  fit() {
    this.#change((zoom) => zoom.fit());
  }

  /** Frames what is picked, and marks what it is linked with. @param {Frame} frame */
  pick({ cursor }) {
    // What was picked by lane goes on with the cursor.
    if (this.picked && this.picked.lane.at(cursor.index) >= 0) this.picked.k = this.picked.lane.at(cursor.index);
    const entry = this.#hover?.lane ? this.#hover : this.picked;
    const bars = this.picture.drawn?.bars.filter(({ lane }) => lane === entry?.lane) ?? [];
    const frame = entry?.lane ? bars.find(({ k }) => k === entry.k) ?? bars.findLast(({ k }) => k <= entry.k) : this.#hover?.frame;
    const axis = /** @type {import("../timeline/scale.js").Axis} */ (this.picture.axis);
    set(this.#frame, frame ? { x: frame.x - 1, y: frame.y - 1, width: Math.max(4, frame.w + 2), height: frame.h + 2, visibility: "visible" } : { visibility: "hidden" });
    this.#marks.draw(this.links.slice(0, LINKS).map((i, k) => ({ key: `link-${k}`, x: this.picture.scale.x(axis.of(i)) })));
  }

  /** @param {number} x @param {number} y */
  #hit(x, y) {
    const { drawn, lanes } = this.picture;
    return drawn && lanes && hit(drawn, lanes.trace, x, y);
  }

  /** @param {number} x @param {number} y */
  #press(x, y) {
    if (!this.picture.axis || !this.picture.drawn) return;
    this.wishes.seek(this.picture.axis.seek(this.picture.scale.at(x)));
    const found = y > this.picture.drawn.bottom ? null : this.#hit(x, y);
    this.picked = found?.lane ? { lane: found.lane, k: found.k } : null;
    this.#point(null);
    this.#tell();
  }

  /** @param {Hit | null} found */
  #point(found) {
    if (found?.lane === this.#hover?.lane && found?.k === this.#hover?.k && found?.title === this.#hover?.title) return;
    this.#hover = found;
    this.#tell();
  }

  #tell() {
    const entry = this.#hover?.lane ? { lane: this.#hover.lane, k: this.#hover.k } : this.picked;
    if (!entry) this.wishes.point(-1, -1, -1);
    else this.wishes.point(entry.lane.states.at[entry.k], entry.lane.until(entry.k), entry.lane.states.extra[entry.k]);
    this.wishes.redraw();
  }

  /** Shows what lies there as large as there is room. @param {Hit | null} found */
  #look(found) {
    const { axis } = this.picture;
    if (!found?.lane || !axis) return this.fit();
    const to = found.lane.until(found.k);
    this.#change((zoom) => zoom.show(axis.of(found.lane?.states.at[found.k] ?? 0), to < 0 ? this.picture.whole : axis.of(to), this.picture.whole));
  }

  /** Scrolls to a lane. @param {Lane} lane */
  #reveal(lane) {
    const row = this.picture.rows.of(lane);
    if (!row) return;
    const { scrollTop, clientHeight } = this.picture.node;
    if (row.y < scrollTop) this.picture.node.scrollTop = row.y;
    else if (row.y + row.h + AXIS > scrollTop + clientHeight) this.picture.node.scrollTop = row.y + row.h + AXIS - clientHeight;
  }

  /** @param {(zoom: Zoom) => void} change */
  #change(change) {
    change(this.zoom);
    this.wishes.redraw();
  }
}
