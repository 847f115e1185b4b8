//! `cargo xtask bake`: pictures for readers without JavaScript, in the pages of others.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{npm, paths, pkg, run};

/// The folder of the command, which is also the npm package's.
pub(crate) const FOLDER: &str = "bake";

/// Bakes these files, or looks whether they have to be.
pub(crate) fn bake(check: bool, image: bool, files: &[PathBuf]) -> Result<ExitCode> {
    npm::install_in(FOLDER)?;
    pkg::build()?;
    let mut node = command(check, image, files);
    // The files are seen from where we were called.
    node.current_dir(std::env::current_dir()?);
    // It says itself, in a sentence for each tag, what is wrong.
    let status = node.status().map_err(|error| run::cannot_start(&node, &error))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The command, for which packages and wasm must be there.
pub(crate) fn command(check: bool, image: bool, files: &[PathBuf]) -> Command {
    let mut node = run::command("node");
    node.arg(paths::root().join(FOLDER).join("main.js")).arg("bake");
    for (wanted, flag) in [(check, "--check"), (image, "--image")] {
        if wanted {
            node.arg(flag);
        }
    }
    node.arg("--").args(files);
    node
}
