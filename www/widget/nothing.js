/** What is said in the picture's place when a run is over and has nothing of what the picture was asked to show. */

import { write } from "./dom.js";

/** @param {import("./picture.js").Picture} picture @param {import("./frame.js").Frame} frame */
export function nothing({ empty, lanes, rows }, { trace, state }) {
  if (!["done", "stopped", "failed"].includes(state) || trace === null) return;
  if (trace.length === 0) write(empty, "This run has no events.");
  else if (lanes?.complete && rows.list.length === 0) write(empty, "Nothing went through a queue in this run.");
  else return;
  empty.hidden = false;
}
