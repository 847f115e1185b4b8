//! Programs from crates.io, built into `target/tools` for this checkout alone.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{paths, run};

/// A program that `cargo install` can make.
pub(crate) struct Tool {
    /// The crate it comes from.
    pub(crate) package: &'static str,
    /// The program that must be there afterwards.
    pub(crate) program: &'static str,
    /// The exact version.
    pub(crate) version: String,
}

impl Tool {
    /// Returns the program, installing it unless this version is already there.
    pub(crate) fn install(&self) -> Result<PathBuf> {
        let file = paths::tools().join("bin").join(self.program);
        if file.is_file() && self.is_installed() {
            return Ok(file);
        }
        println!("Installing {} {} into target/tools", self.package, self.version);
        // With the tool's own lock file first. A registry that keeps young releases back may miss one of its entries;
        // then cargo chooses, as `wasm-pack` does when it installs.
        if self.cargo(true).is_err() && self.cargo(false).is_err() {
            bail!(
                "{0} {1} could not be installed: is there a network? (`cargo install {0} --version {1} --root target/tools`)",
                self.package,
                self.version
            );
        }
        Ok(file)
    }

    fn cargo(&self, locked: bool) -> Result<()> {
        let mut command = run::cargo();
        command.args(["install", self.package, "--version", &self.version, "--root"]).arg(paths::tools());
        // One directory for all, because the tools share many dependencies.
        command.arg("--target-dir").arg(build_dir());
        if locked {
            command.arg("--locked");
        }
        run::run(&mut command)
    }

    /// Cargo keeps a list of what it installed: `"geckodriver 0.37.1 (registry+…)" = ["geckodriver"]`.
    fn is_installed(&self) -> bool {
        let list = fs::read_to_string(paths::tools().join(".crates.toml")).unwrap_or_default();
        list.contains(&format!("\"{} {} ", self.package, self.version))
    }
}

/// Removes what was only needed to build the tools, some 700 MB.
pub(crate) fn clean() {
    // What cannot be removed does no harm.
    drop(fs::remove_dir_all(build_dir()));
}

fn build_dir() -> PathBuf {
    paths::tools().join("build")
}
