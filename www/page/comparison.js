/**
 * The same work in two ways or three, beside each other: what a program's result holds as numbers of one kind under
 * several names is a comparison, and is shown large, each with a bar.
 *
 * @typedef {{ name: string, value: number }} Way
 * @typedef {{ unit: "s" | "bytes", what: string, ways: Way[] }} Comparison
 */

/** Numbers of these kinds compare, in this order of weight. */
const KINDS = /** @type {const} */ ([["bytes", "peak_bytes", "bytes at most"], ["s", "max_gap_s", "longest silence"], ["s", "total_s", "seconds"], ["s", "first_item_s", "to the first item"]]);

/** Totals and thresholds are nobody's way of doing it. */
const NO_WAY = /^(total|blocked|starved|max_gap)_s$/;

/** The ways that programs compare, in the order in which they go them. */
const ORDER = ["list", "eager", "sync", "sequential", "blocking", "loop", "awaited", "offloaded", "generator", "lazy", "async", "concurrent", "async generator", "comprehension", "together", "timeout", "cancel", "second cancel"];

/** What there is to compare in a result, the weightiest first. @param {unknown} result @returns {Comparison[]} */
export function comparisons(result) {
  if (typeof result !== "object" || result === null) return [];
  const entries = Object.entries(result);
  const inner = entries.filter(([, value]) => typeof value === "object" && value !== null && !Array.isArray(value));
  /** @type {Comparison[]} */
  const found = [];
  for (const [unit, key, what] of KINDS) {
    const ways = inner.filter(([, value]) => typeof value[key] === "number").map(([name, value]) => ({ name: plain(name), value: value[key] }));
    if (ways.length > 1) found.push({ unit, what, ways });
  }
  const plainly = entries.filter(([name, value]) => typeof value === "number" && name.endsWith("_s") && !NO_WAY.test(name));
  if (plainly.length > 1) found.push({ unit: "s", what: "seconds", ways: plainly.map(([name, value]) => ({ name: plain(name), value })) });
  for (const { ways } of found) ways.sort((a, b) => rank(a) - rank(b));
  return found.slice(0, 2);
}

/** The plain way first, as the programs go them; a result's names come in the order of the alphabet. @param {Way} way */
function rank({ name }) {
  const place = ORDER.indexOf(name);
  return place < 0 ? ORDER.length : place;
}

/** @param {string} name */
function plain(name) {
  return name.replace(/_s$/, "").replaceAll("_", " ");
}

/**
 * How far each way has come at a time, of ways that were gone one after the other and fill the run: from 0 to 1.
 * @param {readonly Way[]} ways in seconds @param {number} now nanoseconds @param {number} end @returns {number[] | null} null if they do not fill it
 */
export function progress(ways, now, end) {
  const total = ways.reduce((sum, { value }) => sum + value, 0) * 1e9;
  if (total <= 0 || Math.abs(total - end) > end * 0.02) return null;
  let from = 0;
  return ways.map(({ value }) => {
    const part = value > 0 ? Math.min(Math.max((now - from) / (value * 1e9), 0), 1) : Number(now >= from);
    from += value * 1e9;
    return part;
  });
}
