//! `www/pkg`: the crate as readers download it, small and in pieces, with its glue and the texts of its programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use loopscope::scenarios;

use crate::draft::Draft;
use crate::{kept, paths, site, small, split, wasm};

/// The folder of the pieces, each named like its scenario.
const PIECES: &str = "pieces";

/// Compiles the crate and writes `www/pkg`.
pub(crate) fn build() -> Result<()> {
    let linked = wasm::compile("loopscope", small::PROFILE, small::adjust)?;
    let pkg = paths::www().join("pkg");
    let stamp = pkg.join(".made-of");
    let made_of = made_of(&linked)?;
    if !fs::read_to_string(&stamp).is_ok_and(|last| last == made_of) {
        let draft = Draft::new("pkg")?;
        wasm::bind(&linked, draft.path())?;
        cut(&linked, draft.path())?;
        wasm::place(draft.path(), &pkg)?;
        fs::write(&stamp, made_of)?;
    }
    programs(&pkg.join("programs"))
}

/// Names what the package is made of: the linked wasm, this program, and its scripts.
fn made_of(linked: &Path) -> Result<String> {
    let this = fs::metadata(std::env::current_exe()?)?;
    let changed = this.modified()?.duration_since(std::time::UNIX_EPOCH)?.as_nanos();
    let mut of = vec![fs::read(linked)?, changed.to_le_bytes().to_vec(), this.len().to_le_bytes().to_vec()];
    for script in site::list(&paths::root().join("xtask/watch"))? {
        of.push(fs::read(script)?);
    }
    Ok(kept::name(&of.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

/// The name of what can wait, in a folder of its own so that it may be called like what it belongs to.
const LATE: &str = "late";

fn cut(linked: &Path, pkg: &Path) -> Result<()> {
    let bound = pkg.join("loopscope_bg.wasm");
    let parts = split::split(&fs::read(linked)?, &fs::read(&bound)?, pkg)?;
    fs::write(pkg.join("loopscope.js"), parts.script)?;
    let types = pkg.join("loopscope.d.ts");
    fs::write(&types, split::own_types(fs::read_to_string(&types)?)?)?;
    // It names what the primary exports as it was before.
    fs::remove_file(pkg.join("loopscope_bg.wasm.d.ts"))?;
    let (now, late) = (pkg.join(PIECES), pkg.join(LATE));
    fs::create_dir_all(&now)?;
    fs::create_dir_all(&late)?;
    fs::write(&bound, parts.primary.now)?;
    fs::write(late.join("engine.wasm"), parts.primary.late)?;
    for (module, piece) in parts.pieces {
        let file = format!("{}.wasm", module.replace('_', "-"));
        fs::write(now.join(&file), piece.now)?;
        fs::write(late.join(&file), piece.late)?;
    }
    Ok(())
}

/// Copies the texts of the programs and writes what they show, for whoever tells it.
fn programs(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for file in site::list(&paths::root().join("crate/src/scenarios"))? {
        let name = file.file_name().unwrap_or_default();
        // The list of all is no program.
        if name != "mod.rs" {
            fs::copy(&file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    let abouts: BTreeMap<_, _> = scenarios::all()
        .map(|scenario| scenario.manifest().id)
        .filter_map(|id| Some((id, scenarios::about(id).ok()?)))
        .collect();
    fs::write(folder.join("about.json"), serde_json::to_string(&abouts)?)?;
    Ok(())
}
