/** What an event is called in words. */

/** @typedef {import("./trace.js").Trace} Trace */

import { subjectName, taskName, time } from "./words.js";

const WORDS = new Map(Object.entries({
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
  "acquire": "{task} takes a share of {subject}: {value} held now",
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
}));

/** Event `i` as a sentence; a kind that has no words of its own is named with its operands. @param {Trace} trace @param {number} i */
export function sentence(trace, i) {
  const kind = trace.kindOf(i);
  const task = taskName(trace, trace.task[i]);
  const subject = subjectName(trace, i);
  const text = trace.textOf(i);
  const value = trace.value[i].toLocaleString("en");
  const words = WORDS.get(kind.name);
  if (words && (text || !words.includes("{text}"))) {
    return words.replace(/\{(\w+)\}/g, (_, name) => ({ task, subject, text, value, seconds: time(Number(trace.value[i])) })[/** @type {"task"} */ (name)] ?? "");
  }
  return [`${task}: ${kind.name}`, subject, kind.value_name && `${kind.value_name} ${trace.value[i]}`, text].filter(Boolean).join(", ");
}
