/**
 * A saved trace in the format that Perfetto and chrome://tracing open. One thread for each task, on which slices nest and never
 * overlap; waits are asynchronous events with an id of their own, because slices that overlap on one thread are dropped. What a
 * queue holds and how many bytes are live are counters, and arrows lead from who woke to who was woken.
 *
 * What happens in no time is a nanosecond apart here. Readers know the order by the time alone: of two events at one time they
 * draw one over the other, and an arrow between them nowhere.
 *
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 * @typedef {import("../trace/json.js").EventJson} EventJson
 * @typedef {import("./thread.js").ChromeEvent} ChromeEvent
 */

import { Thread, micros } from "./thread.js";

/** @param {TraceJson} trace @returns {{ traceEvents: ChromeEvent[], displayTimeUnit: string, otherData: Record<string, unknown> }} */
export function chrome(trace) {
  const { scenario, clock, seed, hash } = trace;
  return { traceEvents: new Chrome(trace).write(), displayTimeUnit: "ms", otherData: { scenario, clock, seed, hash } };
}

class Chrome {
  /** @type {ChromeEvent[]} */
  #out = [];
  /** @type {Map<number, Thread>} */
  #threads = new Map();
  /** @type {Map<number, string>} */
  #names;
  /** When the last event happened, in the export's nanoseconds. */
  #now = -1;

  /** @param {TraceJson} trace */
  constructor(trace) {
    this.trace = trace;
    const uses = new Map();
    for (const { name } of trace.resources) uses.set(name, (uses.get(name) ?? 0) + 1);
    // A counter is known by its name alone.
    this.#names = new Map(trace.resources.map(({ id, name }) => [id, uses.get(name) > 1 ? `${name} (${id})` : name]));
  }

  write() {
    const { scenario, clock, tasks, events } = this.trace;
    this.#name("process_name", 0, `loopscope: ${scenario}, ${clock} clock`);
    for (const { id, name } of [{ id: 0, name: "the loop" }, ...tasks]) {
      this.#name("thread_name", id, name);
      this.#out.push({ ph: "M", pid: 1, tid: id, name: "thread_sort_index", args: { sort_index: id } });
    }
    for (const event of events) this.#take(event);
    for (const thread of this.#threads.values()) {
      if (thread.runs) thread.end(this.#now, events.at(-1)?.seq ?? 0);
      thread.wake(this.#now);
    }
    for (const event of this.#out) delete event.from;
    // A blocking call is told when it has ended, and an arrow belongs to the turn that has just begun. What else begins at the
    // same time stays in its order: around comes before inside.
    return this.#out.sort((one, other) => (one.ts ?? -1) - (other.ts ?? -1) || rank(one) - rank(other));
  }

  /** @param {EventJson} event */
  #take({ t: moment, seq, task, kind, turn, ...rest }) {
    const before = this.#now;
    const t = (this.#now = Math.max(moment, before + 1));
    const thread = this.#thread(task);
    const on = Number(rest.generator ?? rest.queue ?? rest.on ?? rest.context ?? 0);
    const name = this.#names.get(on) ?? `resource ${on}`;
    switch (kind) {
      case "poll-start":
        return thread.start(t, turn);
      case "poll-end":
        return thread.end(t, seq);
      case "wait":
        return thread.waits(String(rest.why));
      case "wake":
        thread.wake(t);
        return thread.follow(`wake ${seq}`, this.#threads.get(Number(rest.by)), "wake");
      case "block":
        return thread.block(t, Math.min(Number(rest.length), t - before), rest);
      case "depth":
        return this.#counter(t, `${name}: items`, Number(rest.depth));
      case "memory":
        return this.#counter(t, "live bytes", Number(rest.bytes));
      case "spawn":
        thread.follow(`spawn ${seq}`, this.#threads.get(Number(rest.parent)), "spawn");
        break;
      case "resume":
        return thread.resume(t, on, name);
      case "yield":
      case "return":
        thread.freeze(t, on);
        break;
      case "acquire":
      case "release":
      case "refill":
        this.#counter(t, `${name}: held`, Number(rest.held));
    }
    const args = on ? { ...rest, name } : rest;
    this.#out.push({ ph: "i", s: "t", pid: 1, tid: task, name: kind, cat: "event", ts: micros(t), args });
  }

  /** @param {number} id */
  #thread(id) {
    let thread = this.#threads.get(id);
    if (!thread) this.#threads.set(id, (thread = new Thread(id, this.#out)));
    return thread;
  }

  /** @param {number} t @param {string} name @param {number} value */
  #counter(t, name, value) {
    this.#out.push({ ph: "C", pid: 1, name, ts: micros(t), args: { [name.split(": ").at(-1) ?? name]: value } });
  }

  /** @param {string} what @param {number} tid @param {string} name */
  #name(what, tid, name) {
    this.#out.push({ ph: "M", pid: 1, tid, name: what, args: { name } });
  }
}

/** A reader binds an arrow to the slice that has begun last. @param {ChromeEvent} event */
const rank = ({ ph, cat }) => (cat !== "run" ? 2 : ph === "X" ? 0 : 1);
