/**
 * The `<loop-scope>` tags of a page, with their places in its text, so that all the rest can stay as it is.
 *
 * @typedef {{ name: string, attributes: Map<string, string>, line: number, start: number, inside: number, close: number, mark: Mark | null }} Tag
 *   `inside` is where the opening tag has ended, `close` where the closing one begins
 * @typedef {{ start: number, end: number, image: boolean }} Mark what was baked before, with its marks
 * @typedef {import("parse5").DefaultTreeAdapterTypes.Node} Node
 * @typedef {import("parse5").DefaultTreeAdapterTypes.Element} Element
 */

import { parse } from "parse5";

export const BEGIN = "loopscope bake: made by `loopscope bake`";
export const END = "/loopscope bake";
export const IMAGE = ", the picture as an image";

/** @param {string} html @returns {Tag[]} in the order of the text */
export function tags(html) {
  /** @type {Tag[]} */
  const found = [];
  /** @type {Node[]} */
  const open = [parse(html, { sourceCodeLocationInfo: true, scriptingEnabled: false })];
  for (let node = open.pop(); node; node = open.pop()) {
    if ("tagName" in node && node.tagName === "loop-scope") found.push(tag(node));
    else if ("content" in node) open.push(node.content);
    else if ("childNodes" in node) open.push(...node.childNodes);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** @param {Element} node @returns {Tag} */
function tag(node) {
  const place = node.sourceCodeLocation;
  const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
  const scenario = attributes.get("scenario");
  return {
    name: scenario === undefined ? "<loop-scope>" : `<loop-scope scenario="${scenario}">`,
    attributes,
    line: place?.startLine ?? 0,
    start: place?.startOffset ?? 0,
    inside: place?.startTag?.endOffset ?? 0,
    // Without a closing tag all that follows would be inside.
    close: place?.endTag?.startOffset ?? -1,
    mark: mark(node),
  };
}

/** @param {Element} node @returns {Mark | null} */
function mark(node) {
  const comments = node.childNodes.flatMap((child) => ("data" in child && child.sourceCodeLocation ? [{ text: child.data.trim(), place: child.sourceCodeLocation }] : []));
  const begin = comments.find(({ text }) => text.startsWith(BEGIN));
  const end = comments.find(({ text, place }) => text === END && begin && place.startOffset > begin.place.startOffset);
  return begin && end ? { start: begin.place.startOffset, end: end.place.endOffset, image: begin.text.endsWith(IMAGE) } : null;
}
