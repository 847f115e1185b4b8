//! The rules themselves, tried on texts that keep them and on texts that do not.

use crate::rules::findings;
use crate::source::Source;

/// Checks how many findings a file with this text has.
fn check(file: &str, text: &str, count: usize) {
    let found = findings(&Source::new(file, text));
    assert_eq!(found.len(), count, "{file}: {text}\n{found:#?}");
    assert!(found.iter().all(|line| line.starts_with(&format!("{file}:"))), "{found:#?}");
}

#[test]
fn a_module_uses_what_stands_below_it() {
    check("crate/src/executor/mod.rs", "use crate::trace::Trace;\nuse crate::{time, error::Error};", 0);
    check("crate/src/trace.rs", "use crate::time::Nanos;", 0);
    check("crate/src/trace.rs", "use crate::executor::Executor;", 1);
    check("crate/src/trace/event.rs", "fn f() -> crate::wasm::Run { todo() }", 1);
    check(
        "crate/src/trace.rs",
        "use crate::{\n    time::Nanos,\n    scenario::{self, Scenario},\n    wasm,\n};",
        2,
    );
    check("crate/src/trace.rs", "use super::executor::Executor;", 1);
    check("crate/src/trace/event.rs", "use super::super::executor;", 1);
    check("crate/src/trace/event.rs", "use super::executor;", 0);
    check("crate/src/trace/mod.rs", "use super::executor;", 1);
    check("crate/src/trace.rs", "use crate::Executor;", 1);
    check("crate/src/scenarios/counter.rs", "use loopscope::{AsyncGen, wasm::Run};", 1);
    check("crate/src/trace.rs", "use loopscope::executor::Executor;", 1);
    check("crate/src/trace.rs", "// crate::wasm\nconst A: &str = r#\"crate::wasm\"#;", 0);
    check("crate/src/trace.rs", "crate::note!();", 0);
    check("crate/src/new.rs", "", 1);
    check("crate/src/lib.rs", "pub use crate::wasm::Run;", 0);
}

#[test]
fn a_finding_names_its_line() {
    let source =
        Source::new("crate/src/trace.rs", "/* two\nlines */\nuse crate::{\n    error,\n    wasm,\n};");
    let found = findings(&source);
    assert!(found.len() == 1 && found[0].starts_with("crate/src/trace.rs:5: "), "{found:#?}");
}

#[test]
fn a_page_module_uses_what_stands_below_it() {
    check("www/timeline/timeline.js", "import { Scale } from './scale.js';\nimport '../trace/trace.js';", 0);
    check("www/timeline/timeline.js", "import { render } from \"./render.js\";", 1);
    check("www/timeline/scale.js", "export * from '../timeline/timeline.js';", 1);
    check(
        "www/engine/engine.js",
        "new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });",
        0,
    );
    check("www/engine/worker.js", "const { Run } = await import('../pkg/loopscope.js');", 0);
    check("www/engine/worker.js", "import { x } from '../trace/trace.js';", 1);
    check("www/widget/element.js", "import {\n  start,\n} from '../page/page.js';", 1);
    check("www/page/page.js", "import '../widget/element.js';\n// import 'left-pad';", 0);
    check("www/page/page.js", "import 'left-pad';", 1);
    check("www/page/page.js", "import '../../tests/js/help.js';", 1);
    check(
        "www/page/page.js",
        "const text = `import '../x.js' ${say('from')}`; const half = a / b; const r = /['\"]/;",
        0,
    );
    check("www/loopscope.js", "import './widget/element.js';", 0);
    check("www/loopscope.js", "import './page/page.js';", 1);
    check("www/new/new.js", "", 1);
}

#[test]
fn the_core_has_no_clock_no_thread_and_no_hash_order() {
    check("crate/src/executor/core.rs", "use std::collections::{BTreeMap, HashMap as Map};", 1);
    check("crate/src/task/mod.rs", "let now = std :: time :: Instant :: now();", 1);
    check("crate/src/task/mod.rs", "use std::{rc::Rc, time::{Duration, SystemTime}};", 1);
    check("crate/src/task/mod.rs", "use std::time;\nlet now = time::Instant::now();", 1);
    check("crate/src/task/mod.rs", "std::thread::sleep(d)", 1);
    check(
        "crate/src/task/mod.rs",
        "use std::time::Duration; use crate::time::Instant; // std::time::Instant",
        0,
    );
    check("crate/src/executor/host/browser.rs", "use std::time::Instant;", 0);
}

#[test]
fn wasm_bindgen_stands_in_one_file_and_unsafe_in_none() {
    check("crate/src/wasm.rs", "#[wasm_bindgen]\npub struct Run;", 0);
    check("crate/src/time.rs", "#[wasm_bindgen(js_name = now)]\nfn now();", 1);
    check("crate/src/time.rs", "unsafe { f() }", 1);
    check("xtask/src/main.rs", "#![allow(unsafe_code)]", 1);
    check("xtask/src/main.rs", "// unsafe\nfn f<'a>(c: char) -> bool { c == '\"' && g(\"unsafe\") }", 0);
}

#[test]
fn nothing_is_left_open_or_skipped() {
    check("crate/src/time.rs", "fn f() { todo!() }", 1);
    check("crate/src/time.rs", "#[ignore = \"slow\"]\nfn f() {}", 1);
    check("crate/src/time.rs", "items.iter().skip(1)", 0);
    check("tests/js/player.test.js", "test.skip('x', () => {});", 1);
    check("tests/js/player.test.js", "test('the .skip( button', () => {});", 0);
}

#[test]
fn no_text_becomes_markup_or_code() {
    check("www/page/page.js", "node.innerHTML = name;", 1);
    check("www/page/page.js", "node.textContent = 'innerHTML';", 0);
    check("www/page/page.js", "const f = new Function(text); eval(text); document.write(text);", 3);
    check("www/page/page.js", "evaluate(text); /** @type {Function} */ const f = () => {};", 0);
    check("bake/bake.js", "node.outerHTML", 0);
}

#[test]
fn packages_come_from_their_registry() {
    let package = |rest: &str| format!("[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n{rest}");
    let source = r#"source = "registry+https://github.com/rust-lang/crates.io-index""#;
    check("Cargo.lock", &package(&format!("{source}\nchecksum = \"0\"\n")), 0);
    check("Cargo.lock", &package("dependencies = []\n"), 0);
    check("Cargo.lock", &package(source), 1);
    check("Cargo.lock", &package("source = \"git+https://example.org/a\"\n"), 1);
    let npm =
        |rest: &str| format!("    \"node_modules/a\": {{\n      \"version\": \"1.0.0\",\n{rest}    }}\n");
    check("tests/package-lock.json", &npm("      \"integrity\": \"sha512-a\"\n"), 0);
    check("tests/package-lock.json", &npm(""), 1);
}

#[test]
fn our_pages_have_a_strict_policy() {
    let page = |body: &str| format!(r#"<meta http-equiv="Content-Security-Policy" content="">{body}"#);
    check(
        "www/index.html",
        &page(r#"<script type="module" src="./a.js"></script><p class="on">&lt;script&gt;"#),
        0,
    );
    check("www/index.html", "<p>", 1);
    check("www/index.html", &page("<script>a()</script>"), 1);
    check(
        "docs/guide/index.html",
        &page(r#"<style>a {}</style><p style="color: red"><a href="javascript:a()">"#),
        3,
    );
    check("www/embed.html", &page(r#"<img src="a.png" onerror="a()">"#), 1);
    check("tests/docs-sites/vite/index.html", "<script>a()</script>", 0);
}

#[test]
fn files_are_short_and_know_no_machine() {
    check("www/page/page.css", &"a {}\n".repeat(300), 0);
    check("www/page/page.css", &"a {}\n".repeat(301), 1);
    check("notes.md", &"line\n".repeat(301), 0);
    check("notes.md", concat!("see /ho", "me/me/file"), 1);
    check("notes.md", concat!("see https://example.org/wo", "rk/ and www/wo", "rk/x"), 0);
    check("crate/src/lib.rs", "const PAGE: &str = include_str!(\"../../www/index.html\");", 1);
}

#[test]
fn every_function_is_shown() {
    let shown = "/// Counts.\n///\n/// ```\n/// a.count();\n/// ```\n#[must_use]\npub fn count(&self) {}\n";
    check("crate/src/task/count.rs", shown, 0);
    check("crate/src/task/count.rs", &format!("{shown}\n/// Counts, too.\npub fn count(&self) {{}}"), 0);
    check("crate/src/task/count.rs", &format!("{shown}\n/// Ends.\npub async fn end(&self) {{}}"), 1);
    check("crate/src/task/count.rs", "/// Counts: `count()`.\npub fn count<T>() {}", 1);
    check(
        "crate/src/task/count.rs",
        "#[doc = example!(Gen)]\npub fn map(self) {}\npub(super) fn own() {}",
        0,
    );
    check("crate/src/executor/host/browser_loop.rs", "pub fn start() {}", 0);
    check("crate/src/trace/kind.rs", "pub fn name() {}", 0);
}
