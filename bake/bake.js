/**
 * Bakes a page: each `<loop-scope>` gets what its program does as a picture and in words, between two marks. What else is on the
 * page stays as it is, to the byte.
 *
 * @typedef {import("./tags.js").Tag} Tag
 * @typedef {{ text: string, tags: number, stale: string[], wrong: string[] }} Baked
 *   the new text; sentences about tags that were not up to date, and about those that cannot be
 */

import { fallback } from "./fallback.js";
import { read } from "./markdown.js";
import { record } from "./run.js";
import { BEGIN, END, IMAGE, tags } from "./tags.js";

/** Bakes the text of a file. @param {string} name @param {string} text @param {{ image?: boolean }} [wishes] @returns {Promise<Baked>} */
export async function bake(name, text, { image = false } = {}) {
  const markdown = /\.(md|markdown|mdx)$/i.test(name);
  const found = tags(markdown ? read(text).html : text);
  /** @type {Baked} */
  const baked = { text: "", tags: found.length, stale: [], wrong: [] };
  let last = 0;
  for (const tag of found) {
    const place = `${name}:${tag.line}: ${tag.name}`;
    try {
      if (tag.close < 0) throw new Error("the tag is never closed, or something in it ends a <p> that it stands in");
      const { start, end, fresh } = renewed(text, tag, await filling(tag, image));
      if (fresh !== text.slice(start, end)) baked.stale.push(`${place} ${tag.mark ? "has gone stale" : "has no picture yet"}`);
      baked.text += text.slice(last, start) + fresh;
      last = end;
    } catch (error) {
      baked.wrong.push(`${place}: ${error instanceof Error ? error.message : error}`);
    }
  }
  baked.text += text.slice(last);
  if (baked.wrong.length === 0) baked.wrong = spoilt(name, found, markdown ? read(baked.text) : { html: baked.text, whole: () => true });
  return baked;
}

/** @param {Tag} tag @param {boolean} image */
async function filling({ attributes, mark }, image) {
  const asImage = image || (mark?.image ?? false);
  return `<!-- ${BEGIN}${asImage ? IMAGE : ""} -->\n${fallback(await record(attributes), asImage)}\n<!-- ${END} -->`;
}

/** What to put where: in the place of what was baked before, or else at the end of the tag, on lines of its own. @param {string} text @param {Tag} tag @param {string} filling */
function renewed(text, { inside, close, mark }, filling) {
  if (mark) return { ...mark, fresh: filling };
  const own = text.slice(inside, close).trimEnd();
  return { start: inside + own.length, end: close, fresh: `\n${filling}\n` };
}

/**
 * Looks whether the page still reads as it was meant: a picture ends a paragraph that it stands in, and Markdown knows HTML by its
 * lines.
 * @param {string} name
 * @param {Tag[]} before
 * @param {{ html: string, whole(start: number, end: number): boolean }} page as it is now
 */
function spoilt(name, before, { html, whole }) {
  const after = tags(html);
  return before.flatMap(({ name: tag, line }, k) => {
    const { mark = null, start = 0, close = -1 } = after[k] ?? {};
    const place = `${name}:${line}: ${tag}`;
    if (!whole(start, close)) {
      return [`${place}: Markdown does not take this tag for a block of HTML: let it begin a line, all on that line, after an empty line and with none inside, or put it into a <div>`];
    }
    return mark ? [] : [`${place}: the tag stands where no picture may be, as in a <p>: put it beside, or into a <div>`];
  });
}
