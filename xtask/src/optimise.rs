//! wasm-opt: where it comes from and how it is called.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::{kept, npm, paths, run, site, tools};

/// Named one by one and not `--all-features`, which lets wasm-opt write what only the newest browsers read.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How large a function may be that goes into its one caller, or into all of them. What is in a function of its own is often
/// like others, and packs with them: with wasm-opt's own limits a fiftieth more is sent.
const INLINE: &[&str] = &["--one-caller-inline-max-function-size=40", "--always-inline-max-function-size=4"];

/// What only people read, and what only linkers do.
const STRIP: &[&str] = &["--strip-debug", "--strip-producers", "--strip-target-features"];

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
    let content = fs::read(wasm)?;
    // The first kilobyte of the memory is the stack's last: whoever gets there is lost anyway.
    let mut args = vec!["-Oz", "-Oz", "--low-memory-unused"];
    args.push("--reorder-functions-by-name");
    args.extend(INLINE.iter().chain(STRIP).chain(FEATURES));
    let by = program.display().to_string();
    let optimised = kept::or_make(&[&content, args.join(" ").as_bytes(), by.as_bytes()], || {
        let file = wasm.with_extension("opt");
        let mut command = run::command(program);
        run::output(command.args(args).arg(wasm).arg("-o").arg(&file)).context(
            "the wasm could not be optimised; an older wasm-opt may not know all of it, install Node.js for a new one",
        )?;
        let optimised = fs::read(&file)?;
        fs::remove_file(&file)?;
        ensure!(optimised.starts_with(b"\0asm"), "wasm-opt wrote something that is not wasm");
        Ok(optimised)
    })?;
    fs::write(wasm, optimised).with_context(|| format!("cannot replace {}", wasm.display()))
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
