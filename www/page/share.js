/** What can be taken away: the link, the tag, the run as a file; and a file brought back. Sent for when the menu is opened. */

/**
 * @typedef {import("../widget/element.js").LoopScope} LoopScope
 * @typedef {"json" | "chrome" | "svg"} Format
 */

import { make, write } from "../widget/dom.js";

/** @type {Record<Format, { name: string, end: string, type: string }>} */
const FORMATS = {
  json: { name: "Save the run (JSON)", end: "json", type: "application/json" },
  chrome: { name: "Save for Perfetto", end: "perfetto.json", type: "application/json" },
  svg: { name: "Save the picture (SVG)", end: "svg", type: "image/svg+xml" },
};

/** The attributes that a tag may carry beside the parameters. */
const OTHERS = ["clock", "seed", "speed", "axis"];

/** Fills the menu. @param {HTMLElement} menu @param {LoopScope} widget @param {() => readonly string[]} parameters */
export function fill(menu, widget, parameters) {
  const said = make("p", { role: "status", class: "said" });
  const item = (/** @type {string} */ name, /** @type {() => Promise<string>} */ act) => make("button", {
    type: "button",
    onclick: async () => write(said, await act().catch((/** @type {Error} */ error) => error.message)),
  }, name);
  menu.replaceChildren(
    item("Copy the link", () => copy(location.href, "The link is copied.")),
    item("Copy the embed tag", () => copy(tag(widget, parameters()), "The tag is copied.")),
    ...Object.entries(FORMATS).map(([format, { name }]) => item(name, () => save(widget, /** @type {Format} */ (format)))),
    said,
  );
}

/** @param {string} text @param {string} done */
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    // Without the right to write there, the reader can still take it by hand.
    return text;
  }
}

/** The tag that shows the same. @param {LoopScope} widget @param {readonly string[]} parameters */
export function tag(widget, parameters) {
  const script = new URL("./loopscope.js", document.baseURI).href;
  const scope = document.createElement("loop-scope");
  for (const name of ["scenario", ...OTHERS, ...parameters]) {
    const value = widget.getAttribute(name);
    if (value !== null) scope.setAttribute(name, value);
  }
  const attributes = [...scope.attributes].filter(({ name }) => name !== "state").map(({ name, value }) => `${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`);
  return `<script type="module" src="${script}"></script>\n<loop-scope ${attributes.join(" ")}></loop-scope>`;
}

/** @param {LoopScope} widget @param {Format} format */
async function save(widget, format) {
  const { end, type } = FORMATS[format];
  const text = await widget.export(format);
  const href = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href, download: `loopscope-${widget.trace?.scenario ?? "run"}.${end}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  return `Saved as ${link.download}.`;
}
