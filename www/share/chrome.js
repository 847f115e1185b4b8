/**
 * A saved trace in the format that Perfetto and chrome://tracing open. One thread for each task with its turns, which
 * never overlap; waits are asynchronous events with an id of their own, because slices that overlap on one thread are dropped.
 *
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 * @typedef {Record<string, unknown>} ChromeEvent
 */

/** @param {TraceJson} trace @returns {{ traceEvents: ChromeEvent[], displayTimeUnit: string, otherData: Record<string, unknown> }} */
export function chrome({ scenario, clock, seed, hash, tasks, events }) {
  /** @type {ChromeEvent[]} */
  const out = tasks.map(({ id, name }) => ({ ph: "M", pid: 1, tid: id, name: "thread_name", args: { name } }));
  /** The turn that a task is in, and the wait that it is in. @type {Map<number, { turn?: number, why?: string, wait?: ChromeEvent }>} */
  const open = new Map();
  const wake = (/** @type {number} */ task, /** @type {number} */ ts) => {
    const wait = open.get(task)?.wait;
    if (wait) out.push({ ...wait, ph: "e", ts, args: undefined });
    delete open.get(task)?.wait;
  };
  for (const { t, seq, task, kind, turn, ...rest } of events) {
    if (!open.has(task)) open.set(task, {});
    const now = /** @type {NonNullable<ReturnType<typeof open.get>>} */ (open.get(task));
    const ts = t / 1000;
    switch (kind) {
      case "poll-start":
        wake(task, ts);
        now.turn = ts;
        now.why = undefined;
        break;
      case "wait":
        now.why = String(rest.why || "wait");
        break;
      case "poll-end":
        out.push({ ph: "X", pid: 1, tid: task, name: "run", cat: "run", ts: now.turn ?? ts, dur: ts - (now.turn ?? ts), args: { turn } });
        if (!now.why) break;
        now.wait = { ph: "b", pid: 1, tid: task, id: `${task}-${seq}`, name: now.why, cat: "wait", ts };
        out.push(now.wait);
        break;
      case "wake":
        wake(task, ts);
        break;
      default:
        out.push({ ph: "i", s: "t", pid: 1, tid: task, name: kind, cat: "event", ts, args: rest });
    }
  }
  const last = (events.at(-1)?.t ?? 0) / 1000;
  for (const task of open.keys()) wake(task, last);
  return { traceEvents: out, displayTimeUnit: "ms", otherData: { scenario, clock, seed, hash } };
}
