// A saved run that is one by its form, and of which nothing else is true: seven bytes make an event of any kind, by anybody.

import { fromJSON } from "../../../www/trace/read.js";
import { explore } from "./explore.js";
import { attempt, untouched } from "./judge.js";

const TEXTS = ["", "main", "<img src=x onerror=alert(1)>", "__proto__", "constructor", "\u202egnp.exe", "room in the queue", "\0\x1b[31m", "task 2 to end", "\ud800"];
/** The operands of each kind, the number of something first. */
const KINDS = Object.entries({
  "spawn": ["parent", "", "name"], "poll-start": ["", "", ""], "poll-end": ["", "", ""], "wait": ["on", "until", "why"], "wake": ["by", "", "why"],
  "resume": ["generator", "", "sent"], "yield": ["generator", "", "value"], "receive": ["generator", "", "value"], "throw": ["generator", "", "error"],
  "return": ["generator", "", "outcome"], "enter-start": ["context", "", ""], "entered": ["context", "", ""], "exit-start": ["context", "", "error"],
  "exited": ["context", "suppressed", "error"], "acquire": ["on", "held", ""], "release": ["on", "held", ""], "put": ["queue", "", "value"],
  "get": ["queue", "", "value"], "depth": ["queue", "depth", ""], "cancel": ["target", "", "why"], "print": ["", "", "text"], "done": ["", "", "outcome"],
  "unhandled": ["of", "", "error"], "lint": ["of", "", "text"], "block": ["", "length", ""], "repeat": ["generator", "times", ""], "memory": ["", "bytes", ""],
  "drop": ["on", "", ""], "refill": ["on", "held", ""], "constructor": ["hasOwnProperty", "__proto__", "toString"], "toString": ["", "valueOf", ""],
});
const RESOURCES = ["generator", "queue", "lock", "context", "pool", "rate limiter", "constructor"];
/** Steps of the clock in nanoseconds, and quantities: small ones and such as nobody means. */
const STEPS = [0, 0, 0, 1, 1000, 1e6, 5e8, 1e12];
const AMOUNTS = [0, 1, 2, 3, 7, 1e9, 1e300, -1, -1e300, 0.5];

/** More events than this tell nothing new and take their time. */
const MOST = 60;

export function fuzz(data) {
  let t = 0;
  let turn = 0;
  const events = [];
  const length = Math.min(data.length, MOST * 7);
  for (let k = 0; k + 7 <= length; k += 7) {
    const [kind, step, task, subject, amount, text, line] = data.subarray(k, k + 7);
    const [name, [of, value, words]] = KINDS[kind % KINDS.length];
    t += STEPS[step % STEPS.length];
    turn += step >> 7;
    const event = { seq: events.length, t, turn, task: task % 9, kind: name };
    if (of) event[of] = subject % 9;
    if (value) event[value] = AMOUNTS[amount % AMOUNTS.length];
    if (words) event[words] = TEXTS[text % TEXTS.length];
    if (line) Object.assign(event, { file: TEXTS[line % TEXTS.length], line });
    events.push(event);
  }
  const resources = RESOURCES.map((kind, k) => ({ id: k + 1, kind, name: TEXTS[(k * 3 + data.length) % TEXTS.length], capacity: k % 3 }));
  const saved = { version: 1, scenario: "made", params: {}, clock: "virtual", seed: 0, hash: "", tasks: [], resources, events, output: [], result: null, dropped: 0 };
  const trace = attempt(() => fromJSON(saved), "this trace is broken: ");
  if (trace) explore(trace);
  untouched();
}
