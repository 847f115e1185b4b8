//! The folder that is served while browsers are measured, and the programs that are measured without one.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Noun;
use super::assets::{self, Asset};
use crate::{build, npm, paths, run, site, wasm};

/// A build of the crate that has no code that asks for a recorder: its profile, and the flags that make it so.
const BARE: &str = "bare";
const FLAGS: [&str; 2] = ["--cfg", "loopscope_bare"];

/// The peers of a page: each with its folder below `node_modules`, and what of it is served.
const PEERS: [(&str, &[&str]); 4] = [
    (
        "pyodide",
        &["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"],
    ),
    ("@micropython/micropython-webassembly-pyscript", &["micropython.mjs", "micropython.wasm"]),
    ("brython", &["brython.min.js"]),
    ("asciinema-player/dist/bundle", &["asciinema-player.min.js", "asciinema-player.css"]),
];

/// Everything that is measured, built.
pub(crate) struct Ground {
    /// The served folder.
    pub(crate) folder: PathBuf,
    /// The native programs: as users build them, and without any recording.
    pub(crate) programs: Vec<PathBuf>,
    /// What the built site is made of.
    pub(crate) assets: Vec<Asset>,
}

impl Ground {
    /// Builds what these are measured with.
    pub(crate) fn lay(nouns: &[Noun]) -> Result<Self> {
        let folder = paths::target().join("bench");
        fs::create_dir_all(&folder)?;
        let mut programs = Vec::new();
        if nouns.contains(&Noun::Native) {
            programs = vec![program("release", &[])?, program(BARE, &FLAGS)?];
        }
        let mut assets = Vec::new();
        if nouns.iter().any(|noun| *noun != Noun::Native) {
            assets = lay_pages(&folder)?;
        }
        Ok(Self { folder, programs, assets })
    }
}

/// Puts everything into the served folder that a page of the bench loads; returns what the site is made of.
fn lay_pages(folder: &Path) -> Result<Vec<Asset>> {
    build::build(0)?;
    wasm::bundle("loopscope-bench", "release", &[], &folder.join("pkg"))?;
    wasm::bundle("loopscope-bench", BARE, &FLAGS, &folder.join("bare"))?;
    site::copy(&paths::root().join("tests/bench/page"), folder)?;
    let site = folder.join("site");
    site::clear(&site)?;
    site::copy(&paths::dist(), &site)?;
    // The package has the same files once more.
    site::clear(&site.join("npm"))?;
    // The frames are those of the page's own modules, with a run of any size beside; the wasm is the site's.
    site::copy(&paths::www(), &folder.join("www"))?;
    take_wasm(&site, &folder.join("www/pkg"))?;
    let made_up = "tests/js/random.js";
    fs::create_dir_all(folder.join("tests/js"))?;
    fs::copy(paths::root().join(made_up), folder.join(made_up)).context("no made-up run")?;
    let peers = folder.join("peers");
    lay_peers(&peers)?;
    assets::compress(&site, &peers)
}

/// Puts the wasm of a built site into the place of the one that the modules load.
fn take_wasm(site: &Path, pkg: &Path) -> Result<()> {
    let files = site::files(site)?;
    let wasm =
        files.iter().find(|file| file.ends_with("loopscope_bg.wasm")).context("the site has no wasm")?;
    fs::copy(wasm, pkg.join("loopscope_bg.wasm"))?;
    site::copy(&wasm.with_file_name("pieces"), &pkg.join("pieces"))
}

/// Copies the peers from their packages. What is there already stays: to compress it takes a while.
fn lay_peers(folder: &Path) -> Result<()> {
    npm::install_in("tests/bench")?;
    for (package, files) in PEERS {
        let from = paths::root().join("tests/bench/node_modules").join(package);
        let to = folder.join(package);
        fs::create_dir_all(&to)?;
        for name in files {
            let content = fs::read(from.join(name)).with_context(|| format!("{package} has no {name}"))?;
            if fs::read(to.join(name)).is_ok_and(|known| known == content) {
                continue;
            }
            fs::write(to.join(name), content)?;
        }
    }
    Ok(())
}

/// Builds the native program and returns where it is.
fn program(profile: &str, flags: &[&str]) -> Result<PathBuf> {
    let mut cargo = run::cargo();
    cargo.args(["build", "--profile", profile, "--package", "loopscope-bench"]);
    wasm::set_flags(&mut cargo, flags.iter().map(ToString::to_string).collect());
    run::run(&mut cargo)?;
    let name = format!("loopscope-bench{}", std::env::consts::EXE_SUFFIX);
    Ok(paths::target().join(profile).join(name))
}
