//! What is downloaded comes from a registry, and is what it was when it was locked.

use crate::source::Source;

/// The registry of Rust packages as a lock file names it.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(crate) fn lock(source: &Source) -> bool {
    source.file.ends_with("Cargo.lock") || source.file.ends_with("package-lock.json")
}

/// Finds packages from elsewhere, and such without a checksum.
pub(crate) fn unlocked(source: &Source) -> Vec<(usize, String)> {
    let npm = source.file.ends_with("package-lock.json");
    // A package is what stands between two headings, with the line of the first.
    let heading =
        |line: &str| if npm { line.starts_with("    \"node_modules/") } else { line == "[[package]]" };
    let mut packages: Vec<(usize, Vec<&str>)> = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        if heading(line) {
            packages.push((number + 1, Vec::new()));
        }
        if let Some((_, lines)) = packages.last_mut() {
            lines.push(line.trim());
        }
    }
    let wrong = |lines: &[&str]| {
        let value = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name));
        if npm {
            let elsewhere = value("\"resolved\": \"git").or(value("\"resolved\": \"file"));
            // npm notes none for what other machines would take in its place.
            let other = value("\"optional\": true").is_some();
            return elsewhere.is_some() || value("\"integrity\": \"sha512-").is_none() && !other;
        }
        // Ours have no source.
        value("source = ").is_some_and(|source| source.trim_matches('"') != CRATES)
            || value("source = ").is_some() && value("checksum = ").is_none()
    };
    let named = |lines: &[&str]| lines.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    packages.iter().filter(|(_, lines)| wrong(lines)).map(|(line, lines)| (*line, named(lines))).collect()
}
