//! How long a frame takes while a large run is zoomed and moved: `tests/bench/page/frames.js`.

use std::time::Duration;

use anyhow::{Result, bail};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use serde_json::json;

use crate::line;

/// A look takes seconds, and has hundreds of frames in it.
const LOOKS: usize = 3;

/// More than all of it takes.
const LONG: Duration = Duration::from_secs(900);

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let browser = Browser::open(setup, &driver).await?;
    browser.resize(1440, 900).await?;
    browser.goto(&site.address("/frames.html")).await?;
    browser.wait("typeof measure === 'function'", LONG).await?;
    // A script has a time limit, and this takes longer: it is started, and looked after.
    let start = "measure(arguments[0]).then((list) => { globalThis.list = list }, (error) => { globalThis.list = String(error) })";
    browser.eval(start, &[json!(rounds.min(LOOKS))]).await?;
    let list = browser.wait("globalThis.list", LONG).await?;
    browser.close().await?;
    match list.as_str() {
        Some(error) => bail!("{error}"),
        None => line::print_all(setup, &list),
    }
}
