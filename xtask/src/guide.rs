//! The guide for authors of documentation, beside the site and shown with its own widget.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{bake, npm, paths, run, site};

/// Where the guide is written.
pub(crate) fn folder() -> PathBuf {
    paths::root().join("docs/guide")
}

/// Puts the guide into a built site as `docs/`, with pictures for readers without JavaScript where there is Node.js.
pub(crate) fn write(site: &Path) -> Result<()> {
    let docs = site.join("docs");
    site::copy(&folder(), &docs)?;
    if !npm::is_here() {
        println!("There is no Node.js here: the guide's widgets show nothing without JavaScript");
        return Ok(());
    }
    npm::install_in(bake::FOLDER)?;
    let mut pages = site::files(&docs)?;
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "html"));
    // As images: the pages' policy allows no style that stands in them.
    run::output(&mut bake::command(false, true, &pages))?;
    Ok(())
}
