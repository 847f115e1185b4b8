// A file that somebody sent, to be opened as a saved run.

import { fromJSON } from "../../../www/trace/read.js";
import { explore } from "./explore.js";
import { attempt, untouched } from "./judge.js";

export function fuzz(data) {
  const trace = attempt(() => fromJSON(data.toString()), "this is not a trace: ", "this trace is ", "this trace has version ");
  if (trace) explore(trace);
  untouched();
}
