//! What took long to make and is the same each time: kept under `target/kept`, by what it was made of.

use std::fs;

use anyhow::{Context, Result};

use crate::hash::Hash;
use crate::paths;

/// Returns what was made of this before; makes it, where that is new.
pub(crate) fn or_make(of: &[&[u8]], make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let file = paths::target().join("kept").join(name(of));
    if let Ok(made) = fs::read(&file) {
        return Ok(made);
    }
    let made = make()?;
    let draft = file.with_extension(std::process::id().to_string());
    fs::create_dir_all(file.parent().unwrap_or(&file))?;
    fs::write(&draft, &made).with_context(|| format!("cannot write {}", draft.display()))?;
    // Whole or not at all: others may look for it meanwhile.
    fs::rename(&draft, &file).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(made)
}

/// Names these contents.
pub(crate) fn name(of: &[&[u8]]) -> String {
    let mut hash = Hash::new();
    of.iter().for_each(|part| hash.add(part));
    hash.name()
}
