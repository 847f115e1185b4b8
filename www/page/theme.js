/** Light, dark, or as the system: the page remembers it. */

import { write as say } from "../widget/dom.js";

const THEMES = ["auto", "light", "dark"];
const KEPT = "loopscope-theme";

/** @param {HTMLElement} button */
export function theme(button) {
  const dress = (/** @type {string} */ name) => {
    document.documentElement.dataset.theme = name;
    say(button, `Theme: ${name}`);
    button.setAttribute("aria-label", `Theme: ${name === "auto" ? "auto, as the system" : name}`);
  };
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme ?? "auto") + 1) % THEMES.length];
    dress(next);
    try {
      localStorage.setItem(KEPT, next);
    } catch {
      // A page without storage forgets, and that is all.
    }
  });
  try {
    const kept = localStorage.getItem(KEPT) ?? "auto";
    dress(THEMES.includes(kept) ? kept : "auto");
  } catch {
    dress("auto");
  }
}
