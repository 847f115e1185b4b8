/**
 * The address bar's half of the page: scenario, parameters and clock as a readable text after the hash, with a version.
 *
 * @typedef {Record<string, string>} Place attribute names of the element and their values
 */

const VERSION = "v1";

/** @param {Place} place */
export function write(place) {
  return `#${VERSION}?${new URLSearchParams(place)}`;
}

/** Reads an address; throws a sentence for the reader. @param {string} hash @returns {Place | null} null if it says nothing */
export function read(hash) {
  const [, version, query] = /^#(v\d+)(?:\?(.*))?$/.exec(hash) ?? [];
  if (version === undefined) return null;
  if (version !== VERSION) throw new Error(`this link has version ${version}; this page reads ${VERSION}`);
  return Object.fromEntries(new URLSearchParams(query ?? ""));
}
