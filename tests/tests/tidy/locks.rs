//! What is downloaded comes from a registry, and is what it was when it was locked.

use std::collections::BTreeSet;

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

/// The names in the manifest's tables of dependencies, but for those of its tests.
fn needed(manifest: &str) -> BTreeSet<&str> {
    let mut wanted = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            wanted = line.ends_with("dependencies]") && !line.ends_with("dev-dependencies]");
        } else if wanted && line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            names.extend(line.split([' ', '.', '=']).next());
        }
    }
    names
}

/// The names under a package in a lock file.
fn locked<'lock>(lock: &'lock str, package: &str) -> BTreeSet<&'lock str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let _ = lines.find(|line| *line == "dependencies = [");
    lines.take_while(|line| *line != "]").map(|line| line.trim_matches([' ', ',', '"'])).collect()
}

/// The fuzzers have a lock file of their own, which no other command brings up to date.
#[test]
fn the_fuzzers_lock_file_knows_what_the_crate_needs() {
    let (manifest, lock) =
        (include_str!("../../../crate/Cargo.toml"), include_str!("../../../fuzz/Cargo.lock"));
    assert_eq!(
        needed(manifest),
        locked(lock, "loopscope"),
        "run `cargo xtask fuzz` and commit fuzz/Cargo.lock"
    );
}
