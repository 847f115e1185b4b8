#!/usr/bin/env node
/** The command: `loopscope bake FILE…` writes, `loopscope bake --check FILE…` looks whether that is needed. */

import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { bake } from "./bake.js";

const HELP = `loopscope bake [--check] [--image] FILE…

Runs each <loop-scope> of these HTML and Markdown files and writes its picture, its output and what happened
into the tag, for readers without JavaScript. What else is in the tag and on the page stays as it is.

  --check   writes nothing, and fails with a sentence for each tag that is not up to date
  --image   puts the picture into an <img>, for templates and policies that refuse <style>
`;

/** @param {string[]} words @returns {Promise<number>} the exit code */
async function main(words) {
  const { values, positionals: [command, ...files] } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { check: { type: "boolean" }, image: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (command !== "bake") throw new Error(`the command is “${command ?? ""}”; it has to be bake, see --help`);
  if (files.length === 0) throw new Error("there is no file to bake, see --help");
  let failed = false;
  for (const name of files) failed = !(await file(name, values)) || failed;
  return failed ? 1 : 0;
}

/** Whether all is well with a file. @param {string} name @param {{ check?: boolean, image?: boolean }} wishes */
async function file(name, { check = false, image = false }) {
  const text = await readFile(name, "utf8").catch((error) => {
    throw new Error(`${name} cannot be read: ${error.message}`);
  });
  const baked = await bake(name, text, { image });
  const sentences = check ? [...baked.wrong, ...baked.stale.map((sentence) => `${sentence}: run loopscope bake ${name}`)] : baked.wrong;
  for (const sentence of sentences) process.stderr.write(`error: ${sentence}\n`);
  if (sentences.length > 0) return false;
  if (!check && baked.text !== text) await writeFile(name, baked.text);
  const what = `${baked.tags} tag${baked.tags === 1 ? "" : "s"}`;
  process.stdout.write(check ? `${name}: ${what} up to date\n` : `${name}: ${what}, ${baked.stale.length} written\n`);
  return true;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  },
);
