//! `cargo xtask soak`: all programs over and over in one browser, for as long as it was told, and what that leaves behind.

use std::time::Duration;

use anyhow::{Context, Result};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use loopscope_tests::soak::{BOUND, Clock, Place, Soak};

/// So long it runs before it is weighed for the first time, and between two looks, in minutes.
const WARM: f64 = 0.5;
const LOOK: f64 = 5.0;

/// The part of the time that it runs once more without a worker.
const HERE: f64 = 0.1;

fn main() -> Result<()> {
    let minutes =
        std::env::args().skip(1).map(|text| text.parse().with_context(|| format!("no number: {text}")));
    let minutes = minutes.collect::<Result<Vec<f64>>>()?;
    let setup = Setup::from_env()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let site = Site::start(&setup.dist).await?;
        let driver = Driver::start(&setup).await?;
        let browser = Browser::open(&setup, &driver).await?;
        let soaked = all(&browser, &site, &minutes).await;
        // Whatever came of it: a browser that is left goes on for ever.
        browser.close().await?;
        soaked
    })
}

/// Each clock for its time, with the wasm in either place.
async fn all(browser: &Browser, site: &Site, minutes: &[f64]) -> Result<()> {
    for (clock, minutes) in [Clock::Virtual, Clock::Wall].into_iter().zip(minutes) {
        for (place, share) in [(Place::Worker, 1.0), (Place::Page, HERE)] {
            if *minutes > 0.0 {
                let soak = Soak::open(browser, site, place).await?;
                println!("\n{clock:?} clock, wasm in the {place:?}, bound of growth: {BOUND}");
                run(&soak, clock, minutes * share).await?;
            }
        }
    }
    Ok(())
}

/// Prints a line at each look.
async fn run(soak: &Soak<'_>, clock: Clock, minutes: f64) -> Result<()> {
    let mut gone = WARM.min(minutes);
    let first = soak.stretch(clock, length(gone)).await?;
    println!("{gone:>6.1} min: {}", first.weight);
    let mut rounds = first.rounds;
    while gone < minutes {
        let next = LOOK.min(minutes - gone);
        let look = soak.stretch(clock, length(next)).await?;
        (gone, rounds) = (gone + next, rounds + look.rounds);
        let (weight, runs, hours) = (look.weight, look.runs, look.seconds / 3600.0);
        println!("{gone:>6.1} min: {weight}; {rounds} rounds, {runs} runs, {hours:.1} h on their clocks");
        weight.check(&first.weight)?;
    }
    println!("no event was lost, and each run was as its first");
    Ok(())
}

fn length(minutes: f64) -> Duration {
    Duration::from_secs_f64(minutes * 60.0)
}
