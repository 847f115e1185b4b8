//! Packages from npm, pinned by the `package-lock.json` of the folder that needs them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{paths, run};

/// Whether this machine has Node.js with npm.
pub(crate) fn is_here() -> bool {
    paths::program("node").is_some() && paths::program("npm").is_some()
}

/// Installs the packages of tests/ as locked, unless they are there already.
pub(crate) fn install() -> Result<()> {
    install_in("tests")
}

/// Installs the packages of a folder as locked, unless they are there already.
pub(crate) fn install_in(name: &str) -> Result<()> {
    install_at(&paths::root().join(name), name)
}

/// Installs the packages of a folder somewhere, which messages call by a name.
pub(crate) fn install_at(folder: &Path, name: &str) -> Result<()> {
    ensure!(is_here(), "Node.js with npm is missing: install Node.js 20 or newer");
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{name}/package-lock.json cannot be read"))?;
    // npm's own record differs from the lock file, so a copy is kept of what was installed.
    let installed = folder.join("node_modules/.installed.json");
    if fs::read(&installed).is_ok_and(|copy| copy == lock) {
        return Ok(());
    }
    println!("Installing the npm packages of {name}/");
    let mut npm = run::command("npm");
    npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if let Err(error) = run::output(&mut npm) {
        bail!("the npm packages of {name}/ could not be installed, is there a network? {error}");
    }
    fs::write(&installed, lock).with_context(|| format!("{name}/node_modules cannot be written"))
}

/// The program `name` of an installed package.
pub(crate) fn program(name: &str) -> PathBuf {
    paths::root().join("tests/node_modules/.bin").join(name)
}
