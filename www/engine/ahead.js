/** The first link to the engine, which is opened before that has come which will use it. */

import { open } from "./link.js";

/** `null` when it is taken. @type {ReturnType<typeof open> | null | undefined} */
let first;

/** Begins to open it, for this scenario if one is known. @param {string} [scenario] */
export function ahead(scenario) {
  if (first !== undefined) return;
  const link = (first = open(scenario));
  // Who takes it is told; if nobody has by then, the next one tries anew.
  link.catch(() => {
    if (first === link) first = undefined;
  });
}

/** Gives the first link to whom asks first, and then new ones. */
export function take() {
  const link = first ?? open();
  first = null;
  return link;
}
