/**
 * The wasm comes in pieces, which fill their places in the memory and the table of the one instance: what only one program
 * needs, and of the engine and of each program a late half, which most runs never need. Each is fetched once.
 *
 * @typedef {{ need: () => void }} Late what the wasm calls when it stands before something that has not come
 * @typedef {{ piece: string, late: string }} Addresses of what a program needs at once, and of its late half
 * @typedef {(address: string) => Promise<BufferSource>} Fetch
 * @typedef {(address: string) => BufferSource} FetchNow fetches while everything else waits
 * @typedef {WebAssembly.ModuleImports} Exports
 */

export class Pieces {
  /** What is on its way or there, by its address. @type {Map<string, Promise<Exports>>} */
  #coming = new Map();
  /** The late halves that have not come, by their address, and whom each belongs to. @type {Map<string, Exports>} */
  #late = new Map();
  /** Whether late halves are sent for as soon as it is known whom they belong to. */
  #eager = false;

  /**
   * @param {object} primary what the instance exports
   * @param {Late} late
   * @param {string} engine the address of the engine's own late half
   * @param {Fetch} fetch
   * @param {FetchNow} [fetchNow] where there is none, `whole` comes first
   */
  constructor(primary, late, engine, fetch, fetchNow) {
    this.primary = /** @type {Exports} */ (primary);
    this.fetch = fetch;
    this.fetchNow = fetchNow;
    late.need = () => this.#need(engine);
    this.#late.set(engine, this.primary);
  }

  /** Makes sure that what this program needs is in its place. @param {Addresses} addresses */
  async ready({ piece, late }) {
    await this.#once(piece, async () => {
      const owner = await this.#place(await this.fetch(piece), { late: { need: () => this.#need(late) } });
      this.#late.set(late, owner);
      return owner;
    });
    if (!this.#eager) return;
    await this.whole().catch((error) => {
      // Else it is asked for again when it is called, which most programs never do.
      if (!this.fetchNow) throw error;
    });
  }

  /** Sends for all late halves, and from now on for each with its program. */
  async whole() {
    this.#eager = true;
    await Promise.all([...this.#late.keys()].map((late) => this.#bring(late)));
  }

  /** @param {string} late */
  async #bring(late) {
    await this.#once(late, async () => {
      const bytes = await this.fetch(late);
      const owner = this.#late.get(late);
      // The wasm may have been quicker.
      if (!owner) return {};
      const exports = await this.#place(bytes, { owner });
      this.#late.delete(late);
      return exports;
    });
  }

  /** The wasm stands before something that has not come: nothing goes on before that is there. @param {string} late */
  #need(late) {
    const owner = this.#late.get(late);
    if (!owner || !this.fetchNow) return;
    new WebAssembly.Instance(new WebAssembly.Module(this.fetchNow(late)), { primary: this.primary, owner });
    this.#late.delete(late);
  }

  /** @param {BufferSource} bytes @param {WebAssembly.Imports} imports */
  async #place(bytes, imports) {
    const { instance } = await WebAssembly.instantiate(bytes, { primary: this.primary, ...imports });
    return /** @type {Exports} */ (instance.exports);
  }

  /** After a failure it may be tried again. @param {string} address @param {() => Promise<Exports>} bring */
  #once(address, bring) {
    let coming = this.#coming.get(address);
    if (!coming) {
      coming = bring();
      coming.catch(() => this.#coming.delete(address));
      this.#coming.set(address, coming);
    }
    return coming;
  }
}
