//! `cargo xtask bench`: how long a frame takes while a large run is zoomed and moved, beside what the display gives.
//!
//! The page that does it is `tests/bench/page/frames.html`; what it returns is put in a table here, and kept as JSON.

use anyhow::{Context, Result};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use serde_json::Value;

/// What a display of 60 Hz gives for a frame, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

/// A clock that steps by a tenth of a millisecond tells no frame more exactly.
const STEP: f64 = 0.15;

/// From so many events on, two frames may pass.
const MANY: f64 = 500_000.0;

fn main() -> Result<()> {
    let setup = Setup::from_env()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let measured = runtime.block_on(measure(&setup))?;
    println!("\n### Zoomed and moved in {}, 95th percentile\n", setup.engine);
    println!(
        "| run | events | axis | between frames, ms | goal | work in a frame, ms |\n|---|--:|---|--:|--:|--:|"
    );
    for line in measured.as_array().with_context(|| format!("the page measured no frames: {measured}"))? {
        let text = |name| line[name].as_str().with_context(|| format!("no {name} in {line}"));
        let number = |name| line[name].as_f64().with_context(|| format!("no {name} in {line}"));
        let (events, frame) = (number("events")?, number("frame")?);
        let goal = if events < MANY { FRAME } else { 2.0 * FRAME };
        let met = if frame < goal + STEP { "" } else { ", missed" };
        println!(
            "| {} | {events} | {} | {frame:.1} | {goal:.1}{met} | {:.1} |",
            text("name")?,
            text("axis")?,
            number("work")?
        );
    }
    let file = setup.dist.join("frames.json");
    std::fs::write(&file, format!("{measured:#}\n"))?;
    println!("\nThe same as JSON: {}", file.display());
    Ok(())
}

async fn measure(setup: &Setup) -> Result<Value> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let browser = Browser::open(setup, &driver).await?;
    browser.resize(1440, 900).await?;
    browser.goto(&site.address("/frames.html")).await?;
    // A script has a time limit, and this takes longer: it is started, and looked after.
    let start = "measure().then((lines) => { globalThis.lines = lines }, (error) => { globalThis.lines = String(error) })";
    browser.wait("typeof measure === 'function'", LONG).await?;
    browser.eval(start, &[]).await?;
    let lines = browser.wait("globalThis.lines", LONG).await?;
    browser.close().await?;
    Ok(lines)
}

/// More than all of it takes.
const LONG: std::time::Duration = std::time::Duration::from_secs(300);
