/** For what stands around a widget, starts it and follows its cursor. No part of the element: a tutorial has its methods and events. */

/** @typedef {import("./frame.js").Frame} Frame */

/** @type {WeakMap<Element, Set<(frame: Frame) => void>>} */
const watchers = new WeakMap();

/** Calls back after each drawing of a widget with what was drawn. @param {Element} widget @param {(frame: Frame) => void} watcher */
export function watch(widget, watcher) {
  const known = watchers.get(widget) ?? new Set();
  watchers.set(widget, known.add(watcher));
}

/** @param {Element} widget @param {Frame} frame */
export function drawn(widget, frame) {
  for (const watcher of watchers.get(widget) ?? []) watcher(frame);
}

/** @type {WeakMap<Element, () => void>} */
const starters = new WeakMap();

/** Says how a widget is started by who does not want its trace: to make a million objects of it takes its time. @param {Element} widget @param {() => void} starter */
export function startable(widget, starter) {
  starters.set(widget, starter);
}

/** Runs a widget's program from its start. @param {Element} widget */
export function start(widget) {
  starters.get(widget)?.();
}
