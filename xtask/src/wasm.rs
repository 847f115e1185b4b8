//! The crate as WebAssembly with its JavaScript glue, in `www/pkg`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::draft::Draft;
use crate::{paths, run, site};

/// The target every browser understands.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the crate and writes `www/pkg`.
pub(crate) fn build() -> Result<()> {
    bundle("loopscope", &paths::www().join("pkg"))
}

/// Compiles a package and writes its wasm and its glue to a folder.
pub(crate) fn bundle(package: &str, folder: &Path) -> Result<()> {
    add_target()?;
    run::run(run::cargo().args(["build", "--release", "--package", package, "--lib", "--target", TARGET]))?;
    let name = package.replace('-', "_");
    let wasm = paths::target().join(TARGET).join("release").join(format!("{name}.wasm"));
    let draft = Draft::new("pkg")?;
    bind(&wasm, &name, draft.path())
        .with_context(|| format!("wasm-bindgen could not read {}", wasm.display()))?;
    fs::create_dir_all(folder)?;
    for file in site::list(draft.path())? {
        // File by file: somebody may be looking at the page.
        let target = folder.join(file.file_name().unwrap_or_default());
        fs::rename(&file, &target).or_else(|_| fs::copy(&file, &target).map(drop))?;
    }
    Ok(())
}

fn bind(wasm: &Path, name: &str, pkg: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)?
        .typescript(true)
        // `init()` without an argument finds the wasm beside the glue, wherever the page is.
        .omit_default_module_path(false)
        .generate(pkg)
}

/// Adds the wasm target to the toolchain if it is missing.
pub(crate) fn add_target() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libs = run::output(run::command(rustc).args(["--print", "target-libdir", "--target", TARGET]))?;
    if Path::new(libs.trim()).is_dir() {
        return Ok(());
    }
    if paths::program("rustup").is_none() {
        bail!(
            "the target {TARGET} is missing and there is no rustup to add it: install Rust through https://rustup.rs"
        );
    }
    println!("Adding the target {TARGET}");
    if let Err(error) = run::output(run::command("rustup").args(["target", "add", TARGET])) {
        bail!("the target {TARGET} could not be added, is there a network? {error}");
    }
    Ok(())
}
