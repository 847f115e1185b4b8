/**
 * The way to the runs: a worker, or what else the browser allows. What they need of the wasm is fetched here, while the
 * worker starts.
 *
 * @typedef {import("./runs.js").Loading} Loading
 * @typedef {import("./runs.js").Order} Order
 * @typedef {import("./runs.js").Report} Report
 * @typedef {Extract<Report, { type: "ready" }>} Ready
 * @typedef {{ ready: Ready, post(order: Order): void, close: (() => void) | null, note: string, where: typeof where,
 *   take(report: Report): void, crashed(message: string): void }} Link
 *   `close` ends whatever runs at once, and is null where nothing can; `note` is what the reader should know; `take` is given all
 *   later reports, and is set by who uses the link, as `crashed` is
 */

import { LATE, WASM, late, piece } from "./address.js";
import { get } from "./get.js";

const WORKER = new URL("./worker.js", import.meta.url);

/** Where a page enforces Trusted Types, it has to allow a policy of this name. Nobody else has it, and it is asked for the worker's two addresses alone. */
const OWN = { createScriptURL: (/** @type {string} */ address) => address };
let policy = /** @type {typeof OWN | undefined} */ (undefined);
/** @param {string} address */
const trusted = (address) => (policy ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy("loopscope", OWN) ?? OWN).createScriptURL(address);

/** What a program may be called; what else is written on a tag is no part of an address. */
const NAME = /^[a-z-]+$/;

/** Where that lies which this scenario's program needs. Others ask the link: addresses are written down in one bundle only. @param {string} scenario */
const where = (scenario) => ({ piece: piece(scenario), late: late(scenario) });

/**
 * Opens a link. What the program of the scenario needs, of which it is known that it will be the first, comes with the engine.
 * @param {string} [scenario]
 */
export async function open(scenario) {
  /** @type {Promise<Loading> | undefined} */
  let loading;
  const load = () => (loading ??= fetched(scenario));
  return (await inWorker(WORKER.href, load)) ?? (await elsewhere()).open(WORKER.href, load, inWorker, through, get);
}

/** What few pages need: where the browser refuses the worker. */
async function elsewhere() {
  return import("./elsewhere.js").catch((error) => {
    throw new Error(`the engine could not be fetched: ${error.message}`);
  });
}

/** What the engine is loaded with. @param {string} [scenario] @returns {Promise<Loading>} */
async function fetched(scenario = "") {
  const expected = NAME.test(scenario) ? where(scenario) : null;
  const [wasm, bytes] = await Promise.all([
    get(WASM, "the engine"),
    // If it does not come, that is told when it is needed.
    expected && get(expected.piece, "the program").catch(() => null),
  ]);
  return { type: "load", wasm, late: LATE, ahead: expected && bytes && { ...expected, bytes } };
}

/**
 * @param {string} address
 * @param {() => Promise<Loading>} load
 * @returns {Promise<Link | null>} null if no worker can be had this way
 */
function inWorker(address, load) {
  return new Promise((resolve, reject) => {
    /** @type {Worker} */
    let worker;
    try {
      worker = new Worker(trusted(address), { type: "module", name: "loopscope" });
    } catch {
      resolve(null);
      return;
    }
    const close = () => worker.terminate();
    /** @param {Error} error */
    const refuse = (error) => {
      close();
      reject(error);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      close();
      resolve(null);
    };
    // What is posted to a worker whose module is still on its way may be lost, or is heard as soon as that is there, however
    // much the page has to do by then: it is said twice, and the second is none if the first was heard.
    const ask = () => load().then((order) => worker.postMessage(order), refuse);
    void ask();
    worker.onmessage = ({ data }) => {
      if (data.type === "here") void ask();
      else if (data.type !== "ready") refuse(new Error(data.message));
      else {
        const link = through(data, (order) => worker.postMessage(order), close);
        worker.onmessage = (event) => link.take(event.data);
        worker.onerror = (event) => {
          event.preventDefault?.();
          close();
          link.crashed(event.message || "unknown reason");
        };
        resolve(link);
      }
    };
  });
}

/** @param {Ready} ready @param {Link["post"]} post @param {Link["close"]} close @returns {Link} */
function through(ready, post, close, note = "") {
  return { ready, post, close, note, where, take() {}, crashed() {} };
}
