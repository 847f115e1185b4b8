/**
 * The HTML of a Markdown file at its places: all the rest, examples in code above all, is blanked out.
 *
 * @typedef {import("mdast").Nodes} Nodes
 */

import { fromMarkdown } from "mdast-util-from-markdown";

/** @param {string} text */
export function read(text) {
  const found = pieces(text);
  let html = "";
  let last = 0;
  for (const { start, end } of found) {
    html += blank(text.slice(last, start)) + text.slice(start, end);
    last = end;
  }
  html += blank(text.slice(last));
  return {
    html,
    /** Whether what lies between two places is one block of HTML, which Markdown leaves alone. @param {number} start @param {number} end */
    whole: (start, end) => found.some((piece) => piece.block && piece.start <= start && end <= piece.end),
  };
}

/** @param {string} text */
function pieces(text) {
  /** @type {{ start: number, end: number, block: boolean }[]} */
  const found = [];
  /** @param {Nodes} node @param {boolean} block */
  const visit = (node, block) => {
    const { start, end } = node.position ?? {};
    if (node.type === "html" && start?.offset !== undefined && end?.offset !== undefined) found.push({ start: start.offset, end: end.offset, block });
    if ("children" in node) for (const child of node.children) visit(child, block && !["paragraph", "heading"].includes(node.type));
  };
  visit(fromMarkdown(text), true);
  return found;
}

/** @param {string} text */
function blank(text) {
  return text.replace(/[^\n\r]/g, " ");
}
