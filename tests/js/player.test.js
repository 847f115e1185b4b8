import assert from "node:assert/strict";
import { test } from "node:test";

import { Player } from "../../www/player/player.js";
import { EVENTS, record } from "./sample.js";

/** A player with frames that come when the test says so. */
function stage(trace = record()) {
  let now = 0;
  let wanted = null;
  let changes = 0;
  const clock = {
    now: () => now,
    frame: (callback) => {
      wanted = callback;
      return 1;
    },
    cancel: () => void (wanted = null),
  };
  const player = new Player(() => void (changes += 1), clock);
  player.load(trace);
  const pass = (ms) => {
    now += ms;
    const callback = wanted;
    wanted = null;
    callback?.();
  };
  return { player, pass, idle: () => wanted === null, changes: () => changes };
}

test("a finished run is shown at its end, and asks for no frames", () => {
  const { player, idle } = stage();
  assert.deepEqual([player.position, player.index, player.following, idle()], [1e9, EVENTS.length, true, true]);
});

test("play starts over at the end, goes at its speed and comes to rest", () => {
  const { player, pass, idle } = stage();
  player.speed = 2;
  player.play();
  assert.deepEqual([player.position, player.index, player.playing], [0, 0, true]);
  pass(100);
  assert.deepEqual([player.position, player.index], [2e8, 5]);
  pass(300);
  assert.deepEqual([player.position, player.index], [8e8, 13]);
  pass(500);
  assert.deepEqual([player.position, player.index, player.playing, idle()], [1e9, EVENTS.length, false, true]);
});

test("what takes no time is played event by event", () => {
  const { player, pass, idle } = stage();
  player.byEvents = true;
  player.play();
  pass(500);
  assert.deepEqual([player.position, player.index], [0, 3]);
  pass(100);
  pass(100);
  assert.equal(player.index, 4);
  pass(60000);
  assert.deepEqual([player.position, player.index, player.playing, player.following, idle()], [1e9, EVENTS.length, false, true, true]);
});

test("steps go event by event, through those of one instant too, and stop at both ends", () => {
  const { player } = stage();
  for (let index = EVENTS.length - 1; index >= 0; index -= 1) {
    player.step(-1);
    assert.equal(player.index, index);
  }
  player.step(-1);
  assert.deepEqual([player.index, player.position], [0, 0]);
  player.step(8);
  assert.deepEqual([player.index, player.position], [8, 5e8]);
  player.step(1000);
  assert.deepEqual([player.index, player.following], [EVENTS.length, true]);
});

test("seek shows all of an instant, and keeps to what was recorded", () => {
  const { player } = stage();
  player.seek(5e8);
  assert.deepEqual([player.index, player.position, player.following], [13, 5e8, false]);
  player.seek(7e8);
  assert.deepEqual([player.index, player.position], [13, 7e8]);
  player.seek(-5);
  assert.deepEqual([player.index, player.position], [5, 0]);
  player.seek(9e9);
  assert.deepEqual([player.position, player.following], [1e9, true]);
});

test("pause holds the cursor, play goes on from there", () => {
  const { player, pass } = stage();
  player.play();
  pass(300);
  player.pause();
  pass(300);
  assert.equal(player.position, 3e8);
  player.play();
  pass(100);
  assert.equal(player.position, 4e8);
});

test("a live run pulls the cursor along between its events, and has the last word", () => {
  const trace = record(EVENTS.slice(0, 5));
  trace.end = 0;
  const { player, pass, idle } = stage(trace);
  player.live(1);
  pass(200);
  assert.deepEqual([player.position, player.index], [2e8, 5]);
  player.hold();
  pass(100);
  assert.deepEqual([player.position, idle()], [2e8, true]);
  player.live(1);
  pass(400);
  assert.equal(player.position, 6e8);
  trace.end = 5e8;
  player.settle();
  assert.deepEqual([player.position, player.edge, player.following], [5e8, 5e8, true]);
});

test("who looks back at a live run is left there, and catches up by playing", () => {
  const trace = record();
  const { player, pass } = stage(trace);
  player.live(1);
  player.seek(2e8);
  pass(100);
  assert.deepEqual([player.position, player.following, player.edge], [2e8, false, 1.1e9]);
  player.speed = 10;
  player.play();
  pass(200);
  assert.deepEqual([player.following, player.position], [true, player.edge]);
});
