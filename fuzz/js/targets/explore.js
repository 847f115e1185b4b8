// Does with a trace what the page does with one that was opened: it is written and read again, sought, drawn and exported.

import assert from "node:assert/strict";

import { chrome } from "../../../www/share/chrome.js";
import { measure } from "../../../www/share/performance.js";
import { doing } from "../../../www/timeline/about.js";
import { explain } from "../../../www/timeline/explain.js";
import { Lanes } from "../../../www/timeline/lanes.js";
import { Rows } from "../../../www/timeline/rows.js";
import { Scale, TimeAxis } from "../../../www/timeline/scale.js";
import * as scenery from "../../../www/timeline/scenery.js";
import { layout } from "../../../www/timeline/timeline.js";
import { toJSON } from "../../../www/trace/json.js";
import { Keyframes } from "../../../www/trace/keyframes.js";
import { fromJSON } from "../../../www/trace/read.js";
import { sentence } from "../../../www/trace/sentence.js";
import { finite } from "./judge.js";

const TIMELINE = { now: () => 1e6, measure: (name, entry) => finite(entry, name) };

/** @param {import("../../../www/trace/trace.js").Trace} trace */
export function explore(trace) {
  const json = toJSON(trace);
  const text = JSON.stringify(json);
  assert.ok(JSON.stringify(toJSON(fromJSON(text))) === text, "what was saved is not read back as it was");
  sought(trace);
  for (const axis of [new TimeAxis(trace), new scenery.TicksAxis(trace)]) drawn(trace, axis);
  for (let i = 0; i < trace.length; i += 1) assert.equal(typeof sentence(trace, i), "string");
  finite(chrome(json).traceEvents.map(({ ts = 0, dur = 0 }) => ({ ts, dur })), "export");
  measure(json, { timeline: TIMELINE });
}

/** Backwards and forwards it is the same. */
function sought(trace) {
  const frames = new Keyframes(trace);
  const counts = ({ alive, open, output, index }) => [alive, open, output, index].join();
  const there = Array.from({ length: trace.length + 1 }, (_, index) => counts(frames.at(index)));
  for (let index = trace.length; index >= 0; index -= 1) assert.equal(counts(frames.at(index)), there[index]);
}

/** All of it, a part of it, and where the cursor stands in the middle. */
function drawn(trace, axis) {
  const lanes = new Lanes(trace, scenery).update();
  const rows = new Rows().update(lanes);
  const end = axis.end(trace.end);
  for (const [from, to, index] of [[0, end, trace.length], [end / 3, end / 2, trace.length >> 1]]) {
    const cursor = { index, t: trace.t[Math.max(0, index - 1)] ?? 0 };
    const picture = layout(lanes, rows, axis, new Scale(from, to, 16, 944), cursor, { width: 960, edge: end }, null, scenery);
    assert.ok(picture.ticks.length < 2000, `${picture.ticks.length} ticks`);
    finite(picture);
  }
  for (const lane of lanes.all()) {
    for (let k = 0; k < lane.states.length; k += 1) assert.ok(explain(lanes, lane, k).text.includes(doing(lanes, lane, k)));
  }
}
