/** The sliders and number fields of a scenario. */

/** @typedef {import("../pkg/loopscope.js").ParamInfo} ParamInfo */

import { make } from "../widget/dom.js";

/**
 * @param {HTMLFormElement} form
 * @param {readonly ParamInfo[]} parameters
 * @param {(name: string) => string | null} value what is set now
 * @param {(name: string, value: string, settled: boolean) => void} changed
 */
export function fill(form, parameters, value, changed) {
  form.onsubmit = (event) => event.preventDefault();
  form.replaceChildren(...parameters.map((parameter) => field(parameter, value(parameter.name) ?? String(parameter.default), changed)));
}

/** @param {ParamInfo} parameter @param {string} value @param {(name: string, value: string, settled: boolean) => void} changed */
function field(parameter, value, changed) {
  const { name, label, unit, min, max, step } = parameter;
  const range = { min, max, step, value };
  const slider = make("input", { type: "range", ...range, max: reach(parameter, value), "aria-label": label, "aria-valuetext": `${value} ${unit}` });
  const number = make("input", { type: "number", ...range, id: `parameter-${name}`, name, inputmode: "decimal" });
  const tell = (/** @type {HTMLInputElement} */ from, /** @type {HTMLInputElement} */ to, /** @type {boolean} */ settled) => {
    if (to === slider) slider.max = String(reach(parameter, from.value));
    to.value = from.value;
    slider.setAttribute("aria-valuetext", `${slider.value} ${unit}`);
    changed(name, from.value, settled);
  };
  slider.addEventListener("input", () => tell(slider, number, false));
  slider.addEventListener("change", () => tell(slider, number, true));
  // What is still being typed may be nothing yet: only who has done with it is told that it is wrong.
  number.addEventListener("input", () => number.value !== "" && number.validity.valid && tell(number, slider, false));
  number.addEventListener("change", () => tell(number, slider, true));
  const bounds = [min, max].map((bound) => bound.toLocaleString("en")).join("–");
  const words = make("label", { for: number.id }, label, " ", make("small", {}, unit ? `${unit}, ${bounds}` : bounds));
  return make("div", { class: "field" }, words, number, slider);
}

/** A slider over all that is allowed would be useless where that is much: it goes to where the eye can follow, and further if asked. @param {ParamInfo} parameter @param {string} value */
function reach({ default: usual, min, max, step }, value) {
  return Math.min(max, Math.max(5 * usual, min + 20 * step, Number(value) || 0));
}
