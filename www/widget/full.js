/** The way to the full page, with what the widget shows: it is there where the widget comes from a site that has the page. */

import { make } from "./dom.js";

/** Where the site begins: above the folder of its version, or above the sources. The npm package has no page. */
const [, SITE] = /^(.*\/)(?:v[0-9a-f]{12}\/pkg|widget)\/[^/]*$/.exec(import.meta.url) ?? [];

/** What the page's address may hold beside the parameters. */
const PLACE = ["scenario", "clock", "seed", "speed", "axis"];

export class FullPage {
  #link = make("a", { class: "full", part: "link", target: "_blank", rel: "noopener" }, "Full page");
  /** Whether this is a widget elsewhere than on the page. */
  #away = SITE !== undefined && ![SITE, `${SITE}index.html`].includes(location.href.replace(/[?#].*/, ""));

  /** @param {HTMLElement} place */
  constructor(place) {
    if (this.#away) place.append(this.#link);
  }

  /** @param {Element} host @param {readonly string[]} parameters */
  draw(host, parameters) {
    if (!this.#away) return;
    const place = [...PLACE, ...parameters].flatMap((name) => {
      const value = host.getAttribute(name);
      return value === null ? [] : [[name, value]];
    });
    const address = `${SITE}index.html#v1?${new URLSearchParams(place)}`;
    if (this.#link.getAttribute("href") !== address) this.#link.href = address;
  }
}
