/** What things and instants are called. One place, so that picture, table and slider speak alike. */

/** @typedef {import("./trace.js").Trace} Trace */

/** @param {Trace} trace @param {number} id */
export function taskName(trace, id) {
  return id === 0 ? "the loop" : trace.taskOf(id)?.name || `task ${id}`;
}

/** What the subject of event `i` is called, "" where there is none. @param {Trace} trace @param {number} i */
export function subjectName(trace, i) {
  const id = trace.subject[i];
  if (id === 0) return "";
  const kind = trace.kindOf(i);
  return kind.subject === "task" ? taskName(trace, id) : trace.resourceOf(id)?.name || `resource ${id}`;
}

/** From where on a unit reads best: 0.5 s is a half of something, 500 ms is not. */
const UNITS = /** @type {const} */ ([[1e8, 1e9, "s"], [1e6, 1e6, "ms"], [1e3, 1e3, "µs"], [1, 1, "ns"]]);

/**
 * A time in the unit that reads best, or in the one of `span` so that several times stand in one; as exact as `step` needs.
 * @param {number} ns
 * @param {number} [span]
 * @param {number} [step]
 */
export function time(ns, span = ns, step) {
  const [, size, unit] = UNITS.find(([from]) => span >= from) ?? UNITS[0];
  const digits = step ? -Math.log10(step / size) - 1e-9 : 2 - Math.floor(Math.log10(span / size || 1) + 1e-9);
  return `${(ns / size).toFixed(Math.min(Math.max(Math.ceil(digits), 0), step ? 9 : 2))} ${unit}`;
}

/** So many bytes, in the unit that reads best. @param {number} count */
export function bytes(count) {
  const [size, unit] = count >= 1e6 ? [1e6, "MB"] : count >= 1e4 ? [1e3, "kB"] : [1, "B"];
  const part = count / Number(size);
  return `${part.toFixed(unit === "B" || part >= 100 ? 0 : 1)} ${unit}`;
}
