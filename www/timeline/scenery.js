/**
 * What few programs need of a picture: contexts, queues and gauges, requests to stop, a loop that starves, and the axis of
 * turns. Sent for when a program has it.
 *
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {import("./scale.js").Axis} Axis
 * @typedef {import("./scale.js").Px} Px
 * @typedef {import("./scale.js").Scale} Scale
 * @typedef {import("./timeline.js").Picture} Picture
 */

import { blocks, gaps } from "./beats.js";
import { brackets } from "./brackets.js";
import { TEXT } from "./rows.js";
import * as stage from "./stage.js";

export { arrows } from "./arrows.js";
export { band, words } from "./bands.js";
export { STYLE } from "./stage.js";
export { free, hold, take } from "./things.js";
export { TicksAxis } from "./ticks.js";

/** Adds what lies in a lane. @param {Lanes} lanes @param {Lane} lane @param {Axis} axis @param {Scale} scale @param {number} edge @param {Px} y @param {Picture} picture */
export function inLane(lanes, lane, axis, scale, edge, y, picture) {
  brackets(lanes, lane, axis, scale, edge, y, picture.spans);
  blocks(lanes, lane, axis, scale, y + TEXT, picture.gaps);
  if (lane.beats) gaps(lanes, lane, axis, scale, y + TEXT, picture.gaps);
}

/** The layers, in the places that a renderer keeps for them. */
export function layers() {
  const [bands, spans, gaps, arrows] = [stage.bands(), stage.contexts(), stage.hunger(), stage.requests()];
  return {
    nodes: [bands.node, spans.node, gaps.node, arrows.node],
    /** @param {Pick<Picture, "bands" | "spans" | "gaps" | "arrows">} picture */
    draw(picture) {
      bands.draw(picture.bands);
      spans.draw(picture.spans);
      gaps.draw(picture.gaps);
      arrows.draw(picture.arrows);
    },
  };
}
