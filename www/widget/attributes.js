/**
 * What the author of the page wrote on the tag. What only Rust can judge (scenario, parameters, clock, seed) goes to it as it was
 * written; the rest is checked here, in the same words.
 *
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {import("../pkg/loopscope.js").ScenarioInfo} ScenarioInfo
 */

/** Attributes that say how it looks; a change of any other one changes the program. */
export const LOOKS = ["axis", "view", "theme", "height"];

/** @type {Record<string, { values: readonly string[], several?: boolean }>} */
const CHOICES = {
  axis: { values: ["time", "ticks"] },
  theme: { values: ["auto", "light", "dark"] },
  view: { values: ["timeline", "memory", "queue", "output", "code", "notes", "controls"], several: true },
};

const COMPACT = ["timeline", "queue", "output", "controls"];

/** What a tag may say beside the parameters. */
const OWN = ["scenario", "clock", "speed", "seed", "axis", "view", "theme", "autoplay", "height", "state"];
/** What any tag may say. Names with other signs in them than these here are left to those who put them there. */
const EVERY = "accesskey anchor autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype key lang nonce part popover ref role slot spellcheck style tabindex title translate xmlns".split(" ");
const PLAIN = /^(?!on)[a-z][a-z0-9_]*$/;

/** The first attribute that cannot be what it is, as a sentence; "" if all is well. @param {Element} host */
export function complaint(host) {
  for (const [name, { values, several }] of Object.entries(CHOICES)) {
    const text = host.getAttribute(name);
    if (text === null) continue;
    const wrong = (several ? words(text) : [text]).find((word) => !values.includes(word));
    if (wrong !== undefined) return `${name} is “${wrong}”; it has to be ${several ? "some of" : "one of"} ${values.join(", ")}`;
  }
  const high = height(host);
  if (high && !CSS.supports("block-size", high)) return `height is “${host.getAttribute("height")}”; it has to be a number of pixels, or a length as CSS has it, like 30rem`;
  return "";
}

/** What stands on the tag and means nothing to this scenario, as a sentence; "" if all is known. @param {Element} host @param {readonly ScenarioInfo[]} scenarios */
export function strange(host, scenarios) {
  const name = host.getAttribute("scenario");
  const scenario = scenarios.find(({ id }) => id === name);
  if (!scenario) return "";
  const known = scenario.params.map(({ name }) => name);
  const found = host.getAttributeNames().find((name) => PLAIN.test(name) && ![...OWN, ...EVERY, ...known].includes(name));
  if (!found) return "";
  const has = known.length > 0 ? `its parameters are ${known.join(", ")}` : "it has no parameters";
  return `the tag sets “${found}”, which ${name} does not know; ${has}`;
}

/** Whether another scenario has a parameter of that name: then it was left there when the scenario was changed. @param {string} sentence @param {readonly ScenarioInfo[]} scenarios */
export function isLeftOver(sentence, scenarios) {
  return scenarios.some(({ params }) => params.some(({ name }) => sentence.includes(`“${name}”`)));
}

/** What is over sooner, in nanoseconds, is a line on the axis of time. */
const SHORT = 5e6;

/** The axis that was asked for, or else the one on which something is to be seen. @param {Element} host @param {{ end: number } | null} [trace] a run that is over @returns {"time" | "ticks"} */
export function axis(host, trace = null) {
  const text = host.getAttribute("axis");
  if (text !== null) return text === "ticks" ? "ticks" : "time";
  return trace && trace.end < SHORT ? "ticks" : "time";
}

/** The panels that are to be seen. @param {Element} host @returns {readonly string[]} */
export function view(host) {
  const text = host.getAttribute("view");
  return text === null ? COMPACT : words(text);
}

/** How fast a run is shown again. @param {Element} host */
export function speed(host) {
  const speed = Number(host.getAttribute("speed") ?? 1);
  return speed > 0 && Number.isFinite(speed) ? speed : 1;
}

/** A plain number means pixels; "" for the height that the content asks for. @param {Element} host */
export function height(host) {
  const text = (host.getAttribute("height") ?? "").trim();
  return /^\d+(\.\d+)?$/.test(text) ? `${text}px` : text;
}

/** What to run. @param {Element} host @param {readonly ScenarioInfo[]} scenarios @returns {RunOptions} */
export function options(host, scenarios) {
  const name = host.getAttribute("scenario") ?? "";
  /** @type {RunOptions} */
  const options = { scenario: name, params: {} };
  for (const key of /** @type {const} */ (["clock", "speed", "seed"])) {
    const value = host.getAttribute(key);
    if (value !== null) options[key] = value;
  }
  for (const param of scenarios.find(({ id }) => id === name)?.params ?? []) {
    const value = host.getAttribute(param.name);
    if (value !== null) options.params = { ...options.params, [param.name]: value };
  }
  return options;
}

/** The parameters of a run as they stand in its trace. @param {RunOptions} options @param {ScenarioInfo | undefined} scenario */
export function parameters({ params }, scenario) {
  return Object.fromEntries((scenario?.params ?? []).map(({ name, default: value }) => [name, Number(params?.[name] ?? value)]));
}

/** @param {string} text */
function words(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}
