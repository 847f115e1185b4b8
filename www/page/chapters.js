/** The list of chapters and scenarios. */

/** @typedef {{ id: string, title: string, chapter: string }} Entry */

import { make, reveal } from "../widget/dom.js";
import { write as address } from "./address.js";

/** What stands at the end of the list, and in the address in place of a scenario. */
export const TOOLS = "tools";

/** @param {HTMLElement} list @param {readonly Entry[]} scenarios */
export function fill(list, scenarios) {
  const names = [...new Set(scenarios.map(({ chapter }) => chapter))];
  list.replaceChildren(
    ...names.flatMap((name) => [
      make("h2", {}, name),
      make("ul", {}, ...scenarios.filter(({ chapter }) => chapter === name).map(({ id, title }) =>
        make("li", {}, make("a", { href: address({ scenario: id }), "data-scenario": id }, title)))),
    ]),
    make("h2", {}, "To decide"),
    make("ul", {}, make("li", {}, make("a", { href: address({ show: TOOLS }), "data-scenario": TOOLS }, "Which tool?"))),
  );
}

/** Takes the clock along that the reader has chosen. @param {HTMLAnchorElement} link @param {string | null} clock */
export function keep(link, clock) {
  const { scenario = TOOLS } = link.dataset;
  if (clock && scenario !== TOOLS) link.href = address({ scenario, clock });
}

/** Marks where the reader is. @param {HTMLElement} nav what scrolls @param {string | undefined} id */
export function mark(nav, id) {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (nav.querySelectorAll("a"))) {
    const here = link.dataset.scenario === id;
    if (here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    if (here) reveal(nav, link);
  }
}
