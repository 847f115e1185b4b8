/**
 * What only one scenario's program needs of the wasm: pieces, which fill their places in the memory and the table of
 * the one instance. Each is fetched once, before its program runs for the first time.
 */

/** Fetching, wherever that is: the bytes of a scenario's piece. @typedef {(scenario: string) => Promise<BufferSource>} Fetch */

/**
 * Gives what makes a scenario ready to run.
 * @param {object} primary what the instance exports
 * @param {Fetch} fetch
 * @returns {(scenario: string) => Promise<void>}
 */
export function pieces(primary, fetch) {
  /** @type {Map<string, Promise<void>>} */
  const ready = new Map();
  return (scenario) => {
    let piece = ready.get(scenario);
    if (!piece) {
      piece = fetch(scenario).then(async (bytes) => {
        await WebAssembly.instantiate(bytes, { primary: /** @type {WebAssembly.ModuleImports} */ (primary) });
      });
      // After a failure it may be tried again.
      piece.catch(() => ready.delete(scenario));
      ready.set(scenario, piece);
    }
    return piece;
  };
}
