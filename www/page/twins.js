/** The programs that do the same in two ways or three: where each way ends, and what is to be compared. */

/**
 * @typedef {"s" | "bytes" | "silence"} Unit seconds, the most bytes, or the longest time for which the loop let nobody in
 * @typedef {{ key: string, name: string, how: string, end: RegExp | null }} Way
 *   its name in the result, and the line that it prints last; null for the end of the run
 * @typedef {{ unit: Unit, beats: boolean, ways: readonly Way[], verdict(ratio: number): string }} Twins
 *   `beats` asks for the heartbeats too; the verdict is on how many times as much the first way takes as the last one
 */

/** @param {string} key @param {string} how @param {RegExp | null} end @returns {Way} */
const way = (key, how, end) => ({ key, name: key.replaceAll("_", " "), how, end });

/** @type {Record<string, Twins>} */
const TWINS = {
  "list-vs-generator": {
    unit: "bytes",
    beats: false,
    ways: [way("list", "all at once", /^list: /), way("generator", "one by one", /^generator: /), way("async_generator", "one by one, awaited", /^async generator: /)],
    verdict: (ratio) => (ratio < 1.1 ? "A few items are no more than one." : `The list takes ${times(ratio)} the memory of the generators.`),
  },
  "breakfast": {
    unit: "s",
    beats: false,
    ways: [way("sync", "watch one, then the other", /^toast is ready/), way("async", "start both, wait for both", null)],
    verdict: faster,
  },
  "sequential-vs-concurrent": {
    unit: "s",
    beats: false,
    ways: [way("sequential", "one after the other", /, one after the other$/), way("concurrent", "all at once", null)],
    verdict: faster,
  },
  "blocking-the-loop": {
    unit: "silence",
    beats: false,
    ways: [way("blocking", "keeps its turn", /^blocking: /), way("awaited", "gives its turn away", /^awaited: /), way("offloaded", "works elsewhere", null)],
    verdict: silent,
  },
  "context-lifecycle": {
    unit: "silence",
    beats: true,
    ways: [way("sync", "keeps its turn", /^blocking: \d+ heartbeats/), way("async", "gives its turn away", /^awaiting: \d+ heartbeats/)],
    verdict: silent,
  },
};

/** What is to be compared in a scenario, if anything. @param {string} scenario */
export function twins(scenario) {
  return Object.hasOwn(TWINS, scenario) ? TWINS[scenario] : undefined;
}

/** @param {number} ratio */
function faster(ratio) {
  return ratio < 1.05 ? "Here it makes no difference." : `Together it is done ${times(ratio)} as fast.`;
}

/** @param {number} ratio */
function silent(ratio) {
  return ratio < 1.05 ? "Here nobody has to wait for the loop." : `Whoever blocks keeps everyone else waiting ${times(ratio)} as long.`;
}

/** @param {number} ratio */
function times(ratio) {
  const round = ratio >= 10 ? Math.round(ratio) : Math.round(ratio * 10) / 10;
  return `${round.toLocaleString("en")} times`;
}
