// How long seeking takes in a large run: `node tests/js/seek.bench.js [events] [tasks]`. Prints figures; judges nothing.

import { Lanes } from "../../www/timeline/lanes.js";
import * as things from "../../www/timeline/things.js";
import { Keyframes } from "../../www/trace/keyframes.js";
import { busy } from "./random.js";

const [events = 1e6, tasks = 12] = process.argv.slice(2).map(Number);
const milliseconds = (from) => Number(((performance.now() - from)).toFixed(3));

/** The time of each of `count` calls, sorted. */
function times(count, call) {
  const list = [];
  for (let k = 0; k < count; k += 1) {
    const from = performance.now();
    call(k);
    list.push(performance.now() - from);
  }
  return list.sort((a, b) => a - b);
}

const told = (list) => `median ${list[list.length >> 1].toFixed(3)} ms, 95th percentile ${list[Math.floor(list.length * 0.95)].toFixed(3)} ms, most ${list[list.length - 1].toFixed(3)} ms`;

let from = performance.now();
const trace = busy(events, tasks);
console.log(`${trace.length} events of ${tasks} tasks made and appended: ${milliseconds(from)} ms`);
from = performance.now();
const keyframes = new Keyframes(trace).update();
console.log(`${keyframes.count} keyframes: ${milliseconds(from)} ms`);
from = performance.now();
const lanes = new Lanes(trace, things).update();
console.log(`${lanes.all().length} lanes: ${milliseconds(from)} ms`);
console.log(`seek anywhere: ${told(times(2000, (k) => keyframes.at((k * 7919 * 104729) % trace.length)))}`);
console.log(`step forwards: ${told(times(20000, (k) => keyframes.at(events / 2 + k)))}`);
console.log(`step back:     ${told(times(20000, (k) => keyframes.at(events / 2 + 20000 - k)))}`);
