//! What the built site is made of, and what each file weighs.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run;

/// A file of the site, with its bytes as it is and as the two codings of the web send it.
pub(crate) struct Asset {
    pub(crate) file: String,
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

/// Puts smaller copies beside all files of the site and of the peers, for the server; returns what the site is made of.
pub(crate) fn compress(site: &Path, peers: &Path) -> Result<Vec<Asset>> {
    let mut node = run::command("node");
    let output = run::output(node.arg("tests/bench/compress.js").arg(site).arg(peers))?;
    let assets: Result<Vec<_>> = output.lines().map(|line| read(site, line)).collect();
    Ok(assets?.into_iter().flatten().collect())
}

/// Reads what was printed for a file, if it is one of the site.
fn read(site: &Path, line: &str) -> Result<Option<Asset>> {
    let value: Value = serde_json::from_str(line)?;
    let bytes = |name| value[name].as_u64().with_context(|| format!("no {name} in {line}"));
    let path = Path::new(value["file"].as_str().with_context(|| format!("no file in {line}"))?);
    let Ok(path) = path.strip_prefix(site) else { return Ok(None) };
    let file = path.to_string_lossy().replace('\\', "/");
    Ok(Some(Asset { file, raw: bytes("raw")?, gzip: bytes("gzip")?, brotli: bytes("brotli")? }))
}
