/** The engine on the page's own thread, where no worker can be had: what breaks down there may be the page's own. */

import { broken, serve } from "./runs.js";

/** The one that is in use. @type {ReturnType<typeof serve> | undefined} */
let engine;

/**
 * As `serve`, for the page.
 * @param {(report: import("./runs.js").Report) => void} post @param {typeof import("./get.js").get} get
 */
export function alone(post, get) {
  const take = serve((report) => {
    if (report.type === "ready") engine = take;
    // Nobody was in a turn: what broke down was the page's own.
    if (report.type !== "crash" || report.id) post(report);
  }, get);
  return take;
}

/** If it is one of ours, its run is still in its turn when that should be over. @param {unknown} error */
function look(error) {
  if (broken(error)) setTimeout(() => engine?.({ type: "trap", message: /** @type {Error} */ (error).message }));
}

addEventListener("error", ({ error }) => look(error));
addEventListener("unhandledrejection", ({ reason }) => look(reason));
