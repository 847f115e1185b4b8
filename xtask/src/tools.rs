//! Programs from crates.io, built into `target/tools` for this checkout alone.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::{paths, run};

/// A program that `cargo install` can make.
pub(crate) struct Tool<'a> {
    /// The crate it comes from.
    package: &'a str,
    /// The program that must be there afterwards.
    program: &'a str,
    /// The exact version.
    version: &'a str,
    /// How it is compiled: a program that only starts others need not be fast, and builds in half the time.
    profile: &'a str,
    /// What cargo is told beside that.
    flags: &'a [&'a str],
}

/// Firefox's WebDriver.
pub(crate) const GECKODRIVER: Tool<'_> =
    Tool { package: "geckodriver", program: "geckodriver", version: "0.37.1", profile: "dev", flags: &[] };
/// The test command that Rust people know.
pub(crate) const WASM_PACK: Tool<'_> =
    Tool { package: "wasm-pack", program: "wasm-pack", version: "0.15.1", profile: "dev", flags: &[] };
/// Runs libFuzzer on Rust.
pub(crate) const CARGO_FUZZ: Tool<'_> =
    Tool { package: "cargo-fuzz", program: "cargo-fuzz", version: "0.13.2", profile: "dev", flags: &[] };
/// Builds books. Without what serves, watches and searches them it compiles in half the time.
pub(crate) const MDBOOK: Tool<'_> = Tool {
    package: "mdbook",
    program: "mdbook",
    version: "0.5.4",
    profile: "dev",
    flags: &["--no-default-features"],
};
/// The last one on crates.io, with Binaryen 116 in it.
pub(crate) const WASM_OPT: Tool<'_> =
    Tool { package: "wasm-opt", program: "wasm-opt", version: "0.116.1", profile: "release", flags: &[] };

/// Installs what runs wasm tests in a browser, of the very version that the tests are compiled against.
pub(crate) fn install_wasm_bindgen() -> Result<PathBuf> {
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = locked(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    Tool { package: "wasm-bindgen-cli", program: "wasm-bindgen", version, profile: "release", flags: &[] }
        .install()
}

impl Tool<'_> {
    /// Returns the program, installing it unless this version is in `target/tools` or on PATH.
    pub(crate) fn install(&self) -> Result<PathBuf> {
        let Self { package, program, version, .. } = self;
        if let Some(file) = paths::program(program).filter(|file| self.is_version_of(file)) {
            return Ok(file);
        }
        println!("Installing {package} {version} into target/tools, which takes minutes");
        // With the tool's own lock file first. A registry that keeps young releases back may miss one of its entries;
        // then cargo chooses, as `wasm-pack` does when it installs.
        if let Err(error) = self.cargo(true).or_else(|_| self.cargo(false)) {
            bail!("{package} {version} could not be installed, is there a network? {error}");
        }
        Ok(paths::tools().join("bin").join(program))
    }

    fn cargo(&self, locked: bool) -> Result<String> {
        let mut command = run::cargo();
        command.args(["install", self.package, "--version", self.version, "--root"]).arg(paths::tools());
        // One directory for all, because the tools share many dependencies.
        command.arg("--target-dir").arg(build_dir());
        command.args(["--profile", self.profile]).args(self.flags).env("CARGO_PROFILE_DEV_DEBUG", "0");
        if locked {
            command.arg("--locked");
        }
        run::output(&mut command)
    }

    fn is_version_of(&self, file: &PathBuf) -> bool {
        let said = run::output(run::command(file).arg("--version")).unwrap_or_default();
        said.split_whitespace().any(|word| word.trim_start_matches('v') == self.version)
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

/// Returns the version of a package in a `Cargo.lock`.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn the_lock_names_one_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.80\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"…\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(lock, "bindgen"), None);
    }
}
