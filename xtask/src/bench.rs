//! `cargo xtask bench`: the figures, ours beside the peers, in one run.

use std::fs;

use anyhow::{Context, Result};

use crate::engine::Engine;
use crate::{apt, paths, run, wasm};

/// The Pythons that are measured, where there are any.
const PYTHONS: [&str; 3] = ["python3.11", "python3.13", "python3"];

/// Builds what is measured and measures it.
pub(crate) fn bench() -> Result<()> {
    let engine = Engine::Chromium;
    apt::install(&[engine])?;
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder)?;
    wasm::bundle("loopscope-bench", &folder.join("pkg"))?;
    for file in ["index.html", "bench.js"] {
        let source = paths::root().join("tests/bench/page").join(file);
        fs::copy(&source, folder.join(file)).with_context(|| format!("cannot copy {}", source.display()))?;
    }
    run::run(run::cargo().args(["build", "--release", "--package", "loopscope-bench"]))?;
    let program = format!("loopscope-bench{}", std::env::consts::EXE_SUFFIX);
    // A version manager may leave a name on PATH that runs nothing.
    let works = |name: &&str| run::output(run::command(name).arg("--version")).is_ok();
    let pythons: Vec<_> = PYTHONS.into_iter().filter(works).collect();
    if pythons.is_empty() {
        println!("There is no Python here: CPython is not measured");
    }
    let mut command = run::cargo();
    command
        .args(["bench", "--quiet", "--package", "loopscope-tests", "--bench", "core"])
        .env("LOOPSCOPE_ENGINE", engine.name())
        .env("LOOPSCOPE_DRIVER", engine.driver()?)
        .env("LOOPSCOPE_BROWSER", engine.browser()?)
        .env("LOOPSCOPE_DIST", &folder)
        .env("LOOPSCOPE_BENCH", paths::target().join("release").join(program))
        .env("LOOPSCOPE_PYTHONS", pythons.join(" "));
    run::run(&mut command)
}
