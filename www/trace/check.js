/**
 * Looks whether what was opened is a saved trace, before anything is made of it: it may come from anybody. What is not is
 * refused with a sentence.
 *
 * @typedef {import("./json.js").TraceJson} TraceJson
 */

import { LIMITS } from "./limits.js";

/** What each member of the lists has to have, and how many there may be. @type {Record<string, { most: number, fields: Record<string, "number" | "string"> }>} */
const LISTS = {
  tasks: { most: LIMITS.tasks, fields: { id: "number", name: "string" } },
  resources: { most: LIMITS.resources, fields: { id: "number", kind: "string", name: "string" } },
  events: { most: LIMITS.events, fields: { t: "number", kind: "string" } },
  output: { most: LIMITS.events, fields: { t: "number", text: "string" } },
};

/** What is said of the whole run; of all but the scenario it may be silent. @type {Record<string, readonly string[]>} */
const ABOUT = { scenario: ["string"], clock: ["string", "undefined"], seed: ["number", "string", "undefined"], hash: ["string", "undefined"], dropped: ["number", "undefined"] };

/** @param {string} what */
export const broken = (what) => new Error(`this trace is broken: ${what}`);

/** A value in a sentence: short, and whatever it is. @param {unknown} value */
const said = (value) => (typeof value === "object" ? "something that is no plain value" : String(value).slice(0, 40));

/** @param {unknown} value @param {number} most @returns {value is number} */
export const whole = (value, most) => Number.isInteger(value) && /** @type {number} */ (value) >= 0 && /** @type {number} */ (value) <= most;

/** Where something stands; put into words only when something is wrong with it. @param {string} list @param {number} i @param {string} name */
const place = (list, i, name) => (list ? `\`${list}[${i}]\` has ${name}` : `it has ${name}`);

/** A whole number, 0 where there is none. @param {string} list @param {number} i @param {string} name @param {unknown} value @param {number} most */
export function count(list, i, name, value, most) {
  if (value === undefined || value === null) return 0;
  if (!whole(value, most)) throw broken(`${place(list, i, name)} = ${said(value)}, which is not a whole number from 0 to ${most}`);
  return value;
}

/** Any number, 0 where there is none. @param {string} list @param {number} i @param {string} name @param {unknown} value */
export function quantity(list, i, name, value) {
  if (value === undefined || value === null) return 0;
  if (!Number.isFinite(value)) throw broken(`${place(list, i, name)} = ${said(value)}, which is not a number`);
  return /** @type {number} */ (value);
}

/** A text, "" where there is none. @param {string} list @param {number} i @param {string} name @param {unknown} value */
export function text(list, i, name, value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw broken(`${place(list, i, name)} = ${said(value)}, which is not a text`);
  if (value.length > LIMITS.text) throw broken(`${place(list, i, name)}, a text of ${value.length} characters; the most is ${LIMITS.text}`);
  return value;
}

/** @param {unknown} input the JSON, or its text @returns {TraceJson} */
export function check(input) {
  const json = typeof input === "string" ? parse(input) : /** @type {any} */ (input);
  if (typeof json !== "object" || json === null) throw new Error("this is not a trace: an object was expected");
  if (json.version !== 1) throw new Error(`this trace has version ${json.version === undefined ? "unknown" : said(json.version)}; this page reads version 1`);
  for (const [list, { most, fields }] of Object.entries(LISTS)) {
    if (!Array.isArray(json[list])) throw broken(`\`${list}\` is not a list`);
    if (json[list].length > most) throw new Error(`this trace is too large: it has ${json[list].length} ${list}, and a page holds ${most}`);
    for (const [i, member] of json[list].entries()) checkMember(`${list}[${i}]`, member, fields);
  }
  for (const [name, types] of Object.entries(ABOUT)) {
    if (!types.includes(typeof json[name])) throw broken(`\`${name}\` is ${said(json[name])}, which is not a ${types[0] === "string" ? "text" : "number"}`);
    if (types[0] === "string") text("", 0, name, json[name]);
  }
  count("", 0, "dropped", json.dropped, Number.MAX_SAFE_INTEGER);
  if (typeof json.seed === "number") quantity("", 0, "seed", json.seed);
  if (json.params !== undefined && (typeof json.params !== "object" || json.params === null || Array.isArray(json.params))) throw broken("`params` is not an object");
  for (const name of ["params", "result"]) {
    if (depth(json[name]) > LIMITS.depth) throw broken(`\`${name}\` is nested more than ${LIMITS.depth} deep`);
  }
  checkTimes(json.events);
  return json;
}

/** @param {string} text */
function parse(text) {
  if (text.length > LIMITS.characters) throw new Error(`this trace is too large: it has ${text.length} characters, and a page holds ${LIMITS.characters}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`this is not a trace: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} place @param {any} member @param {Record<string, string>} fields */
function checkMember(place, member, fields) {
  if (typeof member !== "object" || member === null || Array.isArray(member)) throw broken(`\`${place}\` is not an object`);
  for (const field in fields) {
    if (typeof member[field] !== fields[field]) throw broken(`\`${place}\` has no ${field} that is a ${fields[field] === "string" ? "text" : "number"}`);
  }
}

/** Nothing happens before what happened before it, and nothing never. @param {TraceJson["events"]} events */
function checkTimes(events) {
  let last = 0;
  for (const [i, { t }] of events.entries()) {
    if (!(t >= last)) throw broken(`event ${i} has t = ${t}, which is not at or after ${last}`);
    last = t;
  }
  if (!(last <= Number.MAX_SAFE_INTEGER)) throw broken(`the last event has t = ${last}; the most is ${Number.MAX_SAFE_INTEGER}`);
}

/** How deep a value is nested, as far as it matters. Level by level: it may be deeper than any stack. @param {unknown} value */
function depth(value) {
  let level = [value];
  for (let deep = 0; deep <= LIMITS.depth; deep += 1) {
    level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
    if (level.length === 0) return deep;
  }
  return Infinity;
}
