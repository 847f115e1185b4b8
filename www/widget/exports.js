/** A recorded run in the formats that can be taken away. Sent for when one is asked for. */

/**
 * @typedef {import("../trace/json.js").TraceJson} TraceJson
 * @typedef {import("../trace/trace.js").Trace} Trace
 */

import { chrome } from "../share/chrome.js";
import { measure } from "../share/performance.js";
import { file } from "../timeline/file.js";

/** @param {Trace} trace @param {TraceJson} json @param {string} format @param {"time" | "ticks"} axis */
export function exported(trace, json, format, axis) {
  switch (format) {
    case "json":
      return JSON.stringify(json);
    case "chrome":
      return JSON.stringify(chrome(json));
    case "svg":
      return file(trace, axis, `loopscope: ${trace.about.scenario}`);
    default:
      throw new Error(`the format is “${format}”; it has to be one of json, chrome, svg`);
  }
}

/** The entries of a run on the browser's performance timeline. @param {TraceJson | null} json */
export function measured(json) {
  if (!json) throw new Error("there is nothing to measure yet: run it first");
  return measure(json);
}
