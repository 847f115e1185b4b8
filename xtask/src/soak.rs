//! `cargo xtask soak`: all programs over and over in Chromium, and what that leaves behind.

use anyhow::Result;

use crate::driven::driven;
use crate::engine::Engine;
use crate::{apt, build, paths, run};

/// Soaks for so many minutes on the virtual clock and on the wall clock.
pub(crate) fn soak(instant: f64, live: f64) -> Result<()> {
    // The one that tells what is on its heap.
    let engine = Engine::Chromium;
    apt::install(&[engine])?;
    build::build(0)?;
    let minutes = [instant.to_string(), live.to_string()];
    let program =
        ["run", "--quiet", "--package", "loopscope-tests", "--bin", "soak", "--", &minutes[0], &minutes[1]];
    run::run(&mut driven(engine, &program, &paths::dist())?)
}
