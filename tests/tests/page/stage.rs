//! What every spec is given, and what is asked of every spec.

use std::cell::Cell;
use std::env;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::{Engine, Setup};
use loopscope_tests::site::Site;
use loopscope_tests::widget::{Widget, host};
use tokio::time::timeout;

/// A spec that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(120);

/// How long a page may take for what a reader expects at once. Generous: the machine may be busy with a build.
pub(crate) const SOON: Duration = Duration::from_secs(20);

/// A spec: it opens a page of the stage and says what must hold there.
pub(crate) type Spec = for<'a> fn(&'a Stage) -> Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// A browser window, and two origins that serve the built site.
pub(crate) struct Stage {
    pub(crate) browser: Browser,
    pub(crate) home: Site,
    pub(crate) abroad: Site,
    /// The same with programs that do harm.
    pub(crate) hostile: Site,
    setup: Setup,
    driver: Driver,
    /// Whether the browser is not to be used for the next spec.
    spent: Cell<bool>,
}

impl Stage {
    pub(crate) async fn set(setup: Setup) -> Result<Self> {
        let driver = Driver::start(&setup).await?;
        let hostile = env::var("LOOPSCOPE_HOSTILE").context("LOOPSCOPE_HOSTILE names no site")?;
        Ok(Self {
            browser: Browser::open(&setup, &driver).await?,
            home: Site::start(&setup.dist).await?,
            abroad: Site::start(&setup.dist).await?,
            hostile: Site::start(Path::new(&hostile)).await?,
            setup,
            driver,
            spent: Cell::new(false),
        })
    }

    pub(crate) fn engine(&self) -> Engine {
        self.setup.engine
    }

    /// Plays one spec. A browser that broke down in it is replaced, so that the next one is not blamed.
    pub(crate) async fn play(&mut self, spec: Spec) -> Result<()> {
        let result = self.judge(spec).await;
        let broken = result.is_err() && answered(self.browser.eval("return 1", &[])).await.is_err();
        if self.spent.take() || broken {
            // It may be gone already.
            let _ = self.strike().await;
            self.driver = Driver::start(&self.setup).await?;
            self.browser = Browser::open(&self.setup, &self.driver).await?;
        }
        result
    }

    /// Where programs do not give way: WebKit was seen to go on computing for workers that were ended, on later pages too,
    /// which takes the processors from the specs that come next.
    pub(crate) fn spend(&self) {
        self.spent.set(self.engine() == Engine::Webkit);
    }

    /// Whatever a spec is about, the page may not complain and no file may be missing.
    async fn judge(&self, spec: Spec) -> Result<()> {
        self.home.forget();
        self.abroad.forget();
        self.hostile.forget();
        let ended = timeout(LIMIT, spec(self)).await.with_context(|| format!("not ended after {LIMIT:?}"));
        let complaints = answered(self.browser.complaints()).await;
        ended.flatten().with_context(|| format!("and the page complained: {complaints:#?}"))?;
        let complaints = complaints?;
        ensure!(complaints.is_empty(), "the page complained: {complaints:#?}");
        let requests = [self.home.requests(), self.abroad.requests(), self.hostile.requests()].concat();
        let refused: Vec<_> = requests.iter().filter(|(_, status)| status.as_u16() >= 400).collect();
        ensure!(refused.is_empty(), "the page asked for what is not there: {refused:?}");
        Ok(())
    }

    /// Opens a page of the home origin with one widget, which has the given attributes.
    pub(crate) async fn widget(&self, attributes: &str) -> Result<Widget<'_>> {
        let body = format!("<loop-scope {attributes}></loop-scope>");
        let address = self.home.page("widget.html", host("/loopscope.js", &body));
        self.browser.goto(&address).await?;
        Ok(Widget::first(&self.browser))
    }

    /// Opens the playground at an address, given from its hash on.
    pub(crate) async fn playground(&self, hash: &str) -> Result<Widget<'_>> {
        self.browser.resize(1440, 900).await?;
        self.browser.goto(&self.home.address(&format!("/{hash}"))).await?;
        Ok(Widget::first(&self.browser))
    }

    /// The folder of the built site.
    pub(crate) fn dist(&self) -> &Path {
        &self.setup.dist
    }

    /// Keeps a picture of an element among the build's artefacts: nothing compares it, people look at it.
    pub(crate) async fn picture(&self, css: &str, name: &str) -> Result<()> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
        self.browser.screenshot(css, &folder.join(format!("{name}-{}.png", self.setup.engine))).await
    }

    /// Closes the window.
    pub(crate) async fn strike(&self) -> Result<()> {
        answered(self.browser.clone().close()).await
    }
}

/// What a browser answers at once; of one that is gone WebKit's driver says nothing, for ever.
async fn answered<T>(answer: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(SOON, answer).await.context("the browser does not answer")?
}
