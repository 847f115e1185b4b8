import assert from "node:assert/strict";
import { test } from "node:test";

import { read, write } from "../../www/page/address.js";

test("an address is read as it was written", () => {
  const place = { scenario: "async-counter", limit: "5", clock: "virtual", odd: "a&b=c d#é" };
  assert.deepEqual(read(write(place)), place);
  assert.equal(write({ scenario: "async-counter", limit: "5" }), "#v1?scenario=async-counter&limit=5");
  assert.equal(read(""), null);
  assert.equal(read("#stage"), null);
  assert.throws(() => read("#v2?scenario=x"), /version v2.*v1/);
});
