import assert from "node:assert/strict";
import { test } from "node:test";

import { Room } from "../../www/trace/room.js";

test("columns keep what is in them, however they grow", () => {
  for (const sizes of [[1, 1, 1, 1, 1, 1, 1, 1], [3, 3, 3, 3], [100], [7, 1, 1, 1, 30, 2], [4, 0, 4]]) {
    const holder = { a: new Float64Array(4), b: new Uint8Array(4) };
    const room = new Room(holder, ["a", "b"]);
    let length = 0;
    for (const size of sizes) {
      room.reserve(length, length + size);
      assert.ok(room.capacity >= length + size);
      for (let k = 0; k < size; k += 1, length += 1) Object.assign(holder.a, { [length]: length / 2 }), (holder.b[length] = length);
      room.prepare(length, size);
    }
    assert.deepEqual([...holder.a.subarray(0, length)], Array.from({ length }, (_, i) => i / 2));
    assert.deepEqual([...holder.b.subarray(0, length)], Array.from({ length }, (_, i) => i));
  }
});

test("the longer columns are ready before they are wanted", () => {
  const copied = [];
  class Spy extends Float64Array {
    set(values, at) {
      copied.push(values.length);
      super.set(values, at);
    }
  }
  const holder = { a: new Spy(1024) };
  const room = new Room(holder, ["a"]);
  for (let length = 0; length < 1024; length += 16) {
    room.reserve(length, length + 16);
    room.prepare(length + 16, 16);
  }
  room.reserve(1024, 1040);
  assert.equal(holder.a.length, 2048);
  assert.ok(Math.max(...copied) <= 80, `${Math.max(...copied)} were copied at once`);
});
