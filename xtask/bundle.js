/**
 * Bundles the modules of www/ for browsers: `node xtask/bundle.js FROM TO [page]`. What is sent for later becomes a file of
 * its own in `pkg/`, named by its contents: rollup leaves in the first file what later ones share with it, esbuild minifies.
 */

import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../tests/package.json", import.meta.url));
const { rollup } = require("rollup");
const { transform } = require("esbuild");
const [from, to, page] = process.argv.slice(2);

const SMALL = { minify: true, charset: "utf8", target: "es2023" };

const small = {
  name: "small",
  /** A style sheet stands in a template literal behind a comment that says so. @param {string} code */
  async transform(code) {
    for (const [literal, css] of code.matchAll(/\/\* css \*\/ `([^`$]*)`/g)) {
      const sheet = await transform(css, { ...SMALL, target: undefined, loader: "css" });
      code = code.replace(literal, () => JSON.stringify(sheet.code.trim()));
    }
    return { code, map: null };
  },
  /** @param {string} code */
  async renderChunk(code) {
    return { ...await transform(code, { ...SMALL, format: "esm" }), map: null };
  },
};

/** For other people's bundlers: where each piece of the wasm lies, one by one. */
const listed = {
  name: "listed",
  /** @param {string} code @param {string} id */
  async transform(code, id) {
    if (page || !id.endsWith("/engine/address.js")) return null;
    const pieces = await readdir(join(from, "pkg/pieces"));
    const rows = pieces.sort().map((file) => `"${file.replace(".wasm", "")}": new URL("../pkg/pieces/${file}", import.meta.url).href`);
    const [wasm, pattern] = code.split("export const piece =");
    if (!pattern) throw new Error("engine/address.js has no piece");
    return { code: `${wasm}const PIECES = {${rows}};\nexport const piece = (scenario) => PIECES[scenario];\n`, map: null };
  },
};

/** Each bundle is whole: what two of them share is little, and one file more to ask for takes longer. @param {string} name @param {string} place @param {boolean} [whole] also what it sends for */
async function bundle(name, place, whole = false) {
  const made = await rollup({ input: { [place]: join(from, name) }, plugins: [listed, small] });
  // In the folder of the worker and the wasm, which the modules find by their own address.
  const names = { entryFileNames: "[name].js", chunkFileNames: "pkg/[name]-[hash].js" };
  await made.write({ dir: to, format: "es", inlineDynamicImports: whole, ...names });
  await made.close();
}

try {
  await bundle("loopscope.js", "loopscope");
  await bundle("engine/worker.js", "pkg/worker", true);
  for (const name of page ? ["page/page", "page/embed"] : []) await bundle(`${name}.js`, name);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
