//! Generators, hops, tasks and recorded events: the programs of `tests/bench/page/programs.js` and `events.js`.

use anyhow::Result;
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;

use crate::line;

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let browser = Browser::open(setup, &driver).await?;
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
