//! The npm package: the widget without the page around it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::{bake, bundle, npm, paths, run, site};

/// What of www/ only the page or the iframe form needs.
const PAGE_ONLY: &[&str] = &["index.html", "embed.html", "page"];

/// Where the command finds the wasm, in the repository and in the package.
const WASM_SEEN_FROM: (&str, &str) = ("../www/pkg/", "../pkg/");

const UNSET: &str = r#""version": "0.0.0""#;

/// Writes the package from a built site that is not yet versioned.
pub(crate) fn write(site: &Path, package: &Path) -> Result<()> {
    site::copy(site, package)?;
    for name in PAGE_ONLY {
        let path = package.join(name);
        if path.is_dir() {
            fs::remove_dir_all(&path)?;
        } else if path.exists() {
            fs::remove_file(&path)?;
        }
    }
    bundle::bundle(package, false)?;
    for name in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        let file = paths::root().join(name);
        if file.is_file() {
            fs::copy(file, package.join(name))?;
        }
    }
    command(package)?;
    let written = paths::root().join("xtask/npm");
    site::copy(&written, package)?;
    let manifest =
        fs::read_to_string(written.join("package.json")).context("xtask/npm/package.json is missing")?;
    fs::write(package.join("package.json"), with_version(&manifest, env!("CARGO_PKG_VERSION"))?)?;
    Ok(())
}

/// Writes the package's command, in one file with the packages that it reads pages with.
fn command(package: &Path) -> Result<()> {
    if !npm::is_here() {
        println!("There is no Node.js here: the npm package has no command");
        return Ok(());
    }
    npm::install()?;
    npm::install_in(bake::FOLDER)?;
    let folder = paths::root().join(bake::FOLDER);
    let file = package.join("bin/loopscope.js");
    let mut esbuild = run::command(npm::program("esbuild"));
    esbuild.arg(folder.join("main.js")).arg(format!("--outfile={}", file.display()));
    esbuild.args(["--bundle", "--platform=node", "--format=esm", "--target=node20", "--log-level=error"]);
    run::output(&mut esbuild).context("the command could not be bundled")?;
    let script = fs::read_to_string(&file)?;
    ensure!(
        script.contains(WASM_SEEN_FROM.0),
        "the command does not look for the wasm in {}",
        WASM_SEEN_FROM.0
    );
    fs::write(&file, script.replace(WASM_SEEN_FROM.0, WASM_SEEN_FROM.1))?;
    Ok(())
}

/// The version stands in the workspace alone. The text is kept: the order of the conditions under `exports` counts.
fn with_version(manifest: &str, version: &str) -> Result<String> {
    ensure!(manifest.contains(UNSET), "xtask/npm/package.json has no line {UNSET}");
    Ok(manifest.replace(UNSET, &format!("\"version\": \"{version}\"")))
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn the_version_is_the_workspaces() {
        let manifest = with_version(r#"{"name": "loopscope", "version": "0.0.0"}"#, "1.2.3").unwrap();
        assert_eq!(manifest, r#"{"name": "loopscope", "version": "1.2.3"}"#);
        assert!(with_version("{}", "1.2.3").is_err());
    }
}
