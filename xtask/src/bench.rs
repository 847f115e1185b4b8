//! `cargo xtask bench`: the figures, ours beside the peers, in one run.

use std::fs;

use anyhow::{Context, Result};

use crate::engine::Engine;
use crate::{apt, paths, pkg, run, site, wasm};

/// The Pythons that are measured, where there are any.
const PYTHONS: [&str; 3] = ["python3.11", "python3.13", "python3"];

/// A build of the crate that has no code that asks for a recorder: its profile, and the flags that make it so.
const BARE: &str = "bare";
const FLAGS: [&str; 2] = ["--cfg", "loopscope_bare"];

/// Builds what is measured and measures it.
pub(crate) fn bench() -> Result<()> {
    let engine = Engine::Chromium;
    apt::install(&[engine])?;
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder)?;
    wasm::bundle("loopscope-bench", "release", &[], &folder.join("pkg"))?;
    wasm::bundle("loopscope-bench", BARE, &FLAGS, &folder.join("bare"))?;
    site::copy(&paths::root().join("tests/bench/page"), &folder)?;
    // The frames are those of the page's own modules, with a run of any size beside.
    pkg::build()?;
    site::copy(&paths::www(), &folder.join("www"))?;
    let made_up = "tests/js/random.js";
    fs::create_dir_all(folder.join("tests/js"))?;
    fs::copy(paths::root().join(made_up), folder.join(made_up)).context("no made-up run")?;
    let program = |profile: &str, flags: &[&str]| {
        let mut cargo = run::cargo();
        cargo.args(["build", "--profile", profile, "--package", "loopscope-bench"]);
        wasm::set_flags(&mut cargo, flags.iter().map(ToString::to_string).collect());
        run::run(&mut cargo)?;
        let name = format!("loopscope-bench{}", std::env::consts::EXE_SUFFIX);
        anyhow::Ok(paths::target().join(profile).join(name))
    };
    let (usual, bare) = (program("release", &[])?, program(BARE, &FLAGS)?);
    // A version manager may leave a name on PATH that runs nothing.
    let works = |name: &&str| run::output(run::command(name).arg("--version")).is_ok();
    let pythons: Vec<_> = PYTHONS.into_iter().filter(works).collect();
    if pythons.is_empty() {
        println!("There is no Python here: CPython is not measured");
    }
    let mut command = run::cargo();
    command
        .args(["bench", "--quiet", "--package", "loopscope-tests", "--bench", "core", "--bench", "frames"])
        .env("LOOPSCOPE_ENGINE", engine.name())
        .env("LOOPSCOPE_DRIVER", engine.driver()?)
        .env("LOOPSCOPE_BROWSER", engine.browser()?)
        .env("LOOPSCOPE_DIST", &folder)
        .env("LOOPSCOPE_BENCH", usual)
        .env("LOOPSCOPE_BENCH_BARE", bare)
        .env("LOOPSCOPE_PYTHONS", pythons.join(" "));
    run::run(&mut command)
}
