/** The engine's module worker: orders in, reports out, columns handed over and not copied. */

import { serve } from "./runs.js";

const take = serve((report, transfer) => postMessage(report, { transfer }));
addEventListener("message", ({ data }) => take(data));
