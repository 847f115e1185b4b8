//! Generators, hops and tasks, recorded events and what all these weigh: the programs of `tests/bench/page/programs.js`
//! and of those beside it.

use anyhow::Result;
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::{Engine, Setup};
use loopscope_tests::site::Site;
use serde_json::Value;

use crate::line;

/// A weight is all but the same each time.
const WEIGHINGS: usize = 3;

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let browser = Browser::open(setup, &driver).await?;
    // Only Chromium tells what is on JavaScript's heap.
    if setup.engine == Engine::Chromium {
        let mut weights = Vec::new();
        for _ in 0..rounds.min(WEIGHINGS) {
            browser.goto(&site.address("/index.html")).await?;
            weights.push(browser.eval("return await weigh()", &[]).await?);
        }
        line::print_all(setup, &joined(weights))?;
    }
    browser.goto(&site.address("/index.html")).await?;
    for _ in 0..rounds {
        // One call for each: on a busy machine all of them would take longer than a script may.
        browser.eval("await round()", &[]).await?;
        browser.eval("await runEvents()", &[]).await?;
    }
    line::print_all(setup, &browser.eval("return measured()", &[]).await?)?;
    line::print_all(setup, &browser.eval("return ranEvents()", &[]).await?)?;
    browser.close().await
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
