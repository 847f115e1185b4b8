// A link that somebody sent: what stands after the hash.

import assert from "node:assert/strict";

import { read, write } from "../../../www/page/address.js";
import { attempt } from "./judge.js";

export function fuzz(data) {
  const place = attempt(() => read(data.toString()), "this link has version ");
  if (!place) return;
  assert.equal(Object.getPrototypeOf(place), Object.prototype);
  assert.ok(Object.values(place).every((value) => typeof value === "string"));
  const again = write(place);
  assert.match(again, /^#v1\?[\w.*%+&=-]*$/, "an address has signs in it that mean something else in a page");
  assert.deepEqual(Object.entries(read(again)), Object.entries(place));
}
