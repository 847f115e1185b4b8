//! `target/hostile`: the site as `serve` has it, with an engine that has programs which do harm, for the page specs.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::draft::Draft;
use crate::{paths, site, small, split, wasm};

/// In the place of what says where pieces lie, and of what fetches them: this engine is in one.
const WHOLE: [(&str, &str); 2] = [
    (
        "engine/address.js",
        "export const WASM = new URL(\"../pkg/loopscope_bg.wasm\", import.meta.url).href;\n\
         export const LATE = \"\", piece = () => \"\", late = piece;\n",
    ),
    ("engine/pieces.js", "export class Pieces { async ready() {} async whole() {} }\n"),
];

/// Builds the site and returns its folder; `www/pkg` is there already.
pub(crate) fn build() -> Result<PathBuf> {
    let linked = wasm::compile("loopscope-hostile", small::PROFILE, small::adjust)?;
    let draft = Draft::new("hostile")?;
    site::copy(&paths::www(), draft.path())?;
    // The glue is named like the wasm that it is made for, and the page knows it by the crate's name.
    let named = draft.path().join("loopscope.wasm");
    fs::copy(&linked, &named).with_context(|| format!("cannot copy {}", linked.display()))?;
    wasm::bind(&named, &draft.path().join("pkg"))?;
    fs::remove_file(&named)?;
    let glue = draft.path().join("pkg/loopscope.js");
    fs::write(&glue, split::own(fs::read_to_string(&glue)?)?)?;
    for (file, script) in WHOLE {
        fs::write(draft.path().join(file), script)?;
    }
    let folder = paths::target().join("hostile");
    draft.replace(&folder)?;
    Ok(folder)
}
