//! A session in a real browser.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::http::Method;
use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use url::{ParseError, Url};

use crate::driver::Driver;
use crate::engine::{Engine, Setup};
use crate::image::Image;

/// How long a script may run. Every wait is a loop on our side, so a script only ever reads or starts something.
const SCRIPT: Duration = Duration::from_secs(30);

/// Between two looks at a page: short against what a spec measures, long against what a look costs.
const LOOK: Duration = Duration::from_millis(25);

/// Flags that let Chromium start as root in a container and keep it from calling home.
const CHROMIUM_ARGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    // With these the benchmark can weigh what is on JavaScript's heap.
    "--enable-precise-memory-info",
    "--js-flags=--expose-gc",
];

/// A browser window under WebDriver.
#[derive(Clone, Debug)]
pub struct Browser {
    client: Client,
}

impl Browser {
    /// Opens a session of the set-up's browser.
    pub async fn open(setup: &Setup, driver: &Driver) -> Result<Self> {
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(setup))
            .connect(&driver.address())
            .await
            .with_context(|| format!("no session of {}", setup.browser.display()))?;
        client.update_timeouts(TimeoutConfiguration::new(Some(SCRIPT), Some(SCRIPT), None)).await?;
        Ok(Self { client })
    }

    /// Navigates to an address, also if the window is there already.
    pub async fn goto(&self, address: &str) -> Result<()> {
        // Without the blank page in between, an address that differs in its hash only would not load anything.
        self.client.goto("about:blank").await?;
        self.client.goto(address).await.with_context(|| format!("cannot open {address}"))
    }

    /// Loads the page anew, as the reload button does.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.client.refresh().await?)
    }

    /// Runs `body` as an async function in the page; its arguments are `arguments[0]`…, its value is returned.
    pub async fn eval(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        let script = format!("return (async function () {{ {body} }}).apply(null, arguments);");
        self.client.execute(&script, arguments.to_vec()).await.with_context(|| format!("in the page: {body}"))
    }

    /// Waits until `expression` is truthy in the page, and returns its value.
    pub async fn wait(&self, expression: &str, limit: Duration) -> Result<Value> {
        let body = format!("return ({expression}) || null;");
        let deadline = Instant::now() + limit;
        loop {
            match self.eval(&body, &[]).await {
                Ok(value) if !value.is_null() => return Ok(value),
                // The page that was asked is on its way out; the next one will answer.
                Err(error) if !format!("{error:#}").contains("unload") => return Err(error),
                _ => {}
            }
            if Instant::now() > deadline {
                bail!("not so after {limit:?}: {expression}");
            }
            sleep(LOOK).await;
        }
    }

    /// Waits until what has changed is drawn.
    pub async fn next_frame(&self) -> Result<()> {
        // The first callback may come before the page's own, in which it draws; the second comes after.
        self.eval(
            "await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))",
            &[],
        )
        .await?;
        Ok(())
    }

    /// Makes the window's content `width` × `height` CSS pixels large.
    ///
    /// Engines have a smallest window, of some 500 pixels: what is narrower is tried in a frame.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        let inner = "return [innerWidth, innerHeight]";
        // WebDriver sets the window; the frame around the content is known once the window has a size.
        let (mut outer_width, mut outer_height) = (width, height);
        for _ in 0..2 {
            self.client.set_window_size(outer_width, outer_height).await?;
            let size = self.eval(inner, &[]).await?;
            let size = |index: usize| size[index].as_u64().unwrap_or_default() as u32;
            outer_width = (outer_width + width).saturating_sub(size(0));
            outer_height = (outer_height + height).saturating_sub(size(1));
        }
        Ok(())
    }

    /// Clicks the middle of the first element that `css` finds, as a mouse would.
    pub async fn click(&self, css: &str) -> Result<()> {
        Ok(self.find(css).await?.click().await?)
    }

    /// Empties a field and types into it, key by key.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let field = self.find(css).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// Writes what an element shows to a PNG file.
    pub async fn screenshot(&self, css: &str, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, self.find(css).await?.screenshot().await?)?;
        Ok(())
    }

    /// Returns what the window shows, as an image of its content.
    pub async fn look(&self) -> Result<Image> {
        let width = self.eval("return innerWidth", &[]).await?;
        let png = self.client.screenshot().await?;
        Image::read(&png, width.as_f64().context("a window without a width")?)
    }

    /// Goes into the first frame of the page: from here on, scripts run there. [`Browser::goto`] leaves it.
    pub async fn enter_frame(&self) -> Result<()> {
        Ok(self.find("iframe").await?.enter_frame().await?)
    }

    /// Goes back to the page that the frame is in.
    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.client.enter_parent_frame().await?)
    }

    /// Stays in another tab for so long, as a reader who looks something up, and comes back.
    pub async fn look_away(&self, length: Duration) -> Result<()> {
        let page = self.client.window().await?;
        let other = self.client.new_window(true).await?;
        self.client.switch_to_window(other.handle).await?;
        sleep(length).await;
        self.client.close_window().await?;
        Ok(self.client.switch_to_window(page).await?)
    }

    async fn find(&self, css: &str) -> Result<Element> {
        self.client.find(Locator::Css(css)).await.with_context(|| format!("nothing on the page is {css}"))
    }

    /// Returns what the page complained about since it was loaded: see [`crate::site`].
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let list =
            self.eval("return globalThis.__complaints ?? ['this page was not served by the tests']", &[]);
        let list = list.await?;
        Ok(list
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line.as_str().unwrap_or("?").to_owned())
            .collect())
    }

    /// Asks Chromium something in the words of its developer tools.
    pub async fn ask_tools(&self, command: &'static str) -> Result<Value> {
        Ok(self.client.issue_cmd(Tools(command)).await?)
    }

    /// Ends the session, and with it the browser.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

/// A command of Chromium's developer tools, which its driver hands on.
#[derive(Debug)]
struct Tools(&'static str);

impl WebDriverCompatibleCommand for Tools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.0, "params": {} }).to_string()))
    }
}

fn capabilities(setup: &Setup) -> Capabilities {
    let binary = &setup.browser;
    let wanted = match setup.engine {
        Engine::Chromium => json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "binary": binary, "args": CHROMIUM_ARGS },
        }),
        Engine::Firefox => json!({
            "browserName": "firefox",
            "moz:firefoxOptions": { "binary": binary, "args": ["-headless"] },
        }),
        Engine::Webkit => json!({
            "browserName": "MiniBrowser",
            "webkitgtk:browserOptions": { "binary": binary, "args": ["--automation"] },
        }),
    };
    match wanted {
        Value::Object(map) => map,
        _ => unreachable!("capabilities are an object"),
    }
}
