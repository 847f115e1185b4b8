//! `cargo xtask build`: dist/, the site and the npm package.

use std::fs;

use anyhow::{Context, Result};

use crate::{optimise, package, paths, site, sizes, wasm};

/// Builds dist/ and prints its sizes.
pub(crate) fn build() -> Result<()> {
    wasm::build()?;
    // Made beside and put in place at the end: a failed build leaves the last good one.
    let draft = paths::target().join("dist");
    drop(fs::remove_dir_all(&draft));
    site::copy(&paths::www(), &draft)?;
    optimise::optimise(&draft.join("pkg/loopscope_bg.wasm"))?;
    let npm = paths::target().join("npm");
    drop(fs::remove_dir_all(&npm));
    package::write(&draft, &npm)?;
    for types in site::files(&draft)?.iter().filter(|file| file.to_string_lossy().ends_with(".d.ts")) {
        fs::remove_file(types)?;
    }
    site::version(&draft)?;

    let dist = paths::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).with_context(|| format!("cannot remove {}", dist.display()))?;
    }
    site::copy(&draft, &dist)?;
    site::copy(&npm, &dist.join("npm"))?;
    sizes::print(&dist)
}
