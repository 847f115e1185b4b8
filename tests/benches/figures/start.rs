//! From navigation to the first finished picture, and what was sent until then: ours, players and Pythons beside it, the
//! pages of `tests/bench/page/start`.
//!
//! Each page has what looks at it in itself: a file that they share would be asked for and measured with them.
//!
//! One server sends all of it, compressed beforehand and never cached; each time is that of a new browser, which has come to
//! rest: what it loads for itself when it starts takes a processor or two for a while, and is nobody's page.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use tokio::time::sleep;

use crate::line;

/// What nobody who runs programs in a worker can do without: only the time it takes is of interest.
const LEAST: &str = "worker";

/// Each page, and who is measured there.
const PAGES: [(&str, &str); 6] = [
    ("ours", "ours"),
    (LEAST, "an empty worker, its first word drawn"),
    ("asciinema", "asciinema-player, first picture"),
    ("pyodide", "Pyodide, ready"),
    ("micropython", "MicroPython, ready"),
    ("brython", "Brython, ready"),
];

/// How the same files are sent: the name, and what the copies end with.
const CODINGS: [(&str, &str); 3] = [("gzip", ".gz"), ("Brotli", ".br"), ("as they are", "")];

/// Beside asciinema-player, ours has a limit of its own.
const LIMIT: (&str, f64) = ("the limit", 65_000.0);

/// A Python on a busy machine takes a while.
const LONG: Duration = Duration::from_secs(60);

/// A browser that was started has come to rest by then.
const REST: Duration = Duration::from_millis(1500);

/// What one page was until it was ready.
#[derive(Default)]
struct Start {
    milliseconds: Vec<f64>,
    /// As often as pages were opened.
    bytes: [Vec<f64>; CODINGS.len()],
}

pub(crate) async fn measure(setup: &Setup, rounds: usize) -> Result<()> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let mut starts: [Start; PAGES.len()] = Default::default();
    for _ in 0..rounds {
        for ((page, _), start) in PAGES.iter().zip(&mut starts) {
            let milliseconds = open(setup, &driver, &site, page).await.with_context(|| page.to_string())?;
            start.milliseconds.push(milliseconds);
            if *page == LEAST {
                continue;
            }
            for ((_, ending), bytes) in CODINGS.iter().zip(&mut start.bytes) {
                bytes.push(sent(&site, &setup.dist, ending)? as f64);
            }
        }
    }
    for ((_, who), start) in PAGES.iter().zip(&starts) {
        line::print(setup, "from navigation to the first finished picture", who, "ms", &start.milliseconds);
    }
    for (coding, (name, _)) in CODINGS.iter().enumerate() {
        let what = format!("what is sent until then, {name}");
        for ((_, who), start) in PAGES.iter().zip(&starts).filter(|((page, _), _)| *page != LEAST) {
            line::print(setup, &what, who, "bytes", &start.bytes[coding]);
        }
        if coding == 0 {
            line::print(setup, &what, LIMIT.0, "bytes", &[LIMIT.1]);
        }
    }
    Ok(())
}

/// Opens a page in a new browser; returns the milliseconds from the navigation on until it is ready.
async fn open(setup: &Setup, driver: &Driver, site: &Site, page: &str) -> Result<f64> {
    let browser = Browser::open(setup, driver).await?;
    sleep(REST).await;
    site.forget();
    browser.goto(&site.address(&format!("/start/{page}.html"))).await?;
    let ready = browser.wait("globalThis.ready", LONG).await?;
    browser.close().await?;
    ready.as_f64().context("ready at no time")
}

/// Sums what was asked for, but for the page itself, in copies that end like this.
fn sent(site: &Site, folder: &Path, ending: &str) -> Result<u64> {
    let mut sum = 0;
    for (path, status) in site.requests() {
        ensure!(status.is_success(), "{path} was answered {status}");
        if !path.ends_with(".html") {
            let file = format!("{}{ending}", path.trim_start_matches('/'));
            sum += folder.join(&file).metadata().with_context(|| format!("no {file}"))?.len();
        }
    }
    ensure!(sum > 0, "nothing was sent");
    Ok(sum)
}
