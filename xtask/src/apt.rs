//! Packages of Debian and its descendants.

use std::process::Command;

use anyhow::{Result, bail};

use crate::engine::Engine;
use crate::{paths, python, run};

/// Installs what the engines need and is not there, or says what to install.
pub(crate) fn install(engines: &[Engine]) -> Result<()> {
    install_missing("browsers", || engines.iter().flat_map(|engine| engine.missing_packages()).collect())
}

/// Installs the Python that documentation generators run on.
pub(crate) fn install_python() -> Result<()> {
    install_missing("Python's environments", || {
        if python::makes_environments() { Vec::new() } else { vec!["python3", "python3-venv"] }
    })
}

fn install_missing(what: &str, missing: impl Fn() -> Vec<&'static str>) -> Result<()> {
    let needed = missing();
    if needed.is_empty() {
        return Ok(());
    }
    let list = needed.join(" ");
    if paths::program("apt-get").is_none() {
        bail!("{what} are missing and there is no apt-get to install them: install what Debian calls {list}");
    }
    let Some(rights) = rights() else {
        bail!("{what} are missing and only root may install them: run `apt-get install {list}` as root");
    };
    println!("Installing {list} with apt-get");
    let apt = |args: &[&str]| {
        let mut command = run::command(rights.first().copied().unwrap_or("env"));
        command.args(rights.iter().skip(1)).arg("DEBIAN_FRONTEND=noninteractive").arg("apt-get").args(args);
        run::output(&mut command)
    };
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&needed);
    if let Err(error) = apt(&["update"]).and_then(|_| apt(&install)) {
        bail!("the packages {list} could not be installed, is there a network? {error}");
    }
    let missing = missing();
    if !missing.is_empty() {
        bail!(
            "apt-get installed no usable program: what Debian calls {} is still missing",
            missing.join(" ")
        );
    }
    Ok(())
}

/// How to run a program as root, if we may: as we are, or through a sudo that asks nothing.
fn rights() -> Option<Vec<&'static str>> {
    if run::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(vec!["env"]);
    }
    run::output(Command::new("sudo").args(["-n", "true"])).ok().map(|_| vec!["sudo", "-n", "env"])
}
