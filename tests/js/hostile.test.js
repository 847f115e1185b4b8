// What somebody made who means harm: it is shown as text, exported as text, and changes nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fallback } from "../../bake/fallback.js";
import { lay } from "../../bake/paper.js";
import { chrome } from "../../www/share/chrome.js";
import { file } from "../../www/timeline/file.js";
import { toJSON } from "../../www/trace/json.js";
import { LIMITS } from "../../www/trace/limits.js";
import { fromJSON } from "../../www/trace/read.js";
import { NAMES, hostile } from "./hostile.js";

/** The elements of a text that is markup, and what could be done by their attributes. */
function markup(text) {
  const tags = [...text.matchAll(/<\/?([^\s/>]+)([^>]*)>/g)];
  return { names: new Set(tags.map(([, name]) => name)), acts: tags.filter(([, , rest]) => /\son\w+\s*=|javascript:/i.test(rest.replace(/"[^"]*"/g, '""'))) };
}

const SVG = ["svg", "title", "style", "rect", "g", "defs", "pattern", "line", "circle", "path", "text", "tspan"];

test("a hostile run is read back as it was, and changes no object", () => {
  const trace = fromJSON(hostile());
  const text = JSON.stringify(toJSON(trace));
  assert.equal(JSON.stringify(toJSON(fromJSON(text))), text);
  assert.equal(trace.tasks[0].name, NAMES[0]);
  assert.equal({}.polluted, undefined);
});

test("its picture is well-formed and holds no element of its author's", () => {
  lay();
  for (const axis of ["time", "ticks"]) {
    const svg = file(fromJSON(hostile()), axis, `loopscope: ${NAMES[0]}`);
    const { names, acts } = markup(svg);
    assert.deepEqual([...names].filter((name) => !SVG.includes(name)), []);
    assert.deepEqual(acts, []);
    assert.doesNotMatch(svg, /[\0-\x08\x0b\x0c\x0e-\x1f]/, "a sign that no XML may hold");
    assert.ok(svg.isWellFormed() && svg.includes("&lt;img src=x"));
    assert.doesNotMatch(svg.replace(/>[^<]*</g, "><"), /NaN|Infinity|undefined/);
  }
});

test("baked into a page it is text", () => {
  lay();
  const trace = fromJSON(hostile());
  for (const image of [false, true]) {
    const html = fallback({ trace, outcome: { message: NAMES[1] }, svg: file(trace, "time", NAMES[0]) }, image);
    const { names, acts } = markup(html);
    assert.deepEqual([...names].filter((name) => ![...SVG, "figure", "div", "img", "figcaption", "pre", "details", "summary"].includes(name)), []);
    assert.deepEqual(acts, []);
    assert.equal(html.match(/<img /g)?.length ?? 0, image ? 1 : 0);
    assert.doesNotMatch(html, /-->|\{\{/, "what ends a comment, or what a template fills in");
  }
});

test("for Perfetto it is text under its own names", () => {
  const { traceEvents } = chrome(toJSON(fromJSON(hostile())));
  assert.ok(traceEvents.every(({ ts = 0, dur = 0 }) => Number.isFinite(ts) && Number.isFinite(dur)));
  assert.deepEqual(JSON.parse(JSON.stringify(traceEvents)), traceEvents);
});

test("what a page cannot hold is refused with what it holds", () => {
  const saved = (rest) => ({ version: 1, scenario: "s", params: {}, clock: "wall", seed: 0, hash: "", tasks: [], resources: [], events: [], output: [], result: null, dropped: 0, ...rest });
  const event = (rest) => saved({ events: [{ t: 0, kind: "wait", on: 1, until: 1, why: "w", ...rest }] });
  const refused = (json, words) => assert.throws(() => fromJSON(json), (error) => error.constructor === Error && words.test(error.message), String(words));
  refused(saved({ events: { length: 1e9 } }), /not a list/);
  refused(saved({ events: new Array(LIMITS.events + 1) }), /too large: it has 5000001 events, and a page holds 5000000/);
  refused(saved({ resources: [{ id: 2 ** 20 + 1, kind: "lock", name: "l" }] }), /resources\[0\].*id = 1048577.*1048576/);
  refused(event({ task: 4294967295 }), /events\[0\].*task = 4294967295.*from 0 to 4194304/);
  refused(event({ task: 1.5 }), /task = 1\.5/);
  refused(event({ turn: -1 }), /turn = -1/);
  refused(event({ line: {} }), /line = something that is no plain value/);
  refused(event({ why: "w".repeat(LIMITS.text + 1) }), /text of 131073 characters; the most is 131072/);
  refused('{"version":1,"scenario":"s","tasks":[],"resources":[],"output":[],"events":[{"t":1e999,"kind":"x"}]}', /t = Infinity/);
  refused('{"version":1,"scenario":"s","tasks":[],"resources":[],"output":[],"events":[{"t":0,"kind":"memory","bytes":1},{"t":0,"kind":"memory","bytes":1e999}]}', /bytes = Infinity/);
  refused(`${JSON.stringify(saved()).slice(0, -1)},"result":${"[".repeat(1e5)}${"]".repeat(1e5)}}`, /`result` is nested more than 64 deep/);
  refused(saved({ scenario: { toString: 1 } }), /`scenario` is something that is no plain value/);
  refused(saved({ version: { toString: 1 } }), /version something that is no plain value/);
  refused(saved({ events: Array.from({ length: 300 }, (_, k) => ({ t: 0, kind: `kind ${k}` })) }), /more than 256 kinds/);
});
