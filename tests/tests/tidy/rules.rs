//! The rules that every file of the repository keeps, in one table.

use crate::edges::{crate_edges, page_edges};
use crate::examples::unshown;
use crate::locks::{lock, unlocked};
use crate::markup::{inline, page};
use crate::paths::{Path, paths};
use crate::source::{Language, Source, split};

/// A rule: which files it is about, and what it does not want to see there.
pub(crate) struct Rule {
    /// What must hold; stands behind `file:line:` when it does not.
    pub(crate) says: &'static str,
    about: fn(&Source) -> bool,
    unwanted: Unwanted,
}

enum Unwanted {
    /// Code with one of these in it, word by word, however it is spaced. Comments and quoted text do not count.
    Code(&'static [&'static str]),
    /// Rust code that names one of these paths, or something below it, in one way or another.
    Paths(&'static [&'static [&'static str]]),
    /// Text with one of these in it, wherever it stands, if no path or name goes on into it from the left.
    Text(&'static [&'static str]),
    /// More lines than this.
    Lines(usize),
    /// Whatever this finds, each with its line.
    Finds(fn(&Source) -> Vec<(usize, String)>),
}

/// Files that may be longer than the rule says, each with the reason.
const LONG: &[(&str, &str)] = &[
    ("crate/tests/twins/groups.py", TWIN),
    ("crate/tests/twins/tasks.py", TWIN),
    ("crate/tests/twins/timeouts.py", TWIN),
];

const TWIN: &str =
    "one CPython program tells the stories of a noun, and what it printed is kept in one file beside it";

/// All rules.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        says: "a module of the crate uses only what stands below it",
        about: rust,
        unwanted: Unwanted::Finds(crate_edges),
    },
    Rule {
        says: "a module of the page uses only what stands below it",
        about: script,
        unwanted: Unwanted::Finds(page_edges),
    },
    Rule {
        says: "the crate knows nothing of the page and of the tests",
        about: |source| core(source) || source.file == "crate/Cargo.toml",
        unwanted: Unwanted::Text(&["www/", "tests/", "../www", "../tests", "../../www", "../../tests"]),
    },
    Rule {
        says: "#[wasm_bindgen] stands in crate/src/wasm.rs alone",
        about: |source| core(source) && source.file != "crate/src/wasm.rs",
        unwanted: Unwanted::Code(&["#[wasm_bindgen", "prelude::wasm_bindgen"]),
    },
    Rule {
        says: "no unsafe code, ours or allowed",
        about: rust,
        unwanted: Unwanted::Code(&["unsafe", "unsafe_code"]),
    },
    Rule {
        says: "only the host files know a wall clock or a thread, and nothing has a hash map's order",
        about: |source| core(source) && !source.file.starts_with("crate/src/executor/host"),
        unwanted: Unwanted::Paths(&[
            &["std", "time", "Instant"],
            &["std", "time", "SystemTime"],
            &["std", "time", "*"],
            &["std", "thread"],
            &["std", "collections", "HashMap"],
            &["std", "collections", "HashSet"],
            &["std", "collections", "hash_map"],
            &["std", "collections", "*"],
        ]),
    },
    Rule {
        says: "nothing unfinished and nothing silenced",
        about: rust,
        unwanted: Unwanted::Code(&[
            "todo!",
            "unimplemented!",
            "dbg!",
            "#[ignore",
            "allow(dead_code",
            "allow(unused",
        ]),
    },
    Rule {
        says: "no test is skipped or run alone",
        about: script,
        unwanted: Unwanted::Code(&[".skip(", ".only(", ".todo(", "skip: true", "only: true", "debugger"]),
    },
    Rule {
        says: "no text becomes markup or code: what comes from outside is set as text",
        about: |source| script(source) && source.file.starts_with("www/"),
        unwanted: Unwanted::Code(&[
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "setHTMLUnsafe",
            "parseHTMLUnsafe",
            "createContextualFragment",
            "DOMParser",
            "srcdoc",
            "document.write",
            "document.writeln",
            "eval(",
            "Function(",
        ]),
    },
    Rule {
        says: "our own pages have a strict policy, and no script or style in themselves",
        about: page,
        unwanted: Unwanted::Finds(inline),
    },
    Rule {
        says: "a package comes from its registry, with a checksum",
        about: lock,
        unwanted: Unwanted::Finds(unlocked),
    },
    Rule {
        says: "an example shows every function that programs are written with",
        about: |source| {
            let parts = ["context", "error", "executor", "generator", "sync", "task", "time"];
            let file = source.file.strip_prefix("crate/src/");
            let part = file.and_then(|file| file.split(['/', '.']).next());
            // What needs a browser cannot be run as an example.
            part.is_some_and(|part| parts.contains(&part)) && !source.file.contains("/host/browser_")
        },
        unwanted: Unwanted::Finds(unshown),
    },
    Rule {
        says: "a file has at most 300 lines",
        about: |source| {
            let code = source.language != Language::Other || source.file.ends_with(".py");
            code && !LONG.iter().any(|(file, _)| *file == source.file)
        },
        unwanted: Unwanted::Lines(300),
    },
    Rule {
        says: "no path of one machine",
        about: |source| !source.file.ends_with(".lock") && !source.file.ends_with("package-lock.json"),
        // In two halves, so that this file keeps its own rule.
        unwanted: Unwanted::Text(&[
            concat!("/ho", "me/"),
            concat!("/ro", "ot/"),
            concat!("/Us", "ers/"),
            concat!("/wo", "rk/"),
            concat!("/fa", "rm/"),
            concat!("/t", "mp/"),
            concat!(r"\Us", r"ers\"),
        ]),
    },
];

fn rust(source: &Source) -> bool {
    source.language == Language::Rust
}

fn script(source: &Source) -> bool {
    source.language == Language::JavaScript
}

fn core(source: &Source) -> bool {
    source.file.starts_with("crate/src/")
}

/// Applies every rule to a file; a finding reads `file:line: what is there: what must hold`.
pub(crate) fn findings(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| (rule.about)(source)) {
        let places = match &rule.unwanted {
            Unwanted::Code(patterns) => code(source, patterns),
            Unwanted::Paths(unwanted) => named(source, unwanted),
            Unwanted::Text(patterns) => text(source, patterns),
            Unwanted::Lines(most) => {
                let lines = source.text.lines().count();
                if lines > *most { vec![(lines, format!("{lines} lines"))] } else { Vec::new() }
            }
            Unwanted::Finds(find) => find(source),
        };
        found.extend(
            places.into_iter().map(|(line, what)| format!("{}:{line}: {what}: {}", source.file, rule.says)),
        );
    }
    // `use crate::a::{b, c}` is one finding, not two.
    found.dedup();
    found
}

fn code(source: &Source, patterns: &[&str]) -> Vec<(usize, String)> {
    let tokens = source.tokens();
    let mut found = Vec::new();
    for pattern in patterns {
        let wanted: Vec<&str> = split(pattern).collect();
        let hits = tokens
            .windows(wanted.len())
            .filter(|window| window.iter().map(|(_, token)| *token).eq(wanted.iter().copied()));
        found.extend(hits.map(|window| (window[0].0, (*pattern).to_owned())));
    }
    found
}

fn named(source: &Source, unwanted: &[&[&str]]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for Path { line, parts } in paths(source) {
        // `use std::time;` would lead to the same names by another path.
        let hides =
            |path: &[&str]| path[..path.len() - 1] == parts[..] && source.code.contains(path[path.len() - 1]);
        if unwanted.iter().any(|path| parts.starts_with(path) || hides(path)) {
            found.push((line, parts.join("::")));
        }
    }
    found
}

fn text(source: &Source, patterns: &[&str]) -> Vec<(usize, String)> {
    let goes_on = |c: char| c.is_alphanumeric() || "_-./}>".contains(c);
    let mut found = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        for pattern in patterns {
            let mut hits = line.match_indices(pattern);
            if hits.any(|(i, _)| !line[..i].chars().next_back().is_some_and(goes_on)) {
                found.push((number + 1, (*pattern).to_owned()));
            }
        }
    }
    found
}
