/**
 * What the author of the page wrote on the tag. What only Rust can judge (scenario, parameters, clock, seed) goes to it as it was
 * written; the rest is checked here, in the same words.
 *
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {import("../pkg/loopscope.js").ScenarioInfo} ScenarioInfo
 */

/** Attributes that say how it looks; a change of any other one changes the program. */
export const LOOKS = ["axis", "view", "theme", "height"];

/** What some attributes may be. @type {Record<string, { values: readonly string[], several?: boolean }>} */
export const CHOICES = {
  axis: { values: ["time", "ticks"] },
  theme: { values: ["auto", "light", "dark"] },
  view: { values: ["timeline", "memory", "queue", "output", "code", "notes", "controls"], several: true },
};

const COMPACT = ["timeline", "queue", "output", "controls"];

/** What a tag may say beside the parameters. */
export const OWN = ["scenario", "clock", "speed", "seed", "axis", "view", "theme", "autoplay", "height", "state", "class", "id", "slot", "style"];
/** Names with other signs in them than these here are left to those who put them there. */
export const PLAIN = /^(?!on)[a-z][a-z0-9_]*$/;

/**
 * Rejects with a sentence for the reader if the tag says what it cannot; else resolves to a note, "" for none. What most tags
 * are, correct, is seen here; the sentences are sent for.
 * @param {Element} host @param {readonly ScenarioInfo[]} scenarios
 */
export async function check(host, scenarios) {
  const known = scenarios.find(({ id }) => id === host.getAttribute("scenario"))?.params.map(({ name }) => name);
  const plain = host.getAttributeNames().every((name) => {
    const value = host.getAttribute(name) ?? "";
    if (Object.hasOwn(CHOICES, name)) return value.split(" ").every((word) => CHOICES[name].values.includes(word)) && (CHOICES[name].several || !value.includes(" "));
    return name === "height" ? /^\d+$/.test(value) : !known || OWN.includes(name) || known.includes(name) || !PLAIN.test(name);
  });
  return plain ? "" : (await import("./mistakes.js")).mistakes(host, scenarios);
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
  const text = host.getAttribute("view")?.trim();
  return text ? words(text) : COMPACT;
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

/** The words of a list. @param {string} text */
export function words(text) {
  return text.split(/[\s,]+/).filter(Boolean);
}
