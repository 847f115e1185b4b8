/** The engine's module worker: orders in, reports out, columns handed over and not copied. */

import { serve } from "./runs.js";

const take = serve((report, transfer) => postMessage(report, { transfer }));
addEventListener("message", ({ data }) => take(data));
// Not before: what is posted to a worker whose module is still on its way may be lost.
postMessage({ type: "here" });
