/**
 * The way to the runs: a worker, a worker that starts from a blob, or the page's own thread.
 *
 * @typedef {import("./runs.js").Order} Order
 * @typedef {import("./runs.js").Report} Report
 * @typedef {Extract<Report, { type: "ready" }>} Ready
 * @typedef {{ ready: Ready, post(order: Order): void, close: (() => void) | null, note: string }} Link
 *   `close` ends whatever runs at once, and is null where nothing can; `note` is what the reader should know
 */

import { LATE, WASM } from "./address.js";

const WORKER = new URL("./worker.js", import.meta.url);

/** Where a page enforces Trusted Types, it has to allow a policy of this name. Nobody else has it, and it is asked for the two addresses below alone. */
const OWN = { createScriptURL: (/** @type {string} */ address) => address };
let policy = /** @type {typeof OWN | undefined} */ (undefined);
/** @param {string} address */
const trusted = (address) => (policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy("loopscope", OWN) ?? OWN).createScriptURL(address);

/**
 * @param {string} expected the address of what the first program needs, "" if it is not known
 * @param {(report: Report) => void} take is given all reports after the first
 * @param {(message: string) => void} crashed
 * @returns {Promise<Link>}
 */
export async function open(expected, take, crashed) {
  /** @type {Order} */
  const load = { type: "load", wasm: WASM, late: LATE, expected };
  const link = (await inWorker(() => WORKER.href, load, take, crashed)) ?? (await inWorker(blob, load, take, crashed));
  return link ?? onThisThread(load, take);
}

/**
 * A browser refuses a worker from another origin, but lets one of our own import it. Not by a static import, which a strict policy
 * takes for a worker and not for a script.
 */
function blob() {
  const script = `import(${JSON.stringify(WORKER.href)}).catch((error) => setTimeout(() => { throw error; }));`;
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}

/**
 * @param {() => string} address
 * @param {Order} load
 * @param {(report: Report) => void} take
 * @param {(message: string) => void} crashed
 * @returns {Promise<Link | null>} null if no worker can be had this way
 */
function inWorker(address, load, take, crashed) {
  return new Promise((resolve, reject) => {
    /** @type {Worker} */
    let worker;
    try {
      worker = new Worker(trusted(address()), { type: "module", name: "loopscope" });
    } catch {
      resolve(null);
      return;
    }
    worker.onerror = (event) => {
      event.preventDefault?.();
      worker.terminate();
      resolve(null);
    };
    worker.onmessage = ({ data }) => {
      if (data.type === "here") {
        worker.postMessage(load);
        return;
      }
      if (data.type !== "ready") {
        worker.terminate();
        reject(new Error(data.message));
        return;
      }
      worker.onmessage = (event) => take(event.data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        worker.terminate();
        crashed(event.message || "unknown reason");
      };
      resolve({ ready: data, post: (order) => worker.postMessage(order), close: () => worker.terminate(), note: "" });
    };
  });
}

/** @param {Order} load @param {(report: Report) => void} take @returns {Promise<Link>} */
async function onThisThread(load, take) {
  const { serve } = await import("./runs.js").catch((error) => {
    throw new Error(`the engine could not be fetched: ${error.message}`);
  });
  return new Promise((resolve, reject) => {
    const post = serve((report) => {
      if (report.type === "ready") {
        resolve({ ready: report, post, close: null, note: "This page allows no worker: the program runs on the page's own thread, and a long one holds the page up." });
      } else if (report.type === "broken") reject(new Error(report.message));
      else take(report);
    });
    post(load);
  });
}
