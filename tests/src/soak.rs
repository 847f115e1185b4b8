//! All programs over and over in one page of a browser, and what it weighs meanwhile.
//!
//! The page is a host's as any other, but that it can be asked for the size of the wasm's memory.

use std::fmt;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::browser::Browser;
use crate::site::Site;

/// A round more than was asked for takes no longer than this, on a machine that builds beside.
const ROUND: Duration = Duration::from_secs(300);

/// How much more there may be at the end than after the first rounds, in bytes. The largest thing that a program takes is
/// a list of eight megabytes: what lies in the way of its old place lets it have another. On JavaScript's heap there is
/// what engines keep of code that has become hot. What leaks with each run passes both within minutes.
pub const BOUND: Weight = Weight { wasm: 9 << 20, heap: Some(4 << 20) };

/// Which clock the programs run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// One after the other, each over at once, and the same to the byte each time.
    Virtual,
    /// All of them together, live.
    Wall,
}

/// Where the wasm is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a worker, as nearly everywhere. No browser tells what is on a worker's heap.
    Worker,
    /// On the page's own thread, as where no worker can be had: what leaks in the engine's scripts is seen here.
    Page,
}

/// Bytes of the wasm's memory, and of the page's heap after it was swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The memory of the instance, which never shrinks.
    pub wasm: u64,
    /// Where the browser tells.
    pub heap: Option<u64>,
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wasm {} KiB", self.wasm / 1024)?;
        self.heap.map_or(Ok(()), |heap| write!(f, ", heap {} KiB", heap / 1024))
    }
}

impl Weight {
    /// An error if it has grown beyond the bound since `before`.
    pub fn check(&self, before: &Weight) -> Result<()> {
        let most = before.heap.zip(BOUND.heap).map(|(before, more)| before + more);
        let heap = self.heap.zip(most).is_none_or(|(heap, most)| heap <= most);
        ensure!(
            heap && self.wasm <= before.wasm + BOUND.wasm,
            "it has grown by more than {BOUND}: from {before} to {self}"
        );
        Ok(())
    }
}

/// What was done in a stretch.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// How often all programs ran.
    pub rounds: u64,
    /// Runs since the page was opened.
    pub runs: u64,
    /// How long they were, on their own clocks.
    pub seconds: f64,
    /// What the page weighs now.
    pub weight: Weight,
}

/// A page in which programs run.
#[derive(Clone, Copy, Debug)]
pub struct Soak<'a> {
    browser: &'a Browser,
}

impl<'a> Soak<'a> {
    /// Opens the page.
    pub async fn open(browser: &'a Browser, site: &Site, place: Place) -> Result<Self> {
        browser.goto(&site.page("soak.html", page(place, &site.address("/loopscope.js")))).await?;
        browser.wait("customElements.get('loop-scope')", ROUND).await?;
        Ok(Self { browser })
    }

    /// Runs all programs for so long, and to the end of the round; an error if one of them was not as the first time.
    pub async fn stretch(&self, clock: Clock, length: Duration) -> Result<Stretch> {
        let clock = if clock == Clock::Virtual { "virtual" } else { "wall" };
        let millis = length.as_secs_f64() * 1e3;
        self.browser.eval("soak.go(arguments[0], arguments[1])", &[json!(clock), json!(millis)]).await?;
        let deadline = Instant::now() + length + ROUND;
        loop {
            let found = self.browser.eval("return soak", &[]).await?;
            if found["rests"] == true {
                return self.told(&found).await;
            }
            if Instant::now() > deadline {
                bail!("the round does not end: {found}");
            }
            // Each look leaves some bytes in the browser: what is weighed is not to be these.
            sleep(Duration::from_secs(2)).await;
        }
    }

    async fn told(&self, found: &Value) -> Result<Stretch> {
        ensure!(found["faults"] == json!([]), "after {} runs: {}", found["runs"], found["faults"]);
        let number = |name: &str| found[name].as_u64().with_context(|| format!("no {name}: {found}"));
        let weight = self.browser.eval("return await soak.weigh()", &[]).await?;
        let bytes = |name: &str| weight[name].as_u64();
        Ok(Stretch {
            rounds: number("rounds")?,
            runs: number("runs")?,
            seconds: found["seconds"].as_f64().unwrap_or_default(),
            weight: Weight {
                wasm: bytes("wasm").with_context(|| format!("no wasm: {weight}"))?,
                heap: bytes("heap"),
            },
        })
    }
}

/// The page; where the wasm is, a script of ours was there before.
fn page(place: Place, module: &str) -> String {
    let (memory, soak) = (include_str!("soak/memory.js"), include_str!("soak/page.js"));
    let inside = match place {
        Place::Worker => format!("const memory = {};\n{}", json!(memory), include_str!("soak/worker.js")),
        Place::Page => format!("{memory}\nsoak.wasm = async () => size();\ndelete globalThis.Worker;"),
    };
    format!(
        r#"<!doctype html><html lang="en"><head><title>A soak</title><script>
{soak}
{inside}
</script></head><body><script type="module" src="{module}"></script></body></html>"#
    )
}
