/** What an event and an instant are called in words. One place, so that picture, table and slider speak alike. */

/** @typedef {import("./trace.js").Trace} Trace */

/** @type {Record<string, string>} */
const WORDS = {
  "spawn": "{task} is made",
  "poll-start": "{task} gets its turn",
  "poll-end": "{task} gives its turn back",
  "wait": "{task} waits for {text}",
  "wake": "{task} can go on: {text}",
  "resume": "{subject} goes on",
  "yield": "{subject} yields {text} and freezes",
  "receive": "{task} receives {text} from {subject}",
  "throw": "{text} is thrown into {subject}",
  "return": "{subject} has come to its end",
  "drop": "{subject} is given up before its end",
  "repeat": "{subject} goes on and yields {value} more times in this turn",
  "enter-start": "{task} begins to enter {subject}",
  "entered": "{task} has entered {subject}",
  "exit-start": "{task} begins to leave {subject}",
  "exited": "{task} has left {subject}",
  "acquire": "{task} takes of {subject}: {value} held now",
  "release": "{task} gives back to {subject}: {value} held now",
  "refill": "{subject} has filled up: {value} held now",
  "put": "{task} puts {text} into {subject}",
  "get": "{task} takes {text} from {subject}",
  "depth": "{subject} has {value} in it",
  "memory": "{value} bytes are live",
  "block": "{task} has blocked the loop for {seconds}",
  "unhandled": "nobody took what {subject} raised: {text}",
  "lint": "a note: {text}",
  "cancel": "{task} asks {subject} to stop",
  "print": "{task} prints “{text}”",
  "done": "{task} is done: {text}",
};

/** Event `i` as a sentence; a kind that has no words of its own is named with its operands. @param {Trace} trace @param {number} i */
export function sentence(trace, i) {
  const kind = trace.kindOf(i);
  const task = taskName(trace, trace.task[i]);
  const subject = subjectName(trace, i);
  const text = trace.textOf(i);
  const value = trace.value[i].toLocaleString("en");
  const words = WORDS[kind.name];
  if (words && (text || !words.includes("{text}"))) {
    return words.replace(/\{(\w+)\}/g, (_, name) => ({ task, subject, text, value, seconds: time(Number(trace.value[i])) })[/** @type {"task"} */ (name)] ?? "");
  }
  return [`${task}: ${kind.name}`, subject, kind.value_name && `${kind.value_name} ${trace.value[i]}`, text].filter(Boolean).join(", ");
}

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
  return `${(ns / size).toFixed(Math.min(Math.max(Math.ceil(digits), 0), step ? 6 : 2))} ${unit}`;
}

/** So many bytes, in the unit that reads best. @param {number} count */
export function bytes(count) {
  const [size, unit] = count >= 1e6 ? [1e6, "MB"] : count >= 1e4 ? [1e3, "kB"] : [1, "B"];
  const part = count / Number(size);
  return `${part.toFixed(unit === "B" || part >= 100 ? 0 : 1)} ${unit}`;
}
