/** The engine's module worker: orders in, reports out, columns handed over and not copied. */

import { get } from "./get.js";
import { LOST, serve } from "./runs.js";

/** In a worker one may wait: the page goes on. @param {string} address */
function fetchNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
    if (request.status !== 200) throw new Error(`${address} answered ${request.status}`);
  } catch (error) {
    const lost = new Error(`${LOST}: ${/** @type {Error} */ (error).message}`);
    // Inside the wasm the program stands where it cannot go on: the whole has to be loaded anew.
    setTimeout(() => { throw lost; });
    throw lost;
  }
  return request.response;
}

const take = serve((report, transfer) => postMessage(report, { transfer }), get, fetchNow);
addEventListener("message", ({ data }) => take(data));
// What the wasm does in a microtask is nobody's call: its trap comes to nobody.
addEventListener("unhandledrejection", ({ reason }) => take({ type: "trap", message: String(reason?.message ?? reason) }));
addEventListener("error", (event) => {
  event.preventDefault();
  take({ type: "trap", message: event.message });
});
// What was posted before may be lost.
postMessage({ type: "here" });
