//! The short form of `cargo xtask soak`.

use std::time::Duration;

use anyhow::Result;
use loopscope_tests::engine::Engine;
use loopscope_tests::soak::{Clock, Place, Soak};

use crate::stage::Stage;

/// Some rounds of all programs leave nothing behind, and each run is as its first.
pub(crate) async fn nothing_is_left(stage: &Stage) -> Result<()> {
    // What is on the heap no other engine tells, and that the runs are the same is seen elsewhere.
    if stage.engine() != Engine::Chromium {
        return Ok(());
    }
    let soak = Soak::open(&stage.browser, &stage.home, Place::Worker).await?;
    let first = soak.stretch(Clock::Virtual, Duration::from_secs(4)).await?;
    let last = soak.stretch(Clock::Virtual, Duration::from_secs(6)).await?;
    println!("after {} runs {}, after {} {}", first.runs, first.weight, last.runs, last.weight);
    last.weight.check(&first.weight)
}
