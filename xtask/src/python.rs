//! Python and its packages, pinned by a file of requirements, in an environment below `target`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{paths, run};

/// The Pythons there may be; what is first and new enough is taken.
const NAMES: [&str; 5] = ["python3", "python3.13", "python3.12", "python3.11", "python"];

/// Returns a Python of 3.11 or later on PATH.
pub(crate) fn find() -> Option<&'static str> {
    let new = "import sys; sys.exit(sys.version_info < (3, 11))";
    let runs = |name: &&str| run::output(run::command(name).args(["-c", new])).is_ok();
    NAMES.into_iter().find(runs)
}

/// Whether this Python can make environments: Debian has that in a package of its own.
pub(crate) fn makes_environments() -> bool {
    find().is_some_and(|python| run::output(run::command(python).args(["-c", "import ensurepip"])).is_ok())
}

/// Installs the packages of a file below the root, unless they are there already, and returns the programs' folder.
pub(crate) fn install(requirements: &str) -> Result<PathBuf> {
    let wanted = fs::read(paths::root().join(requirements))
        .with_context(|| format!("{requirements} cannot be read"))?;
    let folder = paths::tools().join("python");
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let installed = folder.join("installed.txt");
    if fs::read(&installed).is_ok_and(|copy| copy == wanted) {
        return Ok(programs);
    }
    let Some(python) = find() else {
        bail!("Python 3.11 or newer is missing: install it with its module venv");
    };
    println!("Installing the Python packages of {requirements} into target/tools");
    let mut make = run::command(python);
    if let Err(error) = run::output(make.args(["-m", "venv", "--clear"]).arg(&folder)) {
        bail!("Python makes no environment, is its module venv installed? {error}");
    }
    let mut pip = run::command(programs.join("python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
        requirements,
    ]);
    if let Err(error) = run::output(&mut pip) {
        bail!("the Python packages of {requirements} could not be installed, is there a network? {error}");
    }
    fs::write(&installed, wanted).context("target/tools cannot be written")?;
    Ok(programs)
}
