// The parts of the picture beside lanes, each made from a run of its own.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comparisons, progress } from "../../www/page/comparison.js";
import { explain } from "../../www/timeline/explain.js";
import { Lanes } from "../../www/timeline/lanes.js";
import { Levels } from "../../www/timeline/levels.js";
import { Rows } from "../../www/timeline/rows.js";
import { Scale, TimeAxis } from "../../www/timeline/scale.js";
import * as scenery from "../../www/timeline/scenery.js";
import { TicksAxis } from "../../www/timeline/ticks.js";
import { layout } from "../../www/timeline/timeline.js";
import { Zoom } from "../../www/timeline/zoom.js";
import { KINDS, busy } from "./random.js";
import { Trace } from "../../www/trace/trace.js";
import { sentence } from "../../www/trace/sentence.js";

/** A trace from rows of milliseconds, task, kind, subject, value and text. */
function told(rows, resources) {
  const trace = new Trace({ scenario: "told", params: {}, clock: "virtual", seed: 0 }, [...KINDS, { name: "block", subject: "", subject_name: "", value_name: "length", text_name: "" }]);
  const strings = ["", ...new Set(rows.map(([, , , , , text]) => text ?? "").filter(Boolean))];
  const column = (Type, pick) => Type.from(rows.map(pick));
  trace.append({
    first: 0, t: column(Float64Array, ([ms]) => ms * 1e6), turn: column(Uint32Array, (_, i) => i), task: column(Uint32Array, ([, task]) => task),
    kind: column(Uint8Array, ([, , kind]) => trace.kinds.findIndex(({ name }) => name === kind)), subject: column(Uint32Array, ([, , , subject = 0]) => subject),
    value: column(Float64Array, ([, , , , value = 0]) => value), text: column(Uint32Array, ([, , , , , text = ""]) => strings.indexOf(text)),
    file: new Uint32Array(rows.length), line: new Uint32Array(rows.length), strings: strings.slice(1), resources, dropped: 0,
  });
  return trace;
}

function drawn(trace, name = "time") {
  const lanes = new Lanes(trace, scenery).update();
  const rows = new Rows().update(lanes);
  const axis = name === "time" ? new TimeAxis(trace) : new TicksAxis(trace);
  const end = axis.end(trace.end);
  return { lanes, rows, picture: layout(lanes, rows, axis, new Scale(0, end, 0, 1000), { index: trace.length, t: trace.end }, { width: 1000 }, null, scenery) };
}

const PIPE = [
  [0, 1, "spawn", 0, 0, "main"], [0, 2, "spawn", 1, 0, "producer"], [0, 3, "spawn", 1, 0, "consumer"],
  [0, 2, "poll-start"], [0, 2, "put", 1, 0, "a"], [0, 2, "depth", 1, 1], [0, 2, "wait", 1, 0, "room in the queue (1 of 1)"], [0, 2, "poll-end"],
  [600, 3, "poll-start"], [600, 3, "get", 1, 0, "a"], [600, 3, "depth", 1, 0], [600, 2, "wake", 3, 0, "there is room"], [600, 3, "poll-end"],
  [1000, 2, "poll-start"], [1000, 2, "poll-end"], [1000, 2, "done", 0, 0, "returned"],
];
const QUEUE = [{ id: 1, kind: "queue", name: "jobs", capacity: 1 }];

test("a queue lies between its producer and its consumer, and is hatched while it holds the producer back", () => {
  const { rows, picture } = drawn(told(PIPE, QUEUE));
  assert.deepEqual(rows.list.map(({ lane, track }) => (lane ?? track).name), ["main", "producer", "jobs", "consumer"]);
  const [{ steps, held, line }] = picture.bands;
  assert.deepEqual(held, [{ x: 0, w: 600 }]);
  assert.deepEqual(steps.map(({ x, w }) => [x, w]), [[0, 600], [600, 400]]);
  assert.ok(steps[0].y === line && steps[1].y > line);
  assert.ok(picture.bars.some(({ state, w }) => state === "held" && w === 600));
});

test("of a wait is said for what, how long and who ended it", () => {
  const { lanes } = drawn(told(PIPE, QUEUE));
  const producer = lanes.task(2);
  const { text, lane } = explain(lanes, producer, producer.at(8));
  assert.equal(text, "producer: waiting for room in the queue (1 of 1), 0.60 s from 0.00 s. consumer ended it: there is room");
  assert.equal(lane.name, "consumer");
});

test("a context whose exit never came is open and says so", () => {
  const rows = [
    [0, 1, "spawn", 0, 0, "main"], [0, 1, "poll-start"], [0, 1, "enter-start", 1], [100, 1, "entered", 1], [200, 1, "enter-start", 2], [200, 1, "entered", 2],
    [500, 1, "exit-start", 2], [600, 1, "exited", 2], [1000, 1, "poll-end"], [1000, 1, "done", 0, 0, "cancelled"],
  ];
  const { picture } = drawn(told(rows, [{ id: 1, kind: "context", name: "session" }, { id: 2, kind: "context", name: "file" }]));
  const [session, file] = picture.spans;
  assert.deepEqual([session.kind, session.x, session.x + session.w, session.body], ["skipped", 0, 1000, 100]);
  assert.match(session.title, /its exit was skipped/);
  assert.deepEqual([file.kind, file.x, file.body, file.exit, file.x + file.w], ["whole", 200, 200, 500, 600]);
  assert.ok(file.y > session.y, "the inner one lies below");
});

test("a permit is a gauge above the first who took one, a request to stop leads from lane to lane", () => {
  const rows = [
    [0, 1, "spawn", 0, 0, "main"], [0, 2, "spawn", 1, 0, "worker"], [0, 2, "poll-start"], [0, 2, "acquire", 1, 1], [0, 2, "poll-end"],
    [500, 1, "poll-start"], [500, 1, "cancel", 2, 0, "enough"], [500, 1, "poll-end"], [800, 2, "release", 1, 0], [1000, 2, "done", 0, 0, "cancelled"],
  ];
  const { rows: { list }, picture } = drawn(told(rows, [{ id: 1, kind: "semaphore", name: "desks", capacity: 2 }]));
  assert.deepEqual(list.map(({ lane, track }) => (lane ?? track).name), ["main", "desks", "worker"]);
  assert.equal(picture.rows[1].now, "semaphore, 0 of 2 held");
  assert.deepEqual(picture.bands[0].steps.map(({ x, w }) => [x, w]), [[0, 800], [800, 200]]);
  const [{ x, y, fromY, title }] = picture.arrows;
  assert.ok(x === 500 && y > fromY);
  assert.match(title, /main asks worker to stop: enough/);
});

test("the gauge of a rate limiter falls where its tokens were seen to have come", () => {
  const rows = [
    [0, 1, "spawn", 0, 0, "main"], [0, 1, "poll-start"], [0, 1, "acquire", 1, 1], [0, 1, "acquire", 1, 2], [0, 1, "poll-end"],
    [600, 1, "poll-start"], [600, 1, "refill", 1, 1], [700, 1, "acquire", 1, 2], [700, 1, "poll-end"],
  ];
  const trace = told(rows, [{ id: 1, kind: "rate limiter", name: "limit", capacity: 2 }]);
  const [track] = drawn(trace).lanes.tracks.values();
  assert.deepEqual(rows.map((_, i) => track.at(i + 1)), [0, 0, 1, 2, 2, 2, 1, 2, 2]);
  assert.equal(sentence(trace, 6), "limit has filled up: 1 held now");
});

test("a heart that was due and did not beat has starved, and who blocked the loop is shown", () => {
  const rows = [
    [0, 1, "spawn", 0, 0, "main"], [0, 2, "spawn", 1, 0, "heartbeat"], [0, 2, "poll-start"], [0, 2, "wait", 0, 100e6, "0.1 s to pass"], [0, 2, "poll-end"],
    [0, 1, "poll-start"], [1000, 1, "block", 0, 1000e6], [1000, 1, "poll-end"], [1000, 2, "wake", 0, 0, "the time has come"],
  ];
  const { picture } = drawn(told(rows, []));
  assert.deepEqual(picture.gaps.map(({ kind, x, w }) => [kind, x, w]), [["block", 0, 1000], ["late", 100, 900]]);
});

test("only what is seen is laid out, however many lanes there are", () => {
  const trace = busy(30000, 5000);
  const lanes = new Lanes(trace, scenery).update();
  const rows = new Rows().update(lanes);
  const axis = new TimeAxis(trace);
  const picture = layout(lanes, rows, axis, new Scale(0, trace.end, 0, 1000), { index: 0, t: 0 }, { width: 1000, top: 60000, height: 600 });
  assert.ok(picture.rows.length <= 14 && picture.rows.length > 8, `${picture.rows.length} rows`);
  assert.ok(picture.rows.every(({ y }) => y > -60 && y < 660));
});

test("on both axes the bars of a zoomed picture are those of the whole, seen closer", () => {
  const trace = busy(4000, 5);
  const lanes = new Lanes(trace, scenery).update();
  const rows = new Rows().update(lanes);
  for (const axis of [new TimeAxis(trace), new TicksAxis(trace)]) {
    const end = axis.end(trace.end);
    const near = layout(lanes, rows, axis, new Scale(end * 0.4, end * 0.41, 0, 1000), { index: 0, t: 0 }, { width: 1000, edge: end });
    for (const { lane, k, x, w, state } of near.bars.filter(({ w }) => w > 20)) {
      const from = axis.of(lane.states.at[k]);
      const to = lane.until(k) < 0 ? end : axis.of(lane.until(k));
      const middle = end * 0.4 + ((x + w / 2) / 1000) * end * 0.01;
      assert.ok(from <= middle && middle <= to, `${state} of ${lane.name} lies elsewhere`);
    }
    assert.ok(near.bars.length > 0);
  }
});

test("what was drawn when only a part was read is not kept when the rest is", () => {
  const trace = busy(30000, 5);
  const axis = new TicksAxis(trace);
  const lanes = new Lanes(trace, scenery);
  const rows = new Rows();
  const scale = new Scale(0, axis.end(trace.end), 0, 1000);
  let last = null;
  do {
    rows.update(lanes.update(0));
    last = layout(lanes, rows, axis, scale, { index: 0, t: 0 }, { width: 1000, height: 2000 }, last, scenery);
  } while (!lanes.complete);
  const fresh = layout(lanes, rows, axis, scale, { index: 0, t: 0 }, { width: 1000, height: 2000 }, null, scenery);
  assert.equal(last.bars.length, fresh.bars.length);
});

test("zooming keeps a place where it is, stays on the axis, and fits again", () => {
  const zoom = new Zoom();
  zoom.grow(100);
  zoom.by(0.5, 20, 100);
  assert.deepEqual([zoom.start, zoom.end, zoom.fitted], [10, 60, false]);
  zoom.pan(-1000, 100);
  assert.deepEqual([zoom.start, zoom.end], [0, 50]);
  zoom.follow(80, 100);
  assert.ok(zoom.start <= 80 && zoom.end >= 80);
  zoom.by(100, 50, 100);
  zoom.grow(100);
  assert.deepEqual([zoom.start, zoom.end, zoom.fitted], [0, 100, true]);
});

test("the largest of many entries is found as by looking at each", () => {
  const series = new Levels();
  for (let i = 0; i < 1000; i += 1) series.push(i * 2, (i * 7919) % 1009);
  for (const [from, to] of [[0, 1000], [3, 5], [63, 65], [64, 128], [100, 777], [999, 1000]]) {
    assert.equal(series.most(from, to), Math.max(...series.value.slice(from, to)));
  }
  assert.deepEqual([series.before(0), series.before(1), series.before(5), series.before(9999)], [-1, 0, 2, 999]);
});

test("what a result holds in two ways is a comparison", () => {
  assert.deepEqual(comparisons({ sync_s: 5, async_s: 3 })[0].ways, [{ name: "sync", value: 5 }, { name: "async", value: 3 }]);
  assert.deepEqual(comparisons({ generator: { peak_bytes: 9 }, list: { peak_bytes: 800 } })[0], { unit: "bytes", what: "bytes at most", ways: [{ name: "list", value: 800 }, { name: "generator", value: 9 }] });
  assert.deepEqual(comparisons({ blocked_s: 1, starved_s: 2, total_s: 3 }), []);
  assert.deepEqual(comparisons(null), []);
  assert.deepEqual(progress([{ name: "sync", value: 5 }, { name: "async", value: 3 }], 6e9, 8e9), [1, 1 / 3]);
  assert.equal(progress([{ name: "a", value: 1 }, { name: "b", value: 1 }], 1e9, 8e9), null);
});
