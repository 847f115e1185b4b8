//! The modules of a site as a browser should load them: bundled and minified, or at least without their comments.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{npm, paths, run, site, strip};

/// Makes a copy of www/ small; `whole` says whether the pages are in it.
///
/// With Node.js here, esbuild makes few files of many. Without, the modules stay what they are.
pub(crate) fn bundle(copy: &Path, whole: bool) -> Result<()> {
    if !npm::is_here() {
        println!("There is no Node.js here: the modules are served one by one, and are larger.");
        return slim(copy);
    }
    npm::install()?;
    let mut node = run::command("node");
    node.arg("xtask/bundle.js").arg(paths::www()).arg(copy);
    if whole {
        node.arg("page");
    }
    clear(copy)?;
    run::output(&mut node).context("the modules could not be bundled")?;
    Ok(())
}

/// Takes away what is bundled: every script, and every folder in which there was nothing else.
fn clear(copy: &Path) -> Result<()> {
    for file in site::files(copy)? {
        let name = file.to_string_lossy();
        if name.ends_with(".js") || name.ends_with(".d.ts") {
            fs::remove_file(&file)?;
        }
    }
    for folder in site::list(copy)?.into_iter().filter(|entry| entry.is_dir()) {
        if site::files(&folder)?.is_empty() {
            fs::remove_dir_all(&folder)?;
        }
    }
    Ok(())
}

/// Takes away what the package's user reads and no browser needs.
fn slim(copy: &Path) -> Result<()> {
    for file in site::files(copy)? {
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
