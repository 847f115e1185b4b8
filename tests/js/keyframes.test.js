import assert from "node:assert/strict";
import { test } from "node:test";

import { Keyframes } from "../../www/trace/keyframes.js";
import { DONE, FROZEN, State, WAITING } from "../../www/trace/state.js";
import { EVENTS, record } from "./sample.js";
import { busy } from "./random.js";

/** The state as it is without any keyframe. */
function replayed(trace, index) {
  const state = new State();
  for (let i = 0; i < index; i += 1) state.take(trace, i);
  return state;
}

/** What matters of a state: columns without the room that is left in them. */
function content(state) {
  const short = (column) => Array.from(column).slice(0, Array.from(column).findLastIndex((value) => value !== 0) + 1);
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, ArrayBuffer.isView(value) ? short(value) : value]));
}

test("the state at any cursor is the one that a replay from the start gives", () => {
  for (const [length, workers, seed] of [[30000, 12, 3], [20000, 900, 11]]) {
    const trace = busy(length, workers, seed);
    const keyframes = new Keyframes(trace).update();
    assert.ok(keyframes.count > 5, `${keyframes.count} keyframes`);
    let cursor = seed;
    for (let k = 0; k < 60; k += 1) {
      cursor = (cursor * 7919 + 104729) % (trace.length + 1);
      assert.deepEqual(content(keyframes.at(cursor)), content(replayed(trace, cursor)), `at ${cursor}`);
    }
  }
});

test("a step forwards, a step back and the ends are right as well", () => {
  const trace = busy(5000, 6, 5);
  const keyframes = new Keyframes(trace);
  for (const index of [0, 1, 2, 1, 0, trace.length, trace.length - 1, 1024, 1023, 1024, 1025, 2048, 2047, 99999]) {
    assert.deepEqual(content(keyframes.at(index)), content(replayed(trace, Math.min(index, trace.length))), `at ${index}`);
  }
});

test("what is appended later is seen", () => {
  const trace = record(EVENTS.slice(0, 5));
  const keyframes = new Keyframes(trace);
  assert.equal(keyframes.at(99).index, 5);
  assert.equal(keyframes.at(5).task[1], WAITING);
  keyframes.trace = record();
  assert.equal(keyframes.at(EVENTS.length).task[1], DONE);
});

test("a frozen generator is frozen with its last value", () => {
  const trace = record();
  const state = new Keyframes(trace).at(8);
  assert.equal(state.phase[1], FROZEN);
  assert.equal(trace.strings[state.value[1]], "1");
  assert.equal(new Keyframes(trace).at(EVENTS.length).output, 2);
});

test("keyframes cost no more than their events", () => {
  const trace = busy(50000, 4000, 2);
  const { count } = new Keyframes(trace).update();
  // Each holds at most a constant number of bytes for each event since the one before it.
  assert.ok(count <= trace.length / 4000 + 3, `${count} keyframes of states with 4000 tasks`);
});
