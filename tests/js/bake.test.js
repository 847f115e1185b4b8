// Pages as their authors write them, baked and checked.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { bake } from "../../bake/bake.js";
import { tags } from "../../bake/tags.js";

const COMMAND = fileURLToPath(new URL("../../bake/main.js", import.meta.url));
const PAGE = `<!DOCTYPE html>\r
<HTML><head><title>A &amp; B</title><script type=module src=loopscope.js></script></head>
<body>
  <p>Unclosed, and &nbsp; odd
  <div><loop-scope scenario='greetings' first="3"
      theme=dark>
    <pre><code>what was there</code></pre>
  </loop-scope></div>
  <script>"<loop-scope scenario='nope'></loop-scope>"</script>
  <!-- <loop-scope></loop-scope> -->
`;

const WHERE = /<!-- loopscope bake: [^]*?<!-- \/loopscope bake -->/g;

test("a page gets picture, output and words, and keeps all else to the byte", async () => {
  const { text, stale, wrong, tags } = await bake("a.html", PAGE);
  assert.deepEqual([wrong, stale, tags], [[], ['a.html:5: <loop-scope scenario="greetings"> has no picture yet'], 1]);
  const [baked] = text.match(WHERE);
  assert.equal(text.replace(`\n${baked}\n`, "\n  "), PAGE, "the place is before the closing tag");
  assert.match(baked, /<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^]*prefers-color-scheme: dark[^]*<\/svg>/);
  assert.match(baked, /<pre> +0\.00 s {2}first: hello\n[^]*result \{"order"/);
  assert.match(baked, / 3\.00 s {2}first is done: returned\n/);
  assert.ok(text.indexOf("what was there") < text.indexOf("<svg"), "the author's own comes first, as it was put");
});

test("baking twice is baking once, and what stands around the marks stays", async () => {
  const once = (await bake("a.html", PAGE)).text;
  assert.deepEqual({ ...(await bake("a.html", once)), tags: 0 }, { text: once, tags: 0, stale: [], wrong: [] });
  const more = once.replace("</loop-scope>", "<p>More.</p></loop-scope>");
  assert.equal((await bake("a.html", more)).text, more);
});

test("an attribute that was changed makes it stale, and no other tag", async () => {
  const two = `<loop-scope scenario="greetings"></loop-scope>\n<loop-scope scenario="async-counter"></loop-scope>`;
  const once = (await bake("b.html", two)).text;
  const changed = once.replace("async-counter\"", "async-counter\" limit=2");
  const { stale, text } = await bake("b.html", changed);
  assert.equal(stale.length, 1);
  assert.match(stale[0], /^b\.html:\d+: <loop-scope scenario="async-counter"> has gone stale$/);
  assert.deepEqual(tags(text).map(({ line }) => line), tags(changed).map(({ line }) => line));
});

test("what cannot be run is told with file and line, in the widget's words", async () => {
  for (const [attributes, words] of [
    ['scenario="grettings"', "grettings"], ["", "scenario"], ['scenario="greetings" first="soon"', "first"], ['scenario="greetings" first="99999"', "99999"],
    ['scenario="greetings" axis="sideways"', "sideways"], ['scenario="greetings" frist="1"', "frist"], ['scenario="greetings" seed="-1"', "seed"],
  ]) {
    const page = `\n\n<loop-scope ${attributes}></loop-scope>`;
    const { wrong, text } = await bake("c.html", page);
    assert.equal(text, page);
    assert.equal(wrong.length, 1);
    assert.ok(wrong[0].startsWith("c.html:3: <loop-scope") && wrong[0].includes(words), wrong[0]);
  }
});

test("a tag that cannot hold a picture is told of, and is not baked", async () => {
  for (const page of ['<p>See <loop-scope scenario="greetings"></loop-scope></p>', '<loop-scope scenario="greetings"><p>'] ) {
    const { wrong } = await bake("d.html", page);
    assert.match(wrong.join(), /^d\.html:1: <loop-scope scenario="greetings">: .*<p>/);
  }
});

test("Markdown: code is no tag, and the block stays one block", async () => {
  const page = "# A\n\n```html\n<loop-scope scenario=\"nope\"></loop-scope>\n```\n\n- `<loop-scope>` and\n\n  <loop-scope scenario=\"greetings\"></loop-scope>\n\n<div>\n<loop-scope\n  scenario=\"greetings\">\n</loop-scope>\n</div>\n";
  const { text, wrong, tags } = await bake("e.md", page);
  assert.deepEqual([wrong, tags], [["e.md:9: <loop-scope scenario=\"greetings\">: Markdown does not take this tag for a block of HTML: let it begin a line, all on that line, after an empty line and with none inside, or put it into a <div>"], 2]);
  assert.ok(text.startsWith("# A\n\n```html\n<loop-scope scenario=\"nope\"></loop-scope>\n```\n"));
  const alone = await bake("e.md", page.replace(/^ {2}<loop.*$/m, "B\n\n<loop-scope scenario=\"greetings\"></loop-scope>"));
  assert.deepEqual(alone.wrong, []);
  for (const baked of alone.text.match(WHERE)) assert.doesNotMatch(baked, /\n\s*\n|\{\{/);
  assert.equal((await bake("e.md", alone.text)).text, alone.text);
  for (const inside of ["Words <loop-scope scenario=\"greetings\"></loop-scope>", "<loop-scope\nscenario=\"greetings\"></loop-scope>", "<loop-scope scenario=\"greetings\">\n\nA\n\n</loop-scope>"]) {
    assert.match((await bake("e.md", inside)).wrong.join(), /^e\.md:1: .*Markdown/);
  }
});

test("as an image it is one element without a style, and stays one", async () => {
  const { text } = await bake("f.html", '<loop-scope scenario="greetings"></loop-scope>', { image: true });
  assert.doesNotMatch(text, /<svg|<style/);
  const [, address] = text.match(/<img src="([^"]*)" alt="greetings: 3 tasks/);
  assert.match(decodeURIComponent(address), /^data:image\/svg\+xml,<svg [^]*<\/svg>$/);
  assert.deepEqual((await bake("f.html", text)).stale, []);
});

test("every scenario can be baked", async () => {
  const { ids } = await import("./run.js");
  const page = ids.map((id) => `<loop-scope scenario="${id}"></loop-scope>`).join("\n\n");
  const { text, wrong } = await bake("all.md", page);
  assert.deepEqual(wrong, []);
  assert.equal(text.match(WHERE).length, ids.length);
});

test("the command writes, is content, and fails when it has gone stale", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "loopscope-"));
  t.after(() => rm(folder, { recursive: true }));
  const command = (...words) => new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...words], { cwd: folder }, (error, out, said) => resolve({ code: error ? error.code : 0, out, said }));
  });
  await writeFile(join(folder, "g.html"), PAGE);
  assert.deepEqual(await command("bake", "--check", "g.html"), { code: 1, out: "", said: 'error: g.html:5: <loop-scope scenario="greetings"> has no picture yet: run loopscope bake g.html\n' });
  assert.deepEqual(await command("bake", "g.html"), { code: 0, out: "g.html: 1 tag, 1 written\n", said: "" });
  assert.deepEqual(await command("bake", "--check", "g.html"), { code: 0, out: "g.html: 1 tag up to date\n", said: "" });
  const baked = await readFile(join(folder, "g.html"), "utf8");
  await writeFile(join(folder, "g.html"), baked.replace('first="3"', 'first="4"'));
  assert.deepEqual(await command("bake", "--check", "g.html"), { code: 1, out: "", said: 'error: g.html:5: <loop-scope scenario="greetings"> has gone stale: run loopscope bake g.html\n' });
  assert.match((await command("bake", "none.html")).said, /^error: none\.html cannot be read: [^\n]*\n$/);
  assert.match((await command("cook")).said, /^error: the command is “cook”/);
});
