//! `cargo xtask build`: dist/, the site and the npm package.

use anyhow::Result;

use crate::draft::Draft;
use crate::{bundle, guide, optimise, package, paths, pkg, site, sizes};

/// Builds dist/, with the folders of so many builds before this one, and prints its sizes.
pub(crate) fn build(keep: usize) -> Result<()> {
    pkg::build()?;
    // Beside dist/ and put in its place at the end: a failed build leaves the last good one.
    let (draft, npm) = (Draft::new("dist")?, Draft::new("npm")?);
    site::copy(&paths::www(), draft.path())?;
    optimise::optimise_all(&draft.path().join("pkg"))?;
    package::write(draft.path(), npm.path())?;
    bundle::bundle(draft.path(), true)?;
    site::version(draft.path())?;
    guide::write(draft.path())?;
    npm.replace(&draft.path().join("npm"))?;
    sizes::print(draft.path())?;
    site::keep(&paths::dist(), draft.path(), keep)?;
    draft.replace(&paths::dist())
}
