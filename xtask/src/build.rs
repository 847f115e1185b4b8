//! `cargo xtask build`: dist/, the site and the npm package.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::draft::Draft;
use crate::{optimise, package, paths, site, sizes, wasm};

/// Builds dist/ and prints its sizes.
pub(crate) fn build() -> Result<()> {
    wasm::build()?;
    // Beside dist/ and put in its place at the end: a failed build leaves the last good one.
    let (draft, npm) = (Draft::new("dist")?, Draft::new("npm")?);
    site::copy(&paths::www(), draft.path())?;
    optimise::optimise(&draft.path().join("pkg/loopscope_bg.wasm"))?;
    package::write(draft.path(), npm.path())?;
    remove_types(draft.path())?;
    site::version(draft.path())?;
    npm.replace(&draft.path().join("npm"))?;
    draft.replace(&paths::dist())?;
    sizes::print(&paths::dist())
}

/// Types are for the package; no browser loads them.
fn remove_types(site: &Path) -> Result<()> {
    for file in site::files(site)? {
        if file.to_string_lossy().ends_with(".d.ts") {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}
