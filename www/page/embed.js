/** The iframe form: `embed.html?scenario=…&limit=5&autoplay`. Each query parameter is an attribute of the one widget. */

import { write as say } from "../widget/dom.js";

/** What an address may set beside the scenario's parameters. Not any attribute: `onclick` and `style` are code too. */
const OTHERS = ["scenario", "clock", "seed", "speed", "axis", "view", "theme", "height", "autoplay"];

const query = new URLSearchParams(location.search);
const broken = /** @type {HTMLElement} */ (document.querySelector("#broken"));

/** Tells the page around the frame how high the content is; it is no secret from any page. */
function report() {
  const bottom = Math.max(...[...document.body.children].map((node) => node.getBoundingClientRect().bottom));
  const height = Math.ceil(bottom + scrollY);
  // Before anything stands there, nobody should make room for it.
  if (parent !== window && height > 0) parent.postMessage({ type: "loopscope:height", height }, "*");
}

const Widget = /** @type {typeof import("../widget/element.js").LoopScope} */ (await customElements.whenDefined("loop-scope"));
// Without the engine the widget says what is wrong, in its own place.
const scenarios = await Widget.ready().catch(() => []);
const id = query.get("scenario") ?? "";
const scenario = scenarios.find((scenario) => scenario.id === id);
const known = scenario?.parameters.map(({ name }) => name) ?? [];

const widget = document.createElement("loop-scope");
/** @type {string[]} */
const strange = [];
for (const [name, value] of query) {
  if (OTHERS.includes(name) || known.includes(name)) widget.setAttribute(name, value);
  else strange.push(name);
}
document.documentElement.dataset.theme = query.get("theme") ?? "auto";
document.body.append(widget);

// Of an unknown scenario nobody knows the parameters, and the widget complains of it already.
if (scenario && strange.length > 0) {
  say(broken, `this address sets “${strange.join("”, “")}”, which ${id} has not; it has ${known.join(", ")}`);
  broken.hidden = false;
}

const sizes = new ResizeObserver(report);
sizes.observe(widget);
sizes.observe(broken);
