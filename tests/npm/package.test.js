// The npm package as one gets it: packed, installed, and its command called.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, after, test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
const built = join(process.env.LOOPSCOPE_DIST ?? "dist", "npm");
let folder;
let installed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "loopscope-npm-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder, built], { cwd: folder });
  const [{ filename }] = JSON.parse(stdout);
  await writeFile(join(folder, "package.json"), '{ "name": "host", "private": true }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], { cwd: folder });
  installed = join(folder, "node_modules/loopscope");
});

after(() => rm(folder, { recursive: true }));

test("all that the manifest names is there, and nothing else is asked for", async () => {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  const names = [...Object.values(manifest.exports).flatMap((way) => (typeof way === "string" ? way : Object.values(way))), manifest.types, manifest.customElements, ...Object.values(manifest.bin)];
  for (const name of names) await access(join(installed, name));
  assert.equal(manifest.dependencies, undefined);
  const { modules } = JSON.parse(await readFile(join(installed, manifest.customElements), "utf8"));
  for (const { path } of modules) await access(join(installed, path));
});

test("its command bakes and checks", async () => {
  const page = join(folder, "page.md");
  await writeFile(page, 'Words.\n\n<loop-scope scenario="greetings"></loop-scope>\n');
  const command = (...words) => run("npx", ["--no-install", "loopscope", "bake", ...words], { cwd: folder });
  await assert.rejects(command("--check", "page.md"), ({ stderr }) => stderr.includes('page.md:3: <loop-scope scenario="greetings"> has no picture yet'));
  await command("page.md");
  assert.match(await readFile(page, "utf8"), /^Words\.\n\n<loop-scope scenario="greetings">\n<!-- loopscope bake[^]*<svg /);
  assert.match((await command("--check", "page.md")).stdout, /up to date/);
});
