//! A folder to build in, so that what is half done is never seen.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{paths, site};

/// An empty folder below `target`, of this process alone; it goes with its value.
pub(crate) struct Draft(PathBuf);

impl Draft {
    /// Makes the folder.
    pub(crate) fn new(name: &str) -> Result<Self> {
        let draft = Self(paths::target().join(format!("{name}-{}", std::process::id())));
        draft.remove();
        fs::create_dir_all(&draft.0).with_context(|| format!("cannot make {}", draft.0.display()))?;
        Ok(draft)
    }

    /// The folder's path.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Puts the folder in the place of another.
    pub(crate) fn replace(self, folder: &Path) -> Result<()> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        // Renaming fails between file systems, where CARGO_TARGET_DIR may be.
        fs::rename(&self.0, folder).or_else(|_| site::copy(&self.0, folder))
    }

    fn remove(&self) {
        // What is not there cannot be removed.
        drop(fs::remove_dir_all(&self.0));
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}
