/**
 * What only one scenario's program needs of the wasm: pieces, which fill their places in the memory and the table of
 * the one instance. Each is fetched once, before its program runs for the first time.
 */

/** Fetching, wherever that is: the bytes of the piece of this name. @typedef {(piece: string) => Promise<BufferSource>} Fetch */

/**
 * Gives what makes sure that a piece is in its place.
 * @param {object} primary what the instance exports
 * @param {Fetch} fetch
 * @returns {(piece: string) => Promise<void>}
 */
export function pieces(primary, fetch) {
  /** @type {Map<string, Promise<void>>} */
  const ready = new Map();
  return (name) => {
    let piece = ready.get(name);
    if (!piece) {
      piece = fetch(name).then(async (bytes) => {
        await WebAssembly.instantiate(bytes, { primary: /** @type {WebAssembly.ModuleImports} */ (primary) });
      });
      // After a failure it may be tried again.
      piece.catch(() => ready.delete(name));
      ready.set(name, piece);
    }
    return piece;
  };
}
