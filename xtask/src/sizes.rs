//! What a reader downloads.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site;

/// Prints the size of every file, and of what a browser loads up to the first picture of a widget.
pub(crate) fn print(dist: &Path) -> Result<()> {
    // As the paths will be that are found from there.
    let dist = &dist.canonicalize()?;
    let files = site::files(dist)?;
    let loaded = first(&files)?;
    let (mut scripts, mut wasm) = (0, 0);
    println!("{:>9} {:>9}   * = up to the first picture of a widget", "bytes", "gzip");
    for file in files {
        let name = file.strip_prefix(dist)?.display().to_string();
        if name.starts_with("npm/") {
            continue;
        }
        let content = fs::read(&file)?;
        let gzip = gzip(&content)?;
        let star = if loaded.contains(&file) { '*' } else { ' ' };
        println!("{:>9} {gzip:>9} {star} {name}", content.len());
        if loaded.contains(&file) {
            *if name.ends_with(".wasm") { &mut wasm } else { &mut scripts } += gzip;
        }
    }
    println!(
        "to the first picture of a widget: {} bytes gzip, {scripts} of scripts and {wasm} of wasm",
        scripts + wasm
    );
    Ok(())
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

/// Returns what is asked for until a widget stands that runs its program at once: the stub, the rest of the widget, the
/// worker and the wasm with its glue, each with what it imports. What is sent for later is not in it. A page spec measures the same in
/// a browser.
fn first(files: &[PathBuf]) -> Result<BTreeSet<PathBuf>> {
    let begins = |file: &&PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // The names of bundled modules end with a hash.
        let stem = name.split(['-', '.']).next().unwrap_or_default();
        match stem {
            "loopscope" => name == "loopscope.js",
            "scope" | "worker" => name.ends_with(".js"),
            // The program with which it is measured.
            _ => ["pkg/loopscope_bg.wasm", "pkg/pieces/async-counter.wasm"]
                .iter()
                .any(|wasm| file.ends_with(wasm)),
        }
    };
    let mut open: Vec<_> = files.iter().filter(begins).cloned().collect();
    let mut found: BTreeSet<_> = open.iter().cloned().collect();
    while let Some(file) = open.pop() {
        if file.extension().is_none_or(|kind| kind != "js") {
            continue;
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        for name in imported(&fs::read_to_string(&file)?) {
            let Ok(path) = folder.join(name).canonicalize() else { continue };
            if found.insert(path.clone()) {
                open.push(path);
            }
        }
    }
    Ok(found)
}

/// Returns what a script imports at once: `import "x"` and `from "x"`, and not `import("x")`.
fn imported(text: &str) -> Vec<&str> {
    let pieces: Vec<_> = text.split(['"', '\'']).collect();
    let imports = |before: &str| ["import", "from"].iter().any(|word| before.trim_end().ends_with(word));
    pieces.windows(2).filter(|pair| imports(pair[0])).map(|pair| pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::imported;

    #[test]
    fn what_is_sent_for_later_is_no_import() {
        let text = "import{a}from\"./a.js\";import './b.js';new URL(\"b.wasm\", import.meta.url);import('../c/d.js')";
        assert_eq!(imported(text), ["./a.js", "./b.js"]);
    }
}
