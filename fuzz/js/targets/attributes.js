// What stands on a tag: a line for each attribute, its name and its value.

import assert from "node:assert/strict";

import { axis, check, height, options, parameters, speed, view } from "../../../www/widget/attributes.js";
import { complaint, strange } from "../../../www/widget/mistakes.js";
import { untouched } from "./judge.js";

const count = { name: "limit", label: "limit", default: 3, min: 1, max: 100, step: 1 };
const SCENARIOS = [{ id: "async-counter", params: [count, { ...count, name: "delay" }] }, { id: "greetings", params: [] }];

/** A browser judges lengths; here a number with letters after it is one. */
globalThis.CSS ??= { supports: (_, text) => /^[\d.]+[a-z%]+$/.test(text) };

class Host {
  constructor(lines) {
    this.lines = lines;
  }

  getAttribute(name) {
    return this.lines.get(name) ?? null;
  }

  getAttributeNames() {
    return [...this.lines.keys()];
  }

  hasAttribute(name) {
    return this.lines.has(name);
  }
}

export async function fuzz(data) {
  const lines = data.toString().split("\n").map((line) => /^([^=]*)=?(.*)$/s.exec(line)).map(([, name, value]) => [name, value]);
  const host = new Host(new Map(lines));
  const said = await check(host, SCENARIOS).catch((error) => {
    assert.equal(error.constructor, Error, String(error.stack));
    return error.message;
  });
  assert.equal(said, complaint(host) || strange(host, SCENARIOS), "the quick look and the thorough one differ");
  assert.ok(["time", "ticks"].includes(axis(host)) && speed(host) > 0 && Number.isFinite(speed(host)));
  assert.ok(view(host).every((word) => word !== "") && typeof height(host) === "string");
  const asked = options(host, SCENARIOS);
  assert.ok(Object.keys(asked.params).every((name) => SCENARIOS[0].params.some((known) => known.name === name)));
  parameters(asked, SCENARIOS.find(({ id }) => id === asked.scenario));
  untouched();
}
