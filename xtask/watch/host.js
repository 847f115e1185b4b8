/**
 * The browser's clock, timers and messages for programs that are watched: nothing of a machine's speed is in them, so
 * that what runs is the same in each build. Time goes on by a step whenever it is read, and to the next timer when
 * nobody has anything else to do.
 */

/** Milliseconds by which the clock goes on when it is read: on a fast machine, and on one on which all takes long. */
export const FAST = 0.01;
export const SLOW = 20;

let time = 0;
let step = FAST;
let last = 0;
let asked = false;
/** @type {(() => void)[]} */
const messages = [];
/** @type {Map<number, { at: number, call: () => void }>} */
const timers = new Map();

/** Says how long all takes. @param {number} milliseconds */
export function pace(milliseconds) {
  step = milliseconds;
}

/** Puts these in the place of Node.js's own. */
export function install() {
  performance.now = () => (time += step);
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear, MessageChannel: Channel });
}

/** @param {() => void} call @param {number} after */
function set(call, after) {
  timers.set((last += 1), { at: time + Math.max(after, 1), call });
  ask();
  return last;
}

/** @param {number} timer */
function clear(timer) {
  timers.delete(timer);
}

class Channel {
  port1 = { /** @type {((event: object) => void) | null} */ onmessage: null, close() {} };
  port2 = {
    postMessage: () => {
      messages.push(() => this.port1.onmessage?.({}));
      ask();
    },
  };
}

/** Has the next thing done when all microtasks are. */
function ask() {
  if (!asked) setImmediate(next);
  asked = true;
}

/** Delivers the next message, or calls the timer that is due first. */
function next() {
  asked = false;
  const call = messages.shift() ?? timer();
  if (messages.length + timers.size > 0) ask();
  call?.();
}

/** Takes the timer that is due first, and goes on to its time. */
function timer() {
  const [first] = [...timers].sort(([, one], [, other]) => one.at - other.at);
  if (!first) return undefined;
  const [number, { at, call }] = first;
  timers.delete(number);
  time = Math.max(time, at);
  return call;
}
