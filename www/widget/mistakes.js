/**
 * What is wrong with a tag, in sentences. Sent for when something is odd.
 *
 * @typedef {import("../pkg/loopscope.js").ScenarioInfo} ScenarioInfo
 */

import { CHOICES, OWN, PLAIN, height, words } from "./attributes.js";

/** What any tag may say. */
const EVERY = "accesskey anchor autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype key lang nonce part popover ref role slot spellcheck style tabindex title translate xmlns".split(" ");

/** Throws what is wrong; returns what is odd and does no harm, "" for nothing. @param {Element} host @param {readonly ScenarioInfo[]} scenarios */
export function mistakes(host, scenarios) {
  const odd = strange(host, scenarios);
  const harmless = isLeftOver(odd, scenarios);
  const wrong = complaint(host) || (harmless ? "" : odd);
  if (wrong) throw new Error(wrong);
  return odd;
}

/** The first attribute that cannot be what it is, as a sentence; "" if all is well. @param {Element} host */
export function complaint(host) {
  for (const [name, { values, several }] of Object.entries(CHOICES)) {
    const text = host.getAttribute(name);
    if (text === null) continue;
    const wrong = (several ? words(text) : [text]).find((word) => !values.includes(word));
    if (wrong !== undefined) return `${name} is “${wrong}”; it has to be ${several ? "some of" : "one of"} ${values.join(", ")}`;
  }
  const high = height(host);
  if (high && !CSS.supports("block-size", high)) return `height is “${host.getAttribute("height")}”; it has to be a number of pixels, or a length as CSS has it, like 30rem`;
  return "";
}

/** What stands on the tag and means nothing to this scenario, as a sentence; "" if all is known. @param {Element} host @param {readonly ScenarioInfo[]} scenarios */
export function strange(host, scenarios) {
  const name = host.getAttribute("scenario");
  const scenario = scenarios.find(({ id }) => id === name);
  if (!scenario) return "";
  const known = scenario.params.map(({ name }) => name);
  const found = host.getAttributeNames().find((name) => PLAIN.test(name) && ![...OWN, ...EVERY, ...known].includes(name));
  if (!found) return "";
  const has = known.length > 0 ? `its parameters are ${known.join(", ")}` : "it has no parameters";
  return `the tag sets “${found}”, which ${name} does not know; ${has}`;
}

/** Whether another scenario has a parameter of that name: then it was left there when the scenario was changed. @param {string} sentence @param {readonly ScenarioInfo[]} scenarios */
function isLeftOver(sentence, scenarios) {
  return scenarios.some(({ params }) => params.some(({ name }) => sentence.includes(`“${name}”`)));
}
