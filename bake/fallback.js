/**
 * What a reader without JavaScript sees: the picture, the output, and what happened in words.
 *
 * No line of it is empty, because for Markdown an empty line ends a block of HTML; and no two braces open together, because
 * many a template fills in what comes then.
 *
 * @typedef {import("./run.js").Recorded} Recorded
 * @typedef {import("../www/trace/trace.js").Trace} Trace
 */

import { line } from "../www/trace/json.js";
import { sentence } from "../www/trace/sentence.js";
import { time } from "../www/trace/words.js";
import { escape } from "./paper.js";

/** More lines than this nobody reads on paper; the widget has them all. */
const MOST = 200;
/** What is seen in the picture, and would be most of the words. */
const PLAIN = ["poll-start", "poll-end", "depth", "memory"];

/** @param {Recorded} recorded @param {boolean} image whether the picture has to stand in an `<img>` */
export function fallback({ trace, outcome, svg }, image) {
  const { scenario } = trace.about;
  const words = `${scenario}: ${count(trace.tasks.length, "task")}, ${count(trace.length, "event")}, ${time(trace.end)}`;
  const picture = image ? `<img src="${address(svg)}" alt="${attribute(words)}">` : svg;
  const told = Array.from({ length: trace.length }, (_, i) => i).filter((i) => !PLAIN.includes(trace.kindOf(i).name));
  const output = trace.output.map((i) => `${at(trace, line(trace, i).t)}  ${line(trace, i).text}`);
  const end = outcome.message || `result ${JSON.stringify(trace.result)}`;
  return tame([
    `<figure class="loopscope-baked">`,
    `<div style="overflow-x: auto">${picture}</div>`,
    `<figcaption>${escape(words)}</figcaption>`,
    `<pre>${[...some(output), end].map(escape).join("\n")}</pre>`,
    `<details>`,
    `<summary>What happened</summary>`,
    `<pre>${some(told.map((i) => `${at(trace, trace.t[i])}  ${sentence(trace, i)}`)).map(escape).join("\n")}</pre>`,
    `</details>`,
    `</figure>`,
  ].join("\n"));
}

/** @param {number} number @param {string} thing */
function count(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

/** @param {Trace} trace @param {number} t */
function at(trace, t) {
  return time(t, trace.end).padStart(8);
}

/** As many lines as are read, and how many there are more. @param {string[]} lines */
function some(lines) {
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), `… and ${(lines.length - MOST).toLocaleString("en")} more`];
}

/** @param {string} text */
function attribute(text) {
  return escape(text).replaceAll('"', "&quot;");
}

/** The picture as an address that holds it. @param {string} svg */
function address(svg) {
  return `data:image/svg+xml,${svg.replace(/[%#"<>&{}\s]/g, (sign) => (sign === " " ? " " : encodeURIComponent(sign)))}`;
}

/** @param {string} html */
function tame(html) {
  return html.replace(/\n(?=[^\S\n]*\n)/g, "&#10;").replace(/\{(?=\{)/g, "&#123;");
}
