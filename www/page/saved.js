/** A run that was saved, brought back by the button or dropped on the page. */

/** @typedef {import("../widget/element.js").LoopScope} LoopScope */

import { LIMITS } from "../trace/limits.js";

/** @param {HTMLButtonElement} button @param {LoopScope} widget @param {{ opened(): void, broken(sentence: string): void }} told */
export function saved(button, widget, { opened, broken }) {
  const open = async (/** @type {File} */ file) => {
    if (file.size > LIMITS.characters) return broken(`${file.name} is too large to be shown: it has ${Math.round(file.size / 1e6)} MB, and the most is ${LIMITS.characters / 1e6} MB`);
    const text = await file.text().catch(() => null);
    if (text === null) return broken(`${file.name} could not be read`);
    widget.trace = /** @type {any} */ (text);
    await read(widget);
    // The widget says in its own place what is wrong with a trace.
    opened();
  };
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".json,application/json", hidden: true });
  input.setAttribute("aria-label", "A saved run");
  button.after(input);
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    if (input.files?.[0]) void open(input.files[0]);
    input.value = "";
  });
  const page = document.documentElement;
  const files = (/** @type {DragEvent} */ { dataTransfer }) => dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    page.dataset.drop = "";
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete page.dataset.drop;
  });
  addEventListener("drop", (event) => {
    delete page.dataset.drop;
    if (!files(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void open(file);
  });
}

/** What reads a trace may have to be fetched first. @param {LoopScope} widget @returns {Promise<void>} */
function read(widget) {
  return new Promise((resolve) => {
    const look = () => {
      if (widget.state === "loading") return;
      widget.removeEventListener("statechange", look);
      resolve();
    };
    widget.addEventListener("statechange", look);
    look();
  });
}
