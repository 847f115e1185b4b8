// A run as the engine would record it, of any size: tasks that share a queue, a semaphore and context managers, made
// up by a fixed generator of numbers. What it tells is true to itself: nobody runs twice at once, no level goes below 0.

import { Trace } from "../../www/trace/trace.js";

const row = (name, subject = "", subject_name = "", value_name = "", text_name = "") => ({ name, subject, subject_name, value_name, text_name });

/** The engine's own list. */
export const KINDS = [
  row("spawn", "task", "parent", "", "name"), row("poll-start"), row("poll-end"), row("wait", "resource", "on", "until", "why"),
  row("wake", "task", "by", "", "why"), row("resume", "resource", "generator", "", "sent"), row("yield", "resource", "generator", "", "value"),
  row("receive", "resource", "generator", "", "value"), row("throw", "resource", "generator", "", "error"),
  row("return", "resource", "generator", "", "outcome"), row("enter-start", "resource", "context"), row("entered", "resource", "context"),
  row("exit-start", "resource", "context", "", "error"), row("exited", "resource", "context", "suppressed", "error"),
  row("acquire", "resource", "on", "held"), row("release", "resource", "on", "held"), row("put", "resource", "queue", "", "value"),
  row("get", "resource", "queue", "", "value"), row("depth", "resource", "queue", "depth"), row("cancel", "task", "target", "", "why"),
  row("print", "", "", "", "text"), row("done", "", "", "", "outcome"), row("memory", "", "", "bytes"), row("lint", "task", "of", "", "text"),
  row("refill", "resource", "on", "held"),
];

const NUMBER = Object.fromEntries(KINDS.map(({ name }, i) => [name, i]));

/** xorshift: the same numbers on every machine. @param {number} seed */
function dice(seed) {
  let state = seed || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Records at least `length` events of `workers` tasks. @param {number} length @param {number} [workers] @param {number} [seed] */
export function busy(length, workers = 12, seed = 7) {
  const trace = new Trace({ scenario: "busy", params: {}, clock: "virtual", seed }, KINDS);
  const roll = dice(seed);
  const strings = [""];
  const known = new Map([["", 0]]);
  const text = (word) => {
    if (!known.has(word)) {
      known.set(word, strings.length);
      strings.push(word);
    }
    return known.get(word);
  };
  const size = length + workers * 8 + 64;
  const batch = {
    first: 0, t: new Float64Array(size), turn: new Uint32Array(size), task: new Uint32Array(size), kind: new Uint8Array(size),
    subject: new Uint32Array(size), value: new Float64Array(size), text: new Uint32Array(size), file: new Uint32Array(size),
    line: new Uint32Array(size), strings: [], resources: [
      { id: 1, kind: "queue", name: "jobs", capacity: 8 }, { id: 2, kind: "semaphore", name: "desks", capacity: 4 },
      { id: 3, kind: "generator", name: "numbers", capacity: 0 },
    ], dropped: 0,
  };
  let n = 0;
  let now = 0;
  let turn = 0;
  const say = (task, kind, subject = 0, value = 0, word = "", line = 0) => {
    batch.t[n] = now;
    batch.turn[n] = turn;
    batch.task[n] = task;
    batch.kind[n] = NUMBER[kind];
    batch.subject[n] = subject;
    batch.value[n] = value;
    batch.text[n] = text(word);
    batch.line[n] = line;
    batch.file[n] = line ? text("scenarios/busy.rs") : 0;
    n += 1;
  };
  let depth = 0;
  let held = 0;
  let contexts = 3;
  const holds = new Uint8Array(workers + 2);
  const inside = new Uint32Array(workers + 2);
  say(1, "spawn", 0, 0, "main");
  for (let task = 2; task <= workers + 1; task += 1) say(task, "spawn", 1, 0, `worker ${task - 1}`);
  const act = (task) => {
    switch (roll(9)) {
      case 0:
        if (depth < 8) say(task, "put", 1, 0, String(roll(50)), 12), say(task, "depth", 1, (depth += 1));
        return say(task, "wait", 1, 0, "room in the queue", 12);
      case 1:
        if (depth > 0) say(task, "get", 1, 0, String(roll(50)), 20), say(task, "depth", 1, (depth -= 1));
        return say(task, "wait", 1, 0, "an item of the queue", 20);
      case 2:
        if (!holds[task] && held < 4) say(task, "acquire", 2, (held += 1), "", 30), (holds[task] = 1);
        return say(task, "wait", 2, 0, "a permit", 30);
      case 3:
        if (holds[task]) say(task, "release", 2, (held -= 1)), (holds[task] = 0);
        return say(task, "wait", 0, now + 1e6, "0.001 s to pass", 31);
      case 4:
        if (inside[task]) return say(task, "exit-start", inside[task]), say(task, "exited", inside[task]), void (inside[task] = 0);
        if (contexts < 60) {
          contexts += 1;
          batch.resources.push({ id: contexts, kind: "context", name: "session", capacity: 0 });
          inside[task] = contexts;
          say(task, "enter-start", contexts, 0, "", 40);
          say(task, "entered", contexts, 0, "", 40);
        }
        return;
      case 5:
        say(task, "resume", 3);
        say(task, "yield", 3, 0, String(roll(9)), 50);
        return say(task, "receive", 3, 0, "");
      case 6:
        if (roll(20) === 0) say(task, "print", 0, 0, `worker ${task} says ${roll(100)}`, 55);
        return say(task, "memory", 0, 1000 + roll(5000));
      default:
        return say(task, "wait", 0, now + 5e6, "0.005 s to pass", 60);
    }
  };
  const woken = [];
  for (let task = 1; task <= workers + 1; task += 1) woken.push(task);
  while (n < length) {
    turn += 1;
    if (roll(3) === 0) now += roll(2000) * 1000;
    const task = woken.shift() ?? 1;
    say(task, "poll-start");
    act(task);
    say(task, "poll-end");
    const next = 1 + roll(workers + 1);
    if (!woken.includes(next)) {
      woken.push(next);
      say(next, "wake", task, 0, "it is its turn");
    }
  }
  for (const [name, column] of Object.entries(batch)) if (ArrayBuffer.isView(column)) batch[name] = column.subarray(0, n);
  batch.strings = strings.slice(1);
  trace.append(batch);
  trace.finish({ state: "done", message: "", result: null, hash: "", now });
  return trace;
}
