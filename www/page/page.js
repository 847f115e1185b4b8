/** The hosted page around one widget: choosing a scenario, its parameters, the clock and the theme; the address bar. */

/** @typedef {import("../widget/element.js").LoopScope} LoopScope */

import { make, write as say } from "../widget/dom.js";
import * as address from "./address.js";
import { show } from "./figures.js";
import { fill } from "./parameters.js";

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

await customElements.whenDefined("loop-scope");

const widget = /** @type {LoopScope} */ (find("loop-scope"));
const Widget = /** @type {typeof import("../widget/element.js").LoopScope} */ (widget.constructor);
/** @type {HTMLInputElement[]} */
const clocks = [...find("#clock").querySelectorAll("input")];

/** What an address may hold beside the parameters. */
const OTHERS = ["scenario", "clock", "seed", "speed", "axis"];

const clock = () => widget.getAttribute("clock") ?? "wall";
const scenario = () => Widget.scenarios.find(({ id }) => id === widget.getAttribute("scenario"));

/** Puts a place on the widget: what it does not name goes back to its default. @param {address.Place} place */
function go(place) {
  const known = Widget.scenarios.find(({ id }) => id === place.scenario)?.parameters.map(({ name }) => name) ?? [];
  const strange = Object.keys(place).find((name) => !OTHERS.includes(name) && !known.includes(name));
  if (strange && known.length > 0) throw new Error(`this link sets “${strange}”, which ${place.scenario} has not; it has ${known.join(", ")}`);
  const all = new Set([...OTHERS, ...Widget.scenarios.flatMap(({ parameters }) => parameters.map(({ name }) => name))]);
  for (const name of all) {
    if (place[name] === undefined) widget.removeAttribute(name);
    else if (widget.getAttribute(name) !== place[name]) widget.setAttribute(name, place[name]);
  }
  describe();
  keep();
  void widget.run();
}

/** Brings what stands around the widget in line with it. */
function describe() {
  const info = scenario();
  say(find("#title"), info?.title ?? "Unknown scenario");
  say(find("#about"), info?.about ?? "");
  for (const input of clocks) input.checked = input.value === clock();
  for (const link of document.querySelectorAll("nav a")) {
    link.toggleAttribute("aria-current", false);
    if (/** @type {HTMLElement} */ (link).dataset.scenario === info?.id) link.setAttribute("aria-current", "page");
  }
  fill(find("#parameters"), info?.parameters ?? [], (name) => widget.getAttribute(name), change);
}

/** @param {string} name @param {string} value @param {boolean} settled */
function change(name, value, settled) {
  widget.setAttribute(name, value);
  // In instant mode the widget follows by itself; a live run starts again when the slider is let go.
  if (clock() === "wall" && settled) void widget.run();
  keep();
}

/** Writes the address without a step in the history for each pixel of a slider. */
function keep() {
  const names = [...OTHERS, ...(scenario()?.parameters.map(({ name }) => name) ?? [])];
  const place = Object.fromEntries(names.flatMap((name) => {
    const value = widget.getAttribute(name);
    return value === null ? [] : [[name, value]];
  }));
  history.replaceState(null, "", address.write(place));
}

function chapters() {
  const chapters = [...new Set(Widget.scenarios.map(({ chapter }) => chapter))];
  find("#chapters").replaceChildren(...chapters.flatMap((name) => [
    make("h2", {}, name),
    make("ul", {}, ...Widget.scenarios.filter(({ chapter }) => chapter === name).map(({ id, title }) =>
      make("li", {}, make("a", { href: address.write({ scenario: id }), "data-scenario": id }, title)))),
  ]));
}

/** Shows the place that the address names. */
function open() {
  find("#broken").hidden = true;
  try {
    const place = address.read(location.hash);
    if (place) go({ ...place, scenario: place.scenario ?? "async-counter" });
    else first();
  } catch (error) {
    say(find("#broken"), /** @type {Error} */ (error).message);
    find("#broken").hidden = false;
    describe();
  }
}

/** A first visit opens on something that moves already, or that is drawn for those who want no motion. */
function first() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  go({ scenario: widget.getAttribute("scenario") ?? "async-counter", ...(still && { clock: "virtual" }) });
}

/** Where there is no room beside the program, the list of scenarios folds. */
const wide = matchMedia("(min-width: 64rem)");
const fold = () => find("nav details").toggleAttribute("open", wide.matches);
wide.addEventListener("change", fold);
fold();

const THEMES = ["auto", "light", "dark"];

/** @param {string} theme */
function dress(theme) {
  document.documentElement.dataset.theme = theme;
  say(find("#theme"), `Theme: ${theme}`);
  find("#theme").setAttribute("aria-label", `Theme: ${theme === "auto" ? "as the system" : theme}`);
}

find("#theme").addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % THEMES.length];
  dress(next);
  try {
    localStorage.setItem("loopscope-theme", next);
  } catch {
    // A page without storage forgets, and that is all.
  }
});

for (const input of clocks) {
  input.addEventListener("change", () => {
    widget.setAttribute("clock", input.value);
    void widget.run();
    keep();
  });
}
widget.addEventListener("statechange", () => show(find("#figures"), widget.state === "done" ? widget.trace : null));
addEventListener("hashchange", open);
new MutationObserver(keep).observe(widget, { attributes: true, attributeFilter: ["axis", "speed"] });

try {
  dress(localStorage.getItem("loopscope-theme") ?? "auto");
} catch {
  dress("auto");
}
// Without the engine the widget says what is wrong, in its own place.
const ready = await Widget.ready().then(() => true, () => false);
if (ready) {
  chapters();
  open();
} else find("#chapters").replaceChildren();
