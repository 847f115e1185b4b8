//! What a reader downloads.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::site;

/// Prints the size of every file and of what a widget loads.
pub(crate) fn print(dist: &Path) -> Result<()> {
    // As the paths will be that are found from there.
    let dist = &dist.canonicalize()?;
    let loaded = closure(&dist.join("loopscope.js"))?;
    let (mut raw_sum, mut gzip_sum) = (0, 0);
    println!("{:>9} {:>9}   * = what a widget loads", "bytes", "gzip");
    for file in site::files(dist)? {
        let name = file.strip_prefix(dist)?.display().to_string();
        if name.starts_with("npm/") {
            continue;
        }
        let content = fs::read(&file)?;
        let (raw, gzip) = (content.len(), gzip(&content)?);
        let star = if loaded.contains(&file) { '*' } else { ' ' };
        println!("{raw:>9} {gzip:>9} {star} {name}");
        if loaded.contains(&file) {
            raw_sum += raw;
            gzip_sum += gzip;
        }
    }
    println!("{raw_sum:>9} {gzip_sum:>9} * together");
    Ok(())
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

/// Returns a script with everything it names: a quoted string in JavaScript that is the path of a file, seen from
/// there, is taken for an import, a worker, a style sheet or the wasm.
fn closure(script: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::from([script.to_owned()]);
    let mut open = vec![script.to_owned()];
    while let Some(file) = open.pop() {
        let folder = file.parent().unwrap_or(Path::new("."));
        let text = fs::read_to_string(&file)?;
        for name in quoted(&text) {
            let Ok(path) = folder.join(name).canonicalize() else { continue };
            if path.is_file() && found.insert(path.clone()) && name.ends_with(".js") {
                open.push(path);
            }
        }
    }
    Ok(found)
}

/// Returns the pieces between quotes that could name a file.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '\'', '`']).filter(|piece| {
        piece.len() < 200 && [".js", ".css", ".wasm"].iter().any(|kind| piece.ends_with(kind))
    })
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_of_files_are_seen() {
        let text =
            "import { a } from './a.js'; new URL(\"b.wasm\", import.meta.url); // it's\nimport('../c/d.js')";
        assert_eq!(quoted(text).collect::<Vec<_>>(), ["./a.js", "b.wasm", "../c/d.js"]);
    }
}
