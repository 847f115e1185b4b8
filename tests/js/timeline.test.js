import assert from "node:assert/strict";
import { test } from "node:test";

import { NAMES } from "../../www/timeline/about.js";
import { Lanes } from "../../www/timeline/lanes.js";
import { Rows } from "../../www/timeline/rows.js";
import { Scale, TimeAxis } from "../../www/timeline/scale.js";
import * as things from "../../www/timeline/things.js";
import { TicksAxis } from "../../www/timeline/ticks.js";
import { layout } from "../../www/timeline/timeline.js";
import { Zoom } from "../../www/timeline/zoom.js";
import { EVENTS, record } from "./sample.js";

const END = { index: EVENTS.length, t: 1e9 };

/** The states of a lane with the events from which to which they last. */
const states = (lane) => Array.from({ length: lane.states.length }, (_, k) => [NAMES[lane.states.value[k]], `${lane.states.at[k]}-${lane.until(k)}`])
  .filter(([state]) => state).map((entry) => entry.join(" "));

/** What is drawn of the sample, 1000 pixels for its second. */
function picture(cursor = END, trace = record()) {
  const axis = new TimeAxis(trace);
  const lanes = new Lanes(trace, things).update();
  return layout(lanes, new Rows().update(lanes), axis, new Scale(0, trace.end, 0, 1000), cursor, { width: 1000 });
}

test("a scale converts there and back, and stays on its stretch", () => {
  const scale = new Scale(0, 1e9, 10, 510);
  assert.equal(scale.x(5e8), 260);
  assert.equal(scale.at(260), 5e8);
  assert.equal(scale.at(-100), 0);
  assert.equal(scale.at(9999), 1e9);
  assert.equal(new Scale(0, 0, 10, 510).x(0), 10);
  assert.equal(new Scale(0, 0, 10, 510).at(300), 0);
});

test("ticks are round and not crowded", () => {
  assert.deepEqual(new Scale(0, 1.5e9, 0, 800).ticks(84), [0, 2e8, 4e8, 6e8, 8e8, 1e9, 1.2e9, 1.4e9]);
  assert.deepEqual(new Scale(0, 3, 0, 1000).ticks(40, 1), [0, 1, 2, 3]);
  assert.deepEqual(new Scale(0, 0, 0, 1000).ticks(40), [0]);
  for (const end of [7, 1e3, 123456, 9.99e9]) assert.ok(new Scale(0, end, 0, 1000).ticks(84).length <= 12);
});

test("a lane says from which event to which it was in which state", () => {
  const [main, generator] = new Lanes(record()).update().all();
  assert.deepEqual(states(main), [
    "ready 0-1", "running 1-4", "waiting 4-5", "ready 5-6", "running 6-12", "waiting 12-13", "ready 13-14", "running 14-20",
  ]);
  assert.deepEqual(states(generator), [
    "running 2-4", "waiting 4-5", "ready 5-6", "running 6-7", "frozen 7-10", "running 10-12", "waiting 12-13", "ready 13-14",
    "running 14-15", "frozen 15-18", "running 18-19",
  ]);
  assert.deepEqual([main.depth, generator.depth, main.end, generator.end], [0, 1, 21, 19]);
});

test("lanes are the same however the events came in", () => {
  const trace = record(EVENTS.slice(0, 4));
  const lanes = new Lanes(trace, things).update();
  const whole = record();
  lanes.trace = whole;
  lanes.update();
  assert.deepEqual(lanes.all().map(states), new Lanes(whole, things).update().all().map(states));
});

test("the state at a cursor is the one that lasts there", () => {
  const [main, generator] = new Lanes(record()).update().all();
  const state = (lane, index) => NAMES[lane.states.value[lane.at(index)]];
  assert.equal(main.at(0), -1);
  assert.equal(state(main, 1), "ready");
  assert.equal(state(main, 5), "waiting");
  assert.equal(state(generator, 8), "frozen");
  assert.equal(generator.at(EVENTS.length), -1);
});

test("a value travels from the generator's lane to its consumer's", () => {
  const { marks, rows } = picture();
  assert.deepEqual(rows.map(({ name }) => name), ["main", "count_to"]);
  assert.deepEqual(marks.map(({ text, x, fromX }) => [text, x, fromX]), [["1", 500, 500], ["2", 1000, 1000]]);
  assert.ok(marks.every(({ y, fromY }) => fromY - y === 46));
});

test("labels follow the cursor", () => {
  const now = (index, t) => picture({ index, t }).rows.map(({ now }) => now);
  assert.deepEqual(now(0, 0), ["not begun", "not begun"]);
  assert.deepEqual(now(5, 2e8), ["waiting for 0.5 s to pass", "waiting for 0.5 s to pass"]);
  assert.deepEqual(now(9, 5e8), ["running", "suspended at yield 1"]);
  assert.deepEqual(now(EVENTS.length, 1e9), ["returned", "exhausted"]);
});

test("what runs for no time is seen, and what waits says for what", () => {
  const { bars } = picture();
  assert.ok(bars.filter(({ state }) => state === "running").every(({ w }) => w >= 3));
  assert.deepEqual(bars.filter(({ state }) => state === "waiting").map(({ text, w }) => [text, w]), Array(4).fill(["0.5 s to pass", 500]));
});

test("on the ticks axis each turn is equally wide, and every event has a place", () => {
  const trace = record();
  const axis = new TicksAxis(trace);
  assert.equal(axis.end(), 6);
  for (let i = 1; i < trace.length; i += 1) assert.ok(axis.of(i) > axis.of(i - 1));
  assert.deepEqual(trace.turns.map((i) => axis.of(i)), [0, 1, 2, 3, 4, 5]);
  for (let index = 0; index <= trace.length; index += 1) {
    const t = index === 0 ? 0 : trace.t[index - 1];
    assert.deepEqual(axis.seek(axis.cursor({ index, t })), { index, t });
  }
});

test("a generator that feeds another lies below it, and its values go there", () => {
  const inner = [
    [0, 0, "spawn", 0, 0, "main"], [0, 1, "poll-start"], [0, 1, "resume", 1], [0, 1, "resume", 2], [0, 1, "yield", 2, 0, "7"],
    [0, 1, "receive", 2, 0, "7"], [0, 1, "yield", 1, 0, "14"], [0, 1, "receive", 1, 0, "14"], [0, 1, "poll-end"], [0, 1, "done", 0, 0, "returned"],
  ];
  const lanes = new Lanes(record(inner), things).update();
  assert.deepEqual(lanes.all().map(({ key, depth }) => [key, depth]), [["task-1", 0], ["generator-1", 1], ["generator-2", 2]]);
  assert.deepEqual(lanes.all().slice(1).map((lane) => [lane.key, lanes.taker(lane, 0)?.key]), [["generator-1", "task-1"], ["generator-2", "generator-1"]]);
});

test("many turns are not more bars than pixels", () => {
  const turns = Array.from({ length: 20000 }, (_, i) => [[i, i, "poll-start"], [i, i, "poll-end"], [i, i, "wake", 0, 0, "again"]]).flat();
  const { bars } = picture(END, record([[0, 0, "spawn", 0, 0, "main"], ...turns], 999));
  assert.ok(bars.length <= 4000, `${bars.length} bars`);
});

test("values are written where there is room for them", () => {
  const yields = Array.from({ length: 500 }, (_, i) => [[i * 2, i, "yield", 1, 0, String(i)], [i * 2, i, "receive", 1, 0, String(i)]]).flat();
  const { marks } = picture(END, record([[0, 0, "spawn", 0, 0, "main"], ...yields]));
  const written = marks.filter(({ text }) => text);
  assert.ok(marks.length <= 250 && written.length > 20, `${marks.length} marks, ${written.length} written`);
  for (const [i, { x, w }] of written.entries()) if (i > 0) assert.ok(x - w / 2 >= written[i - 1].x + written[i - 1].w / 2);
});

test("values that several generators give to one lane lie beside each other, and no line ends in them", () => {
  const give = (ms, generator) => [[ms, ms, "yield", generator, 0, "a value"], [ms, ms, "receive", generator, 0, "a value"]];
  // Some of the one, then some of the other: each begins where the last value of the other still has its room.
  const yields = Array.from({ length: 60 }, (_, i) => give(i * 15, 1 + (Math.floor(i / 10) % 2))).flat();
  const { marks, rows } = picture(END, record([[0, 0, "spawn", 0, 0, "main"], ...yields]));
  assert.equal(rows.length, 3);
  const written = marks.filter(({ text }) => text);
  assert.ok(new Set(written.map(({ y }) => y)).size === 1 && new Set(written.map(({ lane }) => lane)).size === 2, "both are written in one lane");
  for (const [i, { x, w }] of written.entries()) {
    assert.ok(written.every((other, k) => k === i || Math.abs(other.x - x) >= (other.w + w) / 2), `the value at ${x} is alone`);
    // What is drawn after it does not hide it.
    for (const mark of marks.slice(marks.indexOf(written[i]) + 1)) if (Math.abs(mark.x - x) < w / 2) assert.ok(mark.y - written[0].y >= 8, "its line ends below the value");
  }
});

test("a long value at either end is seen as a whole", () => {
  const yields = [0, 1e9].flatMap((t) => [[t, t, "yield", 1, 0, "[1, 2, 3, 4]"], [t, t, "receive", 1, 0, "[1, 2, 3, 4]"]]);
  const { marks } = picture(END, record([[0, 0, "spawn", 0, 0, "main"], ...yields]));
  assert.equal(marks.length, 2);
  // The axis goes from 0 to 1000, and has some room on both sides.
  for (const { x, w, text } of marks) assert.ok(text && w > 60 && x - w / 2 >= -16 && x + w / 2 <= 1016, `${text} at ${x}, ${w} wide`);
});

test("no two ticks have the same label, however closely one looks", () => {
  for (const whole of [3e5, 2e9, 9e10]) {
    const zoom = new Zoom();
    zoom.grow(whole);
    for (let k = 0; k < 100; k += 1) zoom.by(0.5, whole * 0.9, whole);
    const scale = new Scale(zoom.start, zoom.end, 0, 1000);
    const ticks = scale.ticks(84);
    const labels = ticks.map((at) => new TimeAxis(record()).label(at, ticks[1] - ticks[0], scale.end));
    assert.ok(ticks.length > 3 && new Set(labels).size === ticks.length, `${whole}: ${labels}`);
  }
});
