// What must hold whatever was read: no mistake but a sentence for the reader, and nothing changed that all objects share.

import assert from "node:assert/strict";

/** What all objects share, as it was before. */
const SHARED = [Object.prototype, Array.prototype, Function.prototype, Map.prototype, Number.prototype, String.prototype];
const BEFORE = SHARED.map((shared) => Reflect.ownKeys(shared).length);

/** Does it, and gives null if it was refused with a sentence that begins as one of these. */
export function attempt(act, ...beginnings) {
  try {
    return act();
  } catch (error) {
    if (error.constructor !== Error || !beginnings.some((words) => error.message.startsWith(words))) throw error;
    assert.ok(error.message.length < 2000, `a sentence of ${error.message.length} characters`);
    return null;
  } finally {
    untouched();
  }
}

/** Nothing that all objects share was touched. */
export function untouched() {
  for (const [k, shared] of SHARED.entries()) assert.equal(Reflect.ownKeys(shared).length, BEFORE[k], "what all objects share was changed");
}

/** Every number in a picture can be drawn, however deep it stands; lanes and tracks, which are no part of it, are passed over. */
export function finite(part, place = "picture") {
  if (typeof part === "number") assert.ok(Number.isFinite(part), `${place} is ${part}`);
  else if (Array.isArray(part) || (part && Object.getPrototypeOf(part) === Object.prototype)) {
    for (const key of Object.keys(part)) finite(part[key], `${place}.${key}`);
  }
}
