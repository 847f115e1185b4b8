//! What `cargo xtask bench` measures in a browser: prints a line of JSON for each program, which is put side by side there.
//!
//! The argument names what is measured: a module here, with a page in `tests/bench/page`.

mod crowd;
mod frames;
mod line;
mod programs;
mod start;
mod weights;

use anyhow::{Context, Result, bail};
use loopscope_tests::engine::Setup;

fn main() -> Result<()> {
    let setup = Setup::from_env()?;
    let rounds =
        std::env::var("LOOPSCOPE_ROUNDS").context("LOOPSCOPE_ROUNDS is not set: run `cargo xtask bench`")?;
    let rounds = rounds.parse().context("LOOPSCOPE_ROUNDS is no number")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Cargo adds a flag of its own.
    let noun = std::env::args().skip(1).find(|word| !word.starts_with("--")).unwrap_or_default();
    match &*noun {
        "programs" => runtime.block_on(programs::measure(&setup, rounds)),
        "weights" => runtime.block_on(weights::measure(&setup, rounds)),
        "start" => runtime.block_on(start::measure(&setup, rounds)),
        "frames" => runtime.block_on(frames::measure(&setup, rounds)),
        "crowd" => runtime.block_on(crowd::measure(&setup, rounds)),
        _ => bail!("{noun:?} is nothing that is measured"),
    }
}
