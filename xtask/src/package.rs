//! The npm package: the widget without the page around it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::{bundle, paths, site};

/// What of www/ only the page or the iframe form needs.
const PAGE_ONLY: &[&str] = &["index.html", "embed.html", "page"];

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
    let written = paths::root().join("xtask/npm");
    site::copy(&written, package)?;
    let manifest =
        fs::read_to_string(written.join("package.json")).context("xtask/npm/package.json is missing")?;
    fs::write(package.join("package.json"), with_version(&manifest, env!("CARGO_PKG_VERSION"))?)?;
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
