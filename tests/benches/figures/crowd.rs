//! Thirty widgets on one page beside one, and beside none: `tests/bench/page/crowd.js`.

use std::time::Duration;

use anyhow::{Context, Result};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use tokio::time::sleep;

use crate::line;

/// How many widgets are on a page, and what that is called.
const CROWDS: [(usize, &str); 3] = [(30, "ours"), (1, "one widget"), (0, NOBODY)];
const NOBODY: &str = "none";

/// All of it takes long and is all but the same each time.
const VISITS: usize = 5;

/// What begins by itself has begun by then, and has ended.
const SETTLED: Duration = Duration::from_secs(2);

/// How long a page at rest is looked at.
const REST: Duration = Duration::from_secs(3);

/// What is measured of a page, in order.
const NOUNS: [(&str, &str); 8] = [
    ("requests of 30 widgets far away", "count"),
    ("script run by 30 widgets far away, in a second", "ms"),
    ("work of the page's process with 30 widgets far away, in a second", "ms"),
    ("workers of 30 widgets that have run", "count"),
    ("wasm instances of 30 widgets that have run, with that of the program's piece", "count"),
    ("requests of 30 widgets that have run", "count"),
    ("script run by 30 widgets that have run, in a second", "ms"),
    ("work of the page's process with 30 widgets that have run, in a second", "ms"),
];

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let mut samples: [[Vec<f64>; NOUNS.len()]; CROWDS.len()] = Default::default();
    for _ in 0..rounds.min(VISITS) {
        for ((widgets, _), samples) in CROWDS.iter().zip(&mut samples) {
            let numbers = visit(setup, &driver, &site, *widgets).await?;
            samples.iter_mut().zip(numbers).for_each(|(samples, number)| samples.push(number));
        }
    }
    for (noun, (what, unit)) in NOUNS.iter().enumerate() {
        for ((_, who), samples) in CROWDS.iter().zip(&samples) {
            // A page without widgets has work of its own, and nothing else to be beside.
            if *unit == "ms" || *who != NOBODY {
                line::print(setup, what, who, unit, &samples[noun]);
            }
        }
    }
    Ok(())
}

/// Opens a page with so many widgets, lets all of them run, and returns a number for each noun.
async fn visit(setup: &Setup, driver: &Driver, site: &Site, widgets: usize) -> Result<[f64; NOUNS.len()]> {
    let browser = Browser::open(setup, driver).await?;
    site.forget();
    browser.goto(&site.address(&format!("/crowd.html?widgets={widgets}"))).await?;
    browser.ask_tools("Performance.enable").await?;
    sleep(SETTLED).await;
    let far = requests(site);
    let (far_script, far_work) = at_rest(&browser).await?;
    browser.eval("await runAll()", &[]).await?;
    sleep(SETTLED).await;
    let counts = browser.eval("return counts", &[]).await?;
    let count = |name: &str| counts[name].as_f64().with_context(|| format!("no {name} in {counts}"));
    let (workers, instances, ran) = (count("workers")?, count("instances")?, requests(site));
    let (ran_script, ran_work) = at_rest(&browser).await?;
    browser.close().await?;
    Ok([far, far_script, far_work, workers, instances, ran, ran_script, ran_work])
}

/// Counts what was asked for, but for the page itself and its own script.
fn requests(site: &Site) -> f64 {
    site.requests().iter().filter(|(path, _)| !path.starts_with("/crowd.")).count() as f64
}

/// Leaves the page alone for a while; returns the milliseconds of script and of its whole process in a second of that.
async fn at_rest(browser: &Browser) -> Result<(f64, f64)> {
    let (script, work) = spent(browser).await?;
    sleep(REST).await;
    let (later_script, later_work) = spent(browser).await?;
    let each = |from: f64, to: f64| (to - from) * 1000.0 / REST.as_secs_f64();
    Ok((each(script, later_script), each(work, later_work)))
}

/// Returns the seconds that the page's scripts, and its process with all workers, have taken so far.
async fn spent(browser: &Browser) -> Result<(f64, f64)> {
    let metrics = browser.ask_tools("Performance.getMetrics").await?;
    let list = metrics["metrics"].as_array().with_context(|| format!("no metrics in {metrics}"))?;
    let seconds = |name: &str| -> Result<f64> {
        let metric =
            list.iter().find(|metric| metric["name"] == name).and_then(|metric| metric["value"].as_f64());
        metric.with_context(|| format!("Chromium does not tell its {name}"))
    };
    Ok((seconds("ScriptDuration")?, seconds("ProcessTime")?))
}
