/**
 * The side of the engine that owns the wasm: loads it and keeps the runs by their number. The same code serves in a
 * worker and, where none can be had, on the page's own thread.
 *
 * @typedef {import("../pkg/loopscope.js").Batch} Batch
 * @typedef {import("../pkg/loopscope.js").KindInfo} KindInfo
 * @typedef {import("../pkg/loopscope.js").Outcome} Outcome
 * @typedef {import("../pkg/loopscope.js").Run} Run
 * @typedef {import("../pkg/loopscope.js").RunOptions} RunOptions
 * @typedef {import("../pkg/loopscope.js").ScenarioInfo} ScenarioInfo
 *
 * @typedef {{ type: "load", wasm: ArrayBuffer, late: string, ahead: import("./pieces.js").Addresses & { bytes: ArrayBuffer } | null } | { type: "whole" } | { type: "run" | "check", id: number, options: RunOptions, addresses: import("./pieces.js").Addresses } | { type: "pause" | "resume" | "stop", id: number } | { type: "trap", message: string }} Order
 * @typedef {Extract<Order, { type: "load" }>} Loading
 * @typedef {{ type: "ready", scenarios: ScenarioInfo[], kinds: KindInfo[] } | { type: "broken", message: string }
 *   | { type: "heard" | "started", id: number } | { type: "batch", id: number, batch: Batch }
 *   | { type: "end", id: number, outcome: Outcome } | { type: "refused" | "crash", id: number, message: string }} Report
 */

import * as pkg from "../pkg/loopscope.js";
import { Pieces } from "./pieces.js";

/** A program that breaks down with so much memory in use, in bytes, has asked for too much: that is a sixth of what there may be. */
const MUCH = 85e6;

/** How it begins where a late half cannot be had that the wasm stands before. */
export const LOST = "a part of the engine could not be fetched";

/**
 * Loads the engine; throws a sentence for the reader where that cannot be.
 * @param {Loading} order @param {typeof import("./get.js").get} get @param {import("./pieces.js").FetchNow} [fetchNow]
 */
async function load({ wasm, late, ahead }, get, fetchNow) {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is switched off in this browser, and the programs need it to run");
  /** @param {string} address */
  const fetch = async (address) => {
    if (address !== ahead?.piece) return get(address, "the program");
    const { bytes } = ahead;
    // If it is asked for again, that was of no use.
    ahead = null;
    return bytes;
  };
  const primary = await pkg.launch(wasm).catch((/** @type {Error} */ error) => {
    throw new Error(`the engine could not be started: ${error.message}`);
  });
  const pieces = new Pieces(primary, pkg.late, late, fetch, fetchNow);
  // It is in its place when it is run, and if it cannot be, that is told then.
  if (ahead) pieces.ready(ahead).catch(() => {});
  if (!fetchNow) await pieces.whole();
  return { scenarios: pkg.scenarios(), kinds: pkg.kinds(), pieces, memory: primary.memory };
}

/**
 * Returns what takes orders; the first one is to load.
 * @param {(report: Report, transfer: Transferable[]) => void} post
 * @param {typeof import("./get.js").get} get
 * @param {import("./pieces.js").FetchNow} [fetchNow] where this may make all else wait; else everything is fetched before it is needed
 * @returns {(order: Order) => void}
 */
export function serve(post, get, fetchNow) {
  /** @type {Map<number, Run>} */
  const runs = new Map();
  /** @type {ReturnType<typeof load>} */
  let loading;

  /** The page says it twice, since one may be lost. @param {Loading} order */
  function begin(order) {
    if (loading !== undefined) return;
    loading = load(order, get, fetchNow);
    loading.then(
      ({ scenarios, kinds }) => post({ type: "ready", scenarios, kinds }, []),
      (error) => post({ type: "broken", message: error.message }, []),
    );
  }

  /** Looks whether it can be run, and runs it unless only that was asked. @param {Extract<Order, { options: RunOptions }>} order */
  async function start({ type, id, options, addresses }) {
    post({ type: "heard", id }, []);
    try {
      const { pieces } = await loading;
      const run = new pkg.Run(options);
      if (type === "check") run.free();
      else await pieces.ready(addresses).catch(startable);
      post({ type: "started", id }, []);
      if (type === "check") return;
      runs.set(id, run);
      const outcome = await run.start((batch) => post({ type: "batch", id, batch }, columns(batch)));
      runs.delete(id);
      run.free();
      post({ type: "end", id, outcome }, []);
    } catch (error) {
      runs.delete(id);
      if (broken(error)) return trap(id, /** @type {Error} */ (error).message);
      post({ type: "refused", id, message: error instanceof Error ? error.message : String(error) }, []);
    }
  }

  /** After a trap nothing in the wasm can be relied on; that it says whose turn it was is all that is asked of it. */
  async function trap(/** @type {number} */ id, /** @type {string} */ message) {
    const { memory } = await loading;
    for (const [number, run] of runs) if (id === 0 && inTurn(run)) id = number;
    post({ type: "crash", id, message: reason(message, memory.buffer.byteLength) }, []);
  }

  return (order) => {
    if (order.type === "load") begin(order);
    // What cannot be had now is asked for again when it is needed, and then it is told.
    else if (order.type === "whole") void loading.then(({ pieces }) => pieces.whole()).catch(() => {});
    else if ("options" in order) void start(order);
    else if (order.type === "trap") void trap(0, order.message);
    else runs.get(order.id)?.[order.type]();
  };
}

/** Says of what fails that it is the program, if it does not say so itself. @param {Error} error @returns {never} */
function startable(error) {
  throw error.message.startsWith("the program") ? error : new Error(`the program could not be started: ${error.message}`);
}

/** Why the engine broke down, for the reader. @param {string} message what the browser says @param {number} size of the memory, in bytes */
function reason(message, size) {
  // Browsers put something of their own before it.
  const lost = message.indexOf(LOST);
  if (lost >= 0) return message.slice(lost);
  if (size < MUCH) return `the program broke the engine: ${message}`;
  return `the program asked for more memory than there is, and was ended: the engine had ${size >> 20} MB`;
}

/** Whether a run was in its turn when all broke down. @param {Run} run */
function inTurn(run) {
  try {
    return run.is_in_turn();
  } catch {
    // What would tell is what broke down.
    return false;
  }
}

/** Whether it is the wasm that broke down, and not one of its sentences. @param {unknown} error */
export function broken(error) {
  return error instanceof WebAssembly.RuntimeError || /** @type {Error} */ (error)?.name === "InternalError" || error instanceof RangeError;
}

/** @param {Batch} batch */
function columns(batch) {
  return Object.values(batch).flatMap((column) => (ArrayBuffer.isView(column) ? [/** @type {ArrayBuffer} */ (column.buffer)] : []));
}
