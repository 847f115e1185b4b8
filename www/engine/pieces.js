/**
 * The wasm comes in pieces, which fill their places in the memory and the table of the one instance: what only one program
 * needs, and of the engine and of each program a late half, which most runs never need. Each is fetched once, and finds the
 * functions of the others in the table, by their places.
 *
 * @typedef {{ need: () => void }} Late what the wasm calls when it stands before something that has not come
 * @typedef {{ piece: string, late: string }} Addresses of what a program needs at once, and of its late half
 * @typedef {(address: string) => Promise<BufferSource>} Fetch
 * @typedef {(address: string) => BufferSource} FetchNow fetches while everything else waits
 */

export class Pieces {
  /** What is on its way or there, by its address. @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** The addresses of the late halves that have not come. @type {Set<string>} */
  #late = new Set();
  /** Whether late halves are sent for as soon as it is known whom they belong to. */
  #eager = false;

  /**
   * @param {any} primary what the instance exports
   * @param {Late} late
   * @param {string} engine the address of the engine's own late half
   * @param {Fetch} fetch
   * @param {FetchNow} [fetchNow] where there is none, `whole` comes first
   */
  constructor(primary, late, engine, fetch, fetchNow) {
    /** What has no name is a place in the table, to the base 36. */
    this.primary = new Proxy(primary, { get: (_, name) => primary[name] ?? primary.table.get(parseInt(/** @type {string} */ (name), 36)) });
    this.fetch = fetch;
    this.fetchNow = fetchNow;
    late.need = () => this.#need(engine);
    this.#late.add(engine);
  }

  /** Makes sure that what this program needs is in its place. @param {Addresses} addresses */
  async ready({ piece, late }) {
    await this.#once(piece, async () => {
      // What others run may lead into this program's functions as soon as one of them is there: where nobody can wait for the
      // late half then, both come in one step.
      const [first, second] = await Promise.all([this.#compiled(piece), this.fetchNow ? null : this.#compiled(late)]);
      this.#place(first, () => this.#need(late));
      if (second) this.#place(second);
      else this.#late.add(late);
    });
    // If it does not come, it is asked for again when it is called, which most programs never do.
    if (this.#eager) await this.whole().catch(() => {});
  }

  /** Sends for all late halves, and from now on for each with its program. */
  async whole() {
    this.#eager = true;
    await Promise.all([...this.#late].map((late) => this.#bring(late)));
  }

  /** @param {string} late */
  async #bring(late) {
    await this.#once(late, async () => {
      const module = await this.#compiled(late);
      // The wasm may have been quicker.
      if (this.#late.has(late)) this.#place(module);
      this.#late.delete(late);
    });
  }

  /** The wasm stands before something that has not come: nothing goes on before that is there. @param {string} late */
  #need(late) {
    if (!this.fetchNow || !this.#late.has(late)) return;
    this.#place(new WebAssembly.Module(this.fetchNow(late)));
    this.#late.delete(late);
  }

  /** @param {string} address */
  async #compiled(address) {
    return WebAssembly.compile(await this.fetch(address));
  }

  /** @param {WebAssembly.Module} module @param {() => void} [need] */
  #place(module, need) {
    new WebAssembly.Instance(module, /** @type {WebAssembly.Imports} */ ({ $: this.primary, late: { need } }));
  }

  /** After a failure it may be tried again. @param {string} address @param {() => Promise<void>} bring */
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
