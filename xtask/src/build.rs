//! `cargo xtask build`: dist/, the site and the npm package.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::draft::Draft;
use crate::{optimise, package, paths, pkg, site, sizes, strip};

/// Builds dist/, with the folders of so many builds before this one, and prints its sizes.
pub(crate) fn build(keep: usize) -> Result<()> {
    pkg::build()?;
    // Beside dist/ and put in its place at the end: a failed build leaves the last good one.
    let (draft, npm) = (Draft::new("dist")?, Draft::new("npm")?);
    site::copy(&paths::www(), draft.path())?;
    optimise::optimise_all(&draft.path().join("pkg"))?;
    package::write(draft.path(), npm.path())?;
    slim(draft.path())?;
    site::version(draft.path())?;
    npm.replace(&draft.path().join("npm"))?;
    sizes::print(draft.path())?;
    site::keep(&paths::dist(), draft.path(), keep)?;
    draft.replace(&paths::dist())
}

/// Takes away what the package's user reads and no browser needs.
fn slim(site: &Path) -> Result<()> {
    for file in site::files(site)? {
        let name = file.to_string_lossy();
        if name.ends_with(".d.ts") {
            fs::remove_file(&file)?;
        } else if name.ends_with(".js")
            && let Some(script) = strip::strip(&fs::read_to_string(&file)?)
        {
            fs::write(&file, script)?;
        }
    }
    Ok(())
}
