//! `www/pkg`: the crate as readers download it, small and in pieces, with its glue and the texts of its programs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::draft::Draft;
use crate::{paths, site, small, split, wasm};

/// The folder of the pieces, each named like its scenario.
const PIECES: &str = "pieces";

/// Compiles the crate and writes `www/pkg`.
pub(crate) fn build() -> Result<()> {
    let linked = wasm::compile("loopscope", small::PROFILE, small::adjust)?;
    let draft = Draft::new("pkg")?;
    wasm::bind(&linked, draft.path())?;
    cut(&linked, draft.path())?;
    programs(&draft.path().join("programs"))?;
    wasm::place(draft.path(), &paths::www().join("pkg"))
}

fn cut(linked: &Path, pkg: &Path) -> Result<()> {
    let bound = pkg.join("loopscope_bg.wasm");
    let parts = split::split(&fs::read(linked)?, &fs::read(&bound)?)?;
    fs::write(&bound, parts.primary)?;
    fs::create_dir_all(pkg.join(PIECES))?;
    for (module, piece) in parts.pieces {
        fs::write(pkg.join(PIECES).join(format!("{}.wasm", module.replace('_', "-"))), piece)?;
    }
    Ok(())
}

/// Copies the texts of the programs, for whoever shows them.
fn programs(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for file in site::list(&paths::root().join("crate/src/scenarios"))? {
        let name = file.file_name().unwrap_or_default();
        // The list of all is no program.
        if name != "mod.rs" {
            fs::copy(&file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    Ok(())
}
