//! Rust as WebAssembly with its JavaScript glue.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::draft::Draft;
use crate::{paths, run, site};

/// The target every browser understands.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles a package at its fastest, with these flags for the compiler, and writes its wasm and its glue to a folder.
pub(crate) fn bundle(package: &str, profile: &str, more: &[&str], folder: &Path) -> Result<()> {
    let linked = compile(package, profile, |_| more.iter().map(ToString::to_string).collect())?;
    let draft = Draft::new("pkg")?;
    bind(&linked, draft.path())?;
    place(draft.path(), folder)
}

/// Compiles a package and returns its linked wasm. `adjust` may add to cargo's arguments, and returns flags for the
/// compiler.
pub(crate) fn compile(
    package: &str,
    profile: &str,
    adjust: impl FnOnce(&mut Command) -> Vec<String>,
) -> Result<PathBuf> {
    add_target()?;
    let mut cargo = run::cargo();
    cargo.args(["build", "--profile", profile, "--package", package, "--lib", "--target", TARGET]);
    let more = adjust(&mut cargo);
    set_flags(&mut cargo, more);
    run::run(&mut cargo)?;
    let name = package.replace('-', "_");
    let wasm = paths::target().join(TARGET).join(profile).join(format!("{name}.wasm"));
    clean(&fs::read(&wasm)?, &places())
        .with_context(|| format!("{} is not to be published", wasm.display()))?;
    Ok(wasm)
}

/// Gives a cargo command the compiler's flags: those that were given to us, those that hide this machine, and more.
pub(crate) fn set_flags(cargo: &mut Command, more: Vec<String>) {
    let given = |name: &str| env::var(name).ok();
    let flags = flags(given("CARGO_ENCODED_RUSTFLAGS"), given("RUSTFLAGS"), &places(), more);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags);
}

/// Moves what was made into its folder.
pub(crate) fn place(draft: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for file in site::list(draft)? {
        let target = folder.join(file.file_name().unwrap_or_default());
        if file.is_dir() {
            place(&file, &target)?;
        } else {
            // File by file: somebody may be looking at the page.
            fs::rename(&file, &target).or_else(|_| fs::copy(&file, &target).map(drop))?;
        }
    }
    Ok(())
}

/// The folders of this machine that the compiler would write into the wasm, for the places of panics, and what stands
/// for them there. Our own files are not meant: cargo names them from the root of the repository on.
fn places() -> Vec<(PathBuf, &'static str)> {
    let home = env::home_dir();
    let or_home = |name: &str, folder: &str| {
        env::var_os(name).map(PathBuf::from).or_else(|| home.as_ref().map(|home| home.join(folder)))
    };
    // The compiler takes the last that fits, and the others are often below the first.
    let mut places: Vec<_> = home.iter().map(|home| (home.clone(), "home")).collect();
    places.push((paths::root().to_path_buf(), "loopscope"));
    places.extend(or_home("CARGO_HOME", ".cargo").map(|folder| (folder, "cargo")));
    places.extend(or_home("RUSTUP_HOME", ".rustup").map(|folder| (folder, "rustup")));
    // What comes from there stands in what readers download, and by its own name alone can be found as well.
    places.extend(sources().into_iter().map(|folder| (folder, "")));
    // What is not the root of everything, as the home of some users is.
    places.retain(|(folder, _)| folder.is_absolute() && folder.file_name().is_some());
    places
}

/// The folders in which the standard library's and other people's sources are.
fn sources() -> Vec<PathBuf> {
    let cargo =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = cargo.and_then(|cargo| site::list(&cargo.join("registry/src")).ok()).unwrap_or_default();
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"]));
    let library = sysroot.ok().map(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"));
    registries.into_iter().chain(library).collect()
}

/// The compiler's flags: those given, in the order in which cargo takes them, and ours.
fn flags(
    encoded: Option<String>,
    plain: Option<String>,
    places: &[(PathBuf, &str)],
    more: Vec<String>,
) -> String {
    let given = encoded
        .unwrap_or_else(|| plain.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join("\u{1f}"));
    let ours = places.iter().map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    std::iter::once(given)
        .filter(|given| !given.is_empty())
        .chain(ours)
        .chain(more)
        .collect::<Vec<_>>()
        .join("\u{1f}")
}

/// Refuses a wasm that tells its readers where it was made.
fn clean(wasm: &[u8], places: &[(PathBuf, &str)]) -> Result<()> {
    let holds = |folder: &OsStr| {
        // With the separator: the name of a short folder may be part of a longer word.
        let folder = [folder.as_encoded_bytes(), b"/"].concat();
        wasm.windows(folder.len()).any(|bytes| bytes == folder)
    };
    match places.iter().find(|(folder, _)| holds(folder.as_os_str())) {
        Some((folder, _)) => bail!("it has paths of this machine in it: {}", folder.display()),
        None => Ok(()),
    }
}

/// Writes the glue of a linked wasm, and the wasm that goes with it, to a folder.
pub(crate) fn bind(linked: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(linked)
        .web(true)?
        .typescript(true)
        // `init()` without an argument finds the wasm beside the glue, wherever the page is.
        .omit_default_module_path(false)
        // Their symbols are how the functions are found again that the linker told of.
        .demangle(false)
        .generate(folder)
        .with_context(|| format!("wasm-bindgen could not read {}", linked.display()))
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{clean, flags};

    fn places() -> Vec<(PathBuf, &'static str)> {
        vec![(PathBuf::from("/builder/.cargo"), "cargo")]
    }

    #[test]
    fn flags_that_were_given_stay() {
        let ours = "--remap-path-prefix=/builder/.cargo=cargo";
        let flags = |encoded: Option<&str>, plain: Option<&str>| {
            flags(encoded.map(Into::into), plain.map(Into::into), &places(), vec!["-Cx".into()])
        };
        assert_eq!(flags(None, None), format!("{ours}\u{1f}-Cx"));
        assert_eq!(flags(None, Some("-C  debuginfo=1")), format!("-C\u{1f}debuginfo=1\u{1f}{ours}\u{1f}-Cx"));
        assert_eq!(flags(Some("-O"), Some("-g")), format!("-O\u{1f}{ours}\u{1f}-Cx"));
    }

    #[test]
    fn a_path_of_the_machine_is_found() {
        assert!(clean(b"\0cargo/registry/src/a.rs\0", &places()).is_ok());
        assert!(clean(b"\0/builder/.cargo/registry/src/a.rs\0", &places()).is_err());
    }
}
