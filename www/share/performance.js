/**
 * A saved trace as entries of the browser's own performance timeline, which the tools for developers show as tracks of their own:
 * a track for each task with its turns, and one for what it waited for.
 *
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 */

/** How the tools colour what was going on. */
const COLOURS = { run: "primary", wait: "tertiary-light", block: "error" };

/**
 * Adds the entries, with names that begin with "loopscope"; gives them back.
 * @param {TraceJson} trace
 * @param {{ at?: number, timeline?: Performance }} [options] `at`: where the run begins on the timeline, in milliseconds; unless
 *   it is given, the run ends now
 */
export function measure({ scenario, tasks, events }, { at, timeline = performance } = {}) {
  const last = events.at(-1)?.t ?? 0;
  const origin = at ?? Math.max(0, timeline.now() - last / 1e6);
  const names = new Map(tasks.map(({ id, name }) => [id, name]));
  /** @type {Map<number, { run?: number, why?: string, wait?: { from: number, why: string } }>} */
  const open = new Map();
  /** @type {PerformanceMeasure[]} */
  const entries = [];
  const add = (/** @type {keyof typeof COLOURS} */ kind, /** @type {number} */ task, /** @type {string} */ what, /** @type {number} */ from, /** @type {number} */ to) => {
    const track = `${names.get(task) ?? `task ${task}`}${kind === "wait" ? ": waits" : ""}`;
    const devtools = { dataType: "track-entry", trackGroup: `loopscope: ${scenario}`, track, color: COLOURS[kind], tooltipText: what };
    entries.push(timeline.measure(`loopscope ${what}`, { start: origin + from / 1e6, end: origin + to / 1e6, detail: { devtools } }));
  };
  const wake = (/** @type {number} */ task, /** @type {number} */ t) => {
    const now = open.get(task);
    if (now?.wait) add("wait", task, now.wait.why, now.wait.from, t);
    delete now?.wait;
  };
  for (const { t, task, kind, ...rest } of events) {
    const now = open.get(task) ?? {};
    open.set(task, now);
    if (kind === "poll-start") {
      wake(task, t);
      Object.assign(now, { run: t, why: undefined });
    } else if (kind === "wait") {
      now.why = String(rest.why || "wait");
    } else if (kind === "wake") {
      wake(task, t);
    } else if (kind === "block") {
      add("block", task, "blocks the loop", Math.max(t - Number(rest.length), now.run ?? 0), t);
    } else if (kind === "poll-end") {
      if (now.run !== undefined) add("run", task, "run", now.run, t);
      delete now.run;
      if (now.why) now.wait = { from: t, why: now.why };
    }
  }
  for (const task of open.keys()) wake(task, last);
  return entries;
}
