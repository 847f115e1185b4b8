/**
 * Where the wasm lies. The worker is told and does not look for itself: bundlers follow addresses that are written like
 * these, and copy a worker as it is. In the npm package there is a line for each piece, since some follow no pattern.
 */

export const WASM = new URL("../pkg/loopscope_bg.wasm", import.meta.url).href;
export const LATE = new URL("../pkg/late/engine.wasm", import.meta.url).href;

/** The address of what only this scenario's program needs of the wasm. @param {string} scenario */
export const piece = (scenario) => new URL(`../pkg/pieces/${scenario}.wasm`, import.meta.url).href;
/** The address of what it needs of it rarely. @param {string} scenario */
export const late = (scenario) => new URL(`../pkg/late/${scenario}.wasm`, import.meta.url).href;
