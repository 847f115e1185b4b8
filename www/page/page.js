/** The hosted page around one widget: choosing a scenario, its parameters and the clock; the address bar; what is sent for later. */

/** @typedef {import("../widget/element.js").LoopScope} LoopScope */

import { write as say } from "../widget/dom.js";
import { DRAWN } from "../widget/drawn.js";
import { START } from "../widget/start.js";
import { abouts } from "./abouts.js";
import * as address from "./address.js";
import * as chapters from "./chapters.js";
import { Figures } from "./figures.js";
import { fill } from "./parameters.js";
import { saved } from "./saved.js";
import { theme } from "./theme.js";
import { Versus } from "./versus.js";

/** @template {HTMLElement} T @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

theme(find("#theme"));
await customElements.whenDefined("loop-scope");

const widget = /** @type {LoopScope} */ (find("loop-scope"));
const Widget = /** @type {typeof import("../widget/element.js").LoopScope} */ (widget.constructor);
/** @type {HTMLInputElement[]} */
const clocks = [...find("#clock").querySelectorAll("input")];

/** What an address may hold beside the parameters. */
const OTHERS = ["scenario", "clock", "seed", "speed", "axis"];
/** Where a scenario that was to be opened first is not there. */
const SIMPLEST = "async-counter";

/** @type {Record<string, string>} */
const told = {};

const clock = () => widget.getAttribute("clock") ?? "wall";
const scenario = () => Widget.scenarios.find(({ id }) => id === widget.getAttribute("scenario"));
const parameters = () => scenario()?.parameters.map(({ name }) => name) ?? [];

/** Puts a place on the widget: what it does not name goes back to its default. @param {address.Place} place */
function go(place) {
  const known = Widget.scenarios.find(({ id }) => id === place.scenario)?.parameters.map(({ name }) => name) ?? [];
  const strange = Object.keys(place).find((name) => !OTHERS.includes(name) && !known.includes(name));
  const all = new Set([...OTHERS, ...Widget.scenarios.flatMap(({ parameters }) => parameters.map(({ name }) => name))]);
  for (const name of all) {
    if (place[name] === undefined) widget.removeAttribute(name);
    else if (widget.getAttribute(name) !== place[name]) widget.setAttribute(name, place[name]);
  }
  describe();
  keep();
  widget[START]();
  // All else that it says is done.
  if (strange && known.length > 0) complain(`this link sets “${strange}”, which ${place.scenario} does not have; it has ${known.join(", ")}`);
}

/** Brings what stands around the widget in line with it. */
function describe() {
  const info = scenario();
  say(find("#title"), info?.title ?? "Unknown scenario");
  say(find("#about"), told[info?.id ?? ""] ?? "");
  say(find("nav summary"), info ? `Scenarios: ${info.title}` : "Scenarios");
  document.title = info ? `${info.title} · loopscope` : "loopscope";
  for (const input of clocks) input.checked = input.value === clock();
  chapters.mark(find("nav"), info?.id);
  fill(find("#parameters"), info?.parameters ?? [], (name) => widget.getAttribute(name), change);
}

/** @param {string} name @param {string} value @param {boolean} settled */
function change(name, value, settled) {
  widget.setAttribute(name, value);
  // In instant mode the widget follows by itself; a live run starts again when the slider is let go.
  if (clock() === "wall" && settled) widget[START]();
  keep();
}

/** Writes the address without a step in the history for each pixel of a slider. */
function keep() {
  if (!find("#tools").hidden) return;
  const place = Object.fromEntries([...OTHERS, ...parameters()].flatMap((name) => {
    const value = widget.getAttribute(name);
    return value === null ? [] : [[name, value]];
  }));
  history.replaceState(null, "", address.write(place));
}

/** Shows the program, or what stands in its place. @param {boolean} tools */
function turn(tools) {
  find("#tools").hidden = !tools;
  find("#play").hidden = tools;
}

/** Shows the place that the address names. */
async function open() {
  find("#broken").hidden = true;
  turn(false);
  try {
    const place = address.read(location.hash);
    if (place?.show === chapters.TOOLS) {
      const { show } = await import("./tools.js");
      show(find("#tools"), Widget.scenarios);
      turn(true);
      chapters.mark(find("nav"), chapters.TOOLS);
      document.title = "Which tool? · loopscope";
    } else if (place) go({ ...place, scenario: place.scenario ?? first() });
    else {
      const { hash } = location;
      start();
      if (hash.length > 1 && !within()) complain(`this link ends in “${hash}”, which names no program: here is another one`);
    }
  } catch (error) {
    complain(/** @type {Error} */ (error).message);
    describe();
  }
}

/** @param {string} sentence */
function complain(sentence) {
  say(find("#broken"), sentence);
  find("#broken").hidden = false;
}

function first() {
  const wanted = widget.getAttribute("scenario");
  return Widget.scenarios.some(({ id }) => id === wanted) ? /** @type {string} */ (wanted) : SIMPLEST;
}

/** A first visit opens on something that moves already, or that is drawn for those who want no motion. */
function start() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  go({ scenario: first(), ...(still && { clock: "virtual" }) });
}

/** Where there is no room beside the program, the list of scenarios folds. */
const wide = matchMedia("(min-width: 64rem)");
const fold = () => find("nav details").toggleAttribute("open", wide.matches);
wide.addEventListener("change", fold);
fold();

for (const input of clocks) {
  input.addEventListener("change", () => {
    widget.setAttribute("clock", input.value);
    widget[START]();
    keep();
  });
}

const figures = new Figures(find("#figures"));
const versus = new Versus(find("#twins"));
widget.addEventListener(DRAWN, (event) => {
  const frame = /** @type {CustomEvent} */ (event).detail;
  versus.draw(frame);
  figures.draw(frame);
});
/** Whether the address names a part of this page, as the way past the menu does. */
const within = () => document.getElementById(location.hash.slice(1)) !== null;
addEventListener("hashchange", () => within() || void open());
new MutationObserver(keep).observe(widget, { attributes: true, attributeFilter: ["axis", "speed"] });
find("nav").addEventListener("click", ({ target }) => {
  const link = /** @type {Element} */ (target).closest("a");
  if (!link) return;
  if (!wide.matches) find("nav details").removeAttribute("open");
  // Who is there already, leaves what was said of the way.
  find("#broken").hidden = true;
  chapters.keep(link, widget.getAttribute("clock"));
});

find("#share").addEventListener("beforetoggle", async () => {
  const share = await import("./share.js");
  share.fill(find("#share"), widget, parameters);
});
saved(find("#open"), widget, {
  opened: () => {
    find("#broken").hidden = true;
    turn(false);
    const { trace } = widget;
    if (!trace) return describe();
    const known = Widget.scenarios.find(({ id }) => id === trace.scenario);
    say(find("#title"), known?.title ?? trace.scenario);
    say(find("#about"), `A saved run on the ${trace.clock === "virtual" ? "virtual" : "wall"} clock: it is shown again and not run.`);
    chapters.mark(find("nav"), known?.id);
    // They would be those of the next run, which is another program's.
    find("#parameters").replaceChildren();
    widget.addEventListener("statechange", describe, { once: true });
  },
  broken: complain,
});
// The keys are the widget's, but who asks for help may stand anywhere.
addEventListener("keydown", (event) => {
  const typing = /** @type {Element} */ (event.composedPath()[0]).matches?.("input, select, textarea");
  if (event.key !== "?" || event.defaultPrevented || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  widget.dispatchEvent(new KeyboardEvent("keydown", { key: "?" }));
});

// Without the engine the widget says what is wrong, in its own place.
const [ready] = await Promise.all([Widget.ready().then(() => true, () => false), abouts().then((all) => Object.assign(told, all))]);
if (ready) {
  chapters.fill(find("#chapters"), Widget.scenarios);
  void open();
} else find("#chapters").replaceChildren();
