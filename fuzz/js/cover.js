// A target with all that it loads as one script in which each branch counts how often it was taken.

import { build } from "esbuild";
import { createInstrumenter } from "istanbul-lib-instrument";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const OUT = new URL("../../target/fuzz/", import.meta.url);

/** @param {string} target @returns {Promise<{ fuzz: (data: Buffer) => unknown, counters: Counters }>} */
export async function instrumented(target) {
  const entry = fileURLToPath(new URL(`targets/${target}.js`, import.meta.url));
  const { outputFiles: [{ text }] } = await build({ entryPoints: [entry], bundle: true, write: false, format: "esm", platform: "node", logLevel: "error" });
  const file = fileURLToPath(new URL(`${target}.mjs`, OUT));
  const script = createInstrumenter({ esModules: true, coverageVariable: "__taken__", produceSourceMap: false }).instrumentSync(text, file);
  await mkdir(OUT, { recursive: true });
  await writeFile(file, script);
  const { fuzz } = await import(pathToFileURL(file).href);
  return { fuzz, counters: new Counters(globalThis.__taken__[file]) };
}

/** How often: once, twice, thrice, or in which power of two. @param {number} count */
const often = (count) => (count < 4 ? count : 3 + Math.floor(Math.log2(count)) - 1);

export class Counters {
  /** @param {{ s: Record<string, number>, b: Record<string, number[]> }} taken */
  constructor({ s, b }) {
    this.statements = s;
    this.branches = Object.values(b);
    this.keys = Object.keys(s);
    this.size = this.keys.length + this.branches.reduce((sum, list) => sum + list.length, 0);
  }

  /** Counts from 0 again. */
  reset() {
    for (const key of this.keys) this.statements[key] = 0;
    for (const list of this.branches) list.fill(0);
  }

  /** What was passed since, and how often, as numbers. @returns {number[]} */
  read() {
    const passed = [];
    let n = 0;
    const see = (/** @type {number} */ count) => {
      if (count > 0) passed.push(n * 32 + often(count));
      n += 1;
    };
    for (const key of this.keys) see(this.statements[key]);
    for (const list of this.branches) list.forEach(see);
    return passed;
  }
}
