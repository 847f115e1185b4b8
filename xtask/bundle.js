/**
 * Bundles the modules of www/ for browsers: `node xtask/bundle.js FROM TO [page]`. What is sent for later becomes a file of
 * its own in `pkg/`, named by its contents: rollup leaves in the first file what later ones share with it, esbuild and terser minify.
 */

import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../tests/package.json", import.meta.url));
const { rollup } = require("rollup");
const { transform } = require("esbuild");
const { minify } = require("terser");
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
  /** @param {string} code @param {{ fileName: string }} chunk */
  async renderChunk(code, { fileName }) {
    if (fileName === "loopscope.js") code = beside(code);
    const { code: small } = await transform(code, { ...SMALL, format: "esm" });
    // What esbuild leaves, terser takes: a fortieth less for the reader. Nobody calls `new` on a function here.
    return { code: (await minify(small, { module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true } })).code ?? small, map: null };
  },
};

/** Where a file finds what modules of `engine/` name, if it is not in the folder of those, `pkg/`, but beside it. @param {string} code */
const beside = (code) => code.replaceAll(/new URL\((["`])(?:\.\.\/pkg\/|\.\/)/g, "new URL($1./pkg/");

/** For other people's bundlers: where each piece of the wasm lies, one by one. */
const listed = {
  name: "listed",
  /** @param {string} code @param {string} id */
  async transform(code, id) {
    if (page || !id.endsWith("/engine/address.js")) return null;
    const [own] = code.split("/** The address of what only");
    const lists = ["pieces", "late"].map(async (folder) => {
      const files = (await readdir(join(from, "pkg", folder))).sort();
      return files.map((file) => `"${file.replace(".wasm", "")}": new URL("../pkg/${folder}/${file}", import.meta.url).href`);
    });
    const [pieces, late] = await Promise.all(lists);
    return { code: `${own}
const PIECES = {${pieces}};
const LATER = {${late}};
export const piece = (scenario) => PIECES[scenario];
export const late = (scenario) => LATER[scenario];
`, map: null };
  },
};

/** Each bundle is whole: what two of them share is little, and one file more to ask for takes longer. @param {string} name @param {string} place @param {boolean} [whole] also what it sends for */
async function bundle(name, place, whole = false) {
  const made = await rollup({ input: { [place]: join(from, name) }, plugins: [listed, small] });
  // In the folder of the worker and the wasm, which the modules find by their own address.
  const names = { entryFileNames: "[name].js", chunkFileNames: "pkg/[name]-[hash].js" };
  const { output } = await made.write({ dir: to, format: "es", inlineDynamicImports: whole, ...names });
  await made.close();
  // A site has its version's folder between them: what both need is handed over.
  const lost = output.find((chunk) => chunk.type === "chunk" && chunk.imports.includes(`${place}.js`));
  if (lost) throw new Error(`${lost.fileName} imports from ${place}.js, which it does not find in a built site`);
}

try {
  await bundle("loopscope.js", "loopscope");
  await bundle("engine/worker.js", "pkg/worker", true);
  for (const name of page ? ["page/page", "page/embed"] : []) await bundle(`${name}.js`, name);
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
