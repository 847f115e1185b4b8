/**
 * What only some programs do, from events to lanes and tracks: contexts that are entered, things that are queued and held,
 * calls that block, requests to stop, bytes.
 *
 * @typedef {import("../trace/trace.js").Trace} Trace
 * @typedef {import("./lane.js").Bracket} Bracket
 * @typedef {import("./lane.js").Lane} Lane
 * @typedef {import("./lanes.js").Lanes} Lanes
 * @typedef {{ at: number, from: Lane | null, to: Lane }} Request a task that was asked to stop, and by whom
 */

import { Track } from "./track.js";

/** The resources whose depth is drawn as a band; of all others that are held a gauge is drawn. */
const QUEUE = "queue";

/** Takes in an event, if it is one of these. @param {Lanes} lanes @param {string} name @param {number} i */
export function take(lanes, name, i) {
  const { trace } = lanes;
  const id = trace.task[i];
  const subject = trace.subject[i];
  switch (name) {
    case "memory":
      track(lanes, "memory", 0, null).set(i, trace.value[i]);
      return true;
    case "cancel": {
      const to = lanes.task(subject);
      if (to) lanes.requests.push({ at: i, from: lanes.task(id), to });
      return true;
    }
    case "entered":
    case "exit-start":
    case "exited":
      step(lanes, name, subject, i);
      return true;
  }
  if (id === 0) return false;
  switch (name) {
    case "block":
      lanes.lane(id).blocks.push(i, trace.value[i]);
      return true;
    case "acquire":
    case "release":
    case "refill": {
      const { kind } = trace.resourceOf(subject) ?? {};
      const of = track(lanes, kind === QUEUE ? "queue" : "gauge", subject, lanes.lane(id));
      // What a rate limiter gives out comes back with time, and not from those who took it.
      if (name === "release") of.holders.delete(id);
      else if (kind !== "rate limiter") of.holders.set(id, i);
      of.set(i, trace.value[i]);
      return true;
    }
    case "put":
    case "get":
      track(lanes, "queue", subject, lanes.lane(id));
      return true;
    case "depth":
      track(lanes, "queue", subject, lanes.lane(id)).set(i, trace.value[i]);
      return true;
    case "enter-start": {
      const task = lanes.lane(id);
      const lane = task.active[task.active.length - 1] ?? task;
      const levels = lane.brackets.length;
      lanes.opened.set(subject, open(lane, subject, i));
      if (lane.brackets.length > levels) lanes.version += 1;
      return true;
    }
  }
  return false;
}

/** Opens a bracket in the first level that has room. @param {Lane} lane @param {number} resource @param {number} at @returns {Bracket} */
function open({ brackets }, resource, at) {
  const bracket = { resource, enter: at, entered: -1, exit: -1, exited: -1, kept: false };
  const level = brackets.find((list) => list[list.length - 1].exited >= 0);
  if (level) level.push(bracket);
  else brackets.push([bracket]);
  return bracket;
}

/** @param {Lanes} lanes @param {string} name @param {number} subject @param {number} i */
function step({ opened, trace }, name, subject, i) {
  const bracket = opened.get(subject);
  if (!bracket) return;
  if (name === "entered") bracket.entered = i;
  else if (name === "exit-start") bracket.exit = i;
  else Object.assign(bracket, { exited: i, kept: trace.value[i] === 1 });
}

/** A task waits: for room, or for what others hold. @param {Lanes} lanes @param {Lane} lane @param {number} subject @param {number} i */
export function hold(lanes, lane, subject, i) {
  const { held, trace } = lanes;
  const kind = trace.resourceOf(subject)?.kind;
  const back = kind === QUEUE ? /^room|^all/.test(trace.textOf(i)) : lanes.track(subject);
  if (!back || held.has(lane)) return;
  const of = track(lanes, kind === QUEUE ? "queue" : "gauge", subject, lane);
  held.set(lane, of);
  of.wait(i, 1);
}

/** A task waits no more. @param {Lanes} lanes @param {Lane} lane @param {number} i */
export function free({ held }, lane, i) {
  held.get(lane)?.wait(i, -1);
  held.delete(lane);
}

/** @param {Lanes} lanes @param {Track["kind"]} kind @param {number} id @param {Lane | null} lane */
function track(lanes, kind, id, lane) {
  const known = lanes.track(id);
  if (known) return known;
  const resource = lanes.trace.resourceOf(id);
  const name = kind === "memory" ? "memory" : resource?.name || `${resource?.kind ?? kind} ${id}`;
  const made = new Track(kind, id, name, resource?.capacity ?? 0, lane);
  lanes.tracks.set(id, made);
  lanes.version += 1;
  return made;
}
