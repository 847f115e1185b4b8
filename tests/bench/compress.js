// Puts a smaller copy beside each file of these folders, as gzip and as Brotli, and prints a line of JSON for each: what it weighs.
import { existsSync } from "node:fs";
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const KINDS = {
  gz: (content) => gzipSync(content, { level: 9 }),
  br: (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
};

/** Returns what a file weighs as such; a copy is made anew if the file is newer. */
async function weigh(file, kind) {
  // The server writes into pages and sends them as they are.
  if (file.endsWith(".html")) return KINDS[kind](await readFile(file)).length;
  const copy = `${file}.${kind}`;
  const { mtimeMs } = await stat(file);
  if (!existsSync(copy) || (await stat(copy)).mtimeMs < mtimeMs) await writeFile(copy, KINDS[kind](await readFile(file)));
  return (await stat(copy)).size;
}

for (const folder of process.argv.slice(2)) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name));
  for (const file of files.map(({ parentPath, path, name }) => join(parentPath ?? path, name)).sort()) {
    const [raw, gzip, brotli] = [(await stat(file)).size, await weigh(file, "gz"), await weigh(file, "br")];
    console.log(JSON.stringify({ file, raw, gzip, brotli }));
  }
}
