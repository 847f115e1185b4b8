/** For what stands around a widget and follows its cursor. No part of the element: a tutorial has its events. */

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
