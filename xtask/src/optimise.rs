//! wasm-opt: where it comes from and how it is called.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{npm, paths, run, site, tools};

/// Named one by one and not `--all-features`, which lets wasm-opt write what only the newest browsers read.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes all wasm files below a folder smaller, in place.
pub(crate) fn optimise_all(folder: &Path) -> Result<()> {
    let program = find()?;
    for file in site::files(folder)? {
        if file.extension().is_some_and(|kind| kind == "wasm") {
            optimise(&program, &file)?;
        }
    }
    Ok(())
}

fn optimise(program: &Path, wasm: &Path) -> Result<()> {
    let optimised = wasm.with_extension("opt");
    let mut command = run::command(program);
    command.arg("-Oz").args(["--strip-debug", "--strip-producers"]).args(FEATURES);
    run::output(command.arg(wasm).arg("-o").arg(&optimised))
        .context("the wasm could not be optimised; an older wasm-opt may not know all of it, install Node.js for a new one")?;
    ensure!(fs::read(&optimised)?.starts_with(b"\0asm"), "wasm-opt wrote something that is not wasm");
    fs::rename(&optimised, wasm).with_context(|| format!("cannot replace {}", wasm.display()))
}

/// The locked one from npm if there is Node.js, else one on PATH, else one built here: slow, but rustup suffices.
fn find() -> Result<PathBuf> {
    if npm::is_here() {
        npm::install()?;
        return Ok(npm::program("wasm-opt"));
    }
    if let Some(program) = paths::program("wasm-opt") {
        return Ok(program);
    }
    let program = tools::WASM_OPT.install().context("wasm-opt is missing: install Node.js or binaryen")?;
    tools::clean();
    Ok(program)
}
