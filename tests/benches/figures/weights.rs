//! What recorded events and sleeping tasks weigh: `tests/bench/page/weights.js`. Only Chromium tells.

use std::time::Duration;

use anyhow::{Context, Result};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::memory;
use loopscope_tests::site::Site;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::line;

/// A weight is all but the same each time.
const WEIGHINGS: usize = 3;

/// Who sleeps.
const SLEEPERS: [&str; 3] = ["ours", "promises with setTimeout", "async functions with setTimeout"];

/// What a page has begun, it has done by then.
const SETTLED: Duration = Duration::from_secs(1);

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let mut counted = Vec::new();
    let mut taken: [Vec<f64>; SLEEPERS.len()] = Default::default();
    for _ in 0..rounds.min(WEIGHINGS) {
        let browser = open(setup, &driver, &site).await?;
        counted.push(browser.eval("return await counted()", &[]).await?);
        browser.close().await?;
        for (who, taken) in SLEEPERS.iter().zip(&mut taken) {
            taken.push(asleep(setup, &driver, &site, who).await.with_context(|| who.to_string())?);
        }
    }
    line::print_all(setup, &joined(counted))?;
    for (who, taken) in SLEEPERS.iter().zip(&taken) {
        line::print(setup, "memory of a task of 100,000 that sleep at once", who, "bytes", taken);
    }
    Ok(())
}

/// What has run before leaves its memory behind: each is weighed in a new browser.
async fn open(setup: &Setup, driver: &Driver, site: &Site) -> Result<Browser> {
    let browser = Browser::open(setup, driver).await?;
    browser.goto(&site.address("/weights.html")).await?;
    Ok(browser)
}

/// Returns by how many bytes the browser's processes for pages grow with each of these sleepers.
async fn asleep(setup: &Setup, driver: &Driver, site: &Site, who: &str) -> Result<f64> {
    let browser = open(setup, driver, site).await?;
    browser.eval("await prepare(arguments[0])", &[json!(who)]).await?;
    sleep(SETTLED).await;
    let before = memory::of_pages(driver)?;
    let tasks = browser.eval("return fallAsleep(arguments[0])", &[json!(who)]).await?;
    sleep(SETTLED).await;
    let after = memory::of_pages(driver)?;
    browser.close().await?;
    Ok(after.saturating_sub(before) as f64 / tasks.as_f64().context("nobody knows how many sleep")?)
}

/// Puts the samples of lists that are alike into the first one of them.
fn joined(lists: Vec<Value>) -> Value {
    let mut lists = lists.into_iter();
    let mut all = lists.next().unwrap_or_default();
    for list in lists {
        for (line, more) in
            all.as_array_mut().into_iter().flatten().zip(list.as_array().into_iter().flatten())
        {
            let samples = line["samples"].as_array_mut();
            samples
                .into_iter()
                .for_each(|samples| samples.extend(more["samples"].as_array().cloned().unwrap_or_default()));
        }
    }
    all
}
