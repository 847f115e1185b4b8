/**
 * Where programs run if the browser refuses the worker: in one that starts from a blob, or on the page's own thread.
 *
 * @typedef {import("./link.js").Link} Link
 * @typedef {import("./runs.js").Loading} Loading
 * @typedef {(address: string, load: () => Promise<Loading>) => Promise<Link | null>} InWorker
 * @typedef {(ready: import("./link.js").Ready, post: Link["post"], close: Link["close"], note: string) => Link} Through
 */

import { alone } from "./alone.js";

/**
 * @param {string} worker its address
 * @param {() => Promise<Loading>} load
 * @param {InWorker} inWorker @param {Through} through @param {typeof import("./get.js").get} get what the link has as well
 */
export async function open(worker, load, inWorker, through, get) {
  return (await inWorker(blob(worker), load)) ?? onThisThread(await load(), through, get);
}

/**
 * A browser refuses a worker from another origin, but lets one of our own import it. Not by a static import, which a strict policy
 * takes for a worker and not for a script.
 * @param {string} worker
 */
function blob(worker) {
  const script = `import(${JSON.stringify(worker)}).catch((error) => setTimeout(() => { throw error; }));`;
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}

/** @param {Loading} load @param {Through} through @param {typeof import("./get.js").get} get @returns {Promise<Link>} */
function onThisThread(load, through, get) {
  return new Promise((resolve, reject) => {
    /** @type {Link} */
    let link;
    const post = alone((report) => {
      if (report.type === "broken") reject(new Error(report.message));
      else if (report.type !== "ready") link.take(report);
      else {
        link = through(report, post, null, "Without a worker, programs run on the page's own thread.");
        resolve(link);
      }
    }, get);
    post(load);
  });
}
