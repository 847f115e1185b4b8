//! Who uses whom: the edges between the modules of the crate, and between the modules of the page.

use crate::paths::{Path, paths};
use crate::source::{Language, Source};

/// The crate's modules from the ground up: a module may use those of the rows above its own.
const CRATE: &[&[&str]] = &[
    &["shelf", "value"],
    &["time", "error", "memory"],
    &["trace", "random"],
    &["lint"],
    &["executor"],
    &["generator", "task", "sync", "context"],
    &["scenario"],
    &["scenarios"],
    &["wasm"],
];

/// Where a module of the crate may use one of its own row, and why.
const CRATE_SIBLINGS: &[(&str, &str)] = &[
    // A generator with one yield is a context manager, and `closing` closes generators.
    ("context", "generator"),
    // A task group and a timeout are context managers.
    ("context", "task"),
];

/// Modules that stand on the crate's public API, as a program outside of it does: readers see them as examples.
const CRATE_EXAMPLES: &[&str] = &["scenarios"];

/// The page's modules, each with those that it may use. `pkg` is what the crate was compiled to.
const PAGE: &[(&str, &[&str])] = &[
    ("pkg", &[]),
    ("trace", &[]),
    ("colours", &[]),
    ("fonts", &[]),
    ("plain", &["colours", "fonts"]),
    ("scale", &["trace"]),
    ("ticks", &["scale"]),
    ("series", &[]),
    ("levels", &["series"]),
    ("lane", &["series"]),
    ("track", &["levels", "lane"]),
    ("lanes", &["trace", "lane", "track", "things"]),
    ("things", &["trace", "lane", "lanes", "track"]),
    ("rows", &["lane", "track", "lanes", "scale"]),
    ("zoom", &["scale"]),
    ("about", &["trace", "lane", "lanes"]),
    ("explain", &["trace", "lane", "lanes", "about"]),
    ("bars", BELOW_PARTS),
    ("marks", BELOW_PARTS),
    ("arrows", &["trace", "scale", "lanes", "rows", "marks"]),
    ("brackets", BELOW_PARTS),
    ("beats", BELOW_PARTS),
    ("bands", BELOW_PARTS),
    (
        "timeline",
        &[
            "trace", "lanes", "rows", "scale", "about", "bars", "marks", "arrows", "brackets", "beats",
            "bands", "track", "scenery",
        ],
    ),
    ("svg", &[]),
    ("style", &[]),
    ("layers", &["svg", "timeline"]),
    ("stage", &["svg", "timeline"]),
    (
        "scenery",
        &[
            "lane", "lanes", "things", "rows", "scale", "ticks", "arrows", "brackets", "beats", "bands",
            "stage", "timeline",
        ],
    ),
    ("render", &["svg", "layers", "timeline", "scenery"]),
    ("strip", &["scale"]),
    ("paint", &["colours", "fonts", "strip", "timeline"]),
    ("file", &["trace", "plain", "lanes", "rows", "scale", "svg", "style", "scenery", "timeline", "render"]),
    ("engine", &["pkg"]),
    ("player", &["pkg"]),
    ("share", &["pkg"]),
    ("widget", BELOW_WIDGET),
    // The pages' and the tutorials' entry: it only hands on.
    ("loopscope.js", &["widget"]),
    ("page", &["widget"]),
];

/// What the parts of the picture are made from; the width of a character is known to the bars.
const BELOW_PARTS: &[&str] =
    &["trace", "scale", "series", "levels", "lane", "track", "lanes", "rows", "about", "bars"];

/// What the widget is put together from, and the page may use beside it.
const BELOW_WIDGET: &[&str] = &[
    "pkg", "trace", "colours", "fonts", "scale", "lane", "lanes", "rows", "zoom", "explain", "timeline",
    "style", "svg", "scenery", "render", "paint", "file", "engine", "player", "share",
];

/// Checks the crate's edges; each finding is a line and what is wrong there.
pub(crate) fn crate_edges(source: &Source) -> Vec<(usize, String)> {
    let Some(path) = source.file.strip_prefix("crate/src/") else { return Vec::new() };
    let own = top(path.trim_end_matches(".rs"));
    if own == "lib" {
        return Vec::new();
    }
    let Some(row) = row_of(own) else {
        return vec![(
            1,
            format!("the module {own} has no place in the order of modules (CRATE in {})", file!()),
        )];
    };
    let depth = path.trim_end_matches("/mod.rs").matches('/').count() + 1;
    let mut wrong = Vec::new();
    for Path { line, parts } in paths(source) {
        let Some(used) = from_root(&parts, depth).filter(|used| *used != own) else { continue };
        let message = match row_of(used) {
            None if CRATE_EXAMPLES.contains(&own) => continue,
            None => format!("crate::{used} is no module of the table: name the module that has it"),
            Some(other) if other < row || CRATE_SIBLINGS.contains(&(own, used)) => continue,
            Some(_) => format!("{own} may not use {used}, which stands beside or above it"),
        };
        wrong.push((line, message));
    }
    wrong
}

fn row_of(module: &str) -> Option<usize> {
    CRATE.iter().position(|row| row.contains(&module))
}

fn top(path: &str) -> &str {
    path.split('/').next().unwrap_or_default()
}

/// Returns the crate's module that a path leads to, if it starts at the root: `crate::a`, or `super::a` if `depth`
/// times `super` lead from the file's module to the root.
///
/// Code in an inline module of the file needs one `super` more, and fewer may lead to the file's own names: a path by
/// `super` counts if there is such a module.
fn from_root<'a>(parts: &[&'a str], depth: usize) -> Option<&'a str> {
    let supers = parts.iter().take_while(|part| **part == "super").count();
    match parts {
        // The scenarios call the crate by its name, as its users do.
        ["crate" | "loopscope", module, ..] => Some(module),
        _ if supers >= depth => parts.get(supers).copied().filter(|module| row_of(module).is_some()),
        _ => None,
    }
}

/// Checks the page's edges; each finding is a line and what is wrong there.
pub(crate) fn page_edges(source: &Source) -> Vec<(usize, String)> {
    let Some(path) = source.file.strip_prefix("www/") else { return Vec::new() };
    if source.language != Language::JavaScript || path.starts_with("pkg/") {
        return Vec::new();
    }
    let own = page_module(path);
    let Some((_, allowed)) = PAGE.iter().find(|(name, _)| *name == own) else {
        return vec![(
            1,
            format!("the module {own} has no place in the order of modules (PAGE in {})", file!()),
        )];
    };
    let mut wrong = Vec::new();
    for (line, specifier) in imports(source) {
        match resolve(path, specifier) {
            None => wrong.push((line, format!("{specifier:?} is not a relative path inside www/"))),
            Some(target) => {
                let used = page_module(&target);
                let beside_widget = own == "page" && BELOW_WIDGET.contains(&used);
                if used != own && !allowed.contains(&used) && !beside_widget {
                    wrong.push((
                        line,
                        format!("{own} may not use {used}: see the order of modules in DESIGN.md"),
                    ));
                }
            }
        }
    }
    wrong
}

/// In `timeline/` each file is a module of the order; elsewhere the folder is.
fn page_module(path: &str) -> &str {
    match path.strip_prefix("timeline/") {
        Some(file) => file.trim_end_matches(".js"),
        None => top(path),
    }
}

/// Finds what a JavaScript file loads: `import … from "x"`, `export … from "x"`, `import("x")`, `new URL("x", …)`.
fn imports(source: &Source) -> Vec<(usize, &str)> {
    let code: Vec<&str> = source.code.lines().collect();
    let mut found = Vec::new();
    // What stands in quotes is blanked in `code`: the words around it are read there, the quoted text beside it.
    for (number, (code, line)) in code.iter().zip(source.uncommented.lines()).enumerate() {
        let quotes: Vec<usize> =
            code.chars().enumerate().filter(|(_, c)| "\"'`".contains(*c)).map(|(i, _)| i).collect();
        for pair in quotes.chunks_exact(2) {
            let before: String = code.chars().take(pair[0]).collect();
            let before = before.trim_end();
            let loads = ["from", "import", "import(", "URL("].iter().any(|word| before.ends_with(word));
            if loads && !before.ends_with("Array.from") {
                let start = line.char_indices().nth(pair[0] + 1).map_or(line.len(), |(i, _)| i);
                let end = line.char_indices().nth(pair[1]).map_or(line.len(), |(i, _)| i);
                found.push((number + 1, &line[start..end]));
            }
        }
    }
    found
}

/// Follows a relative specifier from a file of www/; `None` if it is not relative, or leads out of www/.
fn resolve(from: &str, specifier: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    if !specifier.starts_with("./") && !specifier.starts_with("../") {
        return None;
    }
    for part in specifier.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop()?;
            }
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}
