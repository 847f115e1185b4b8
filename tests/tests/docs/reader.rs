//! Somebody who reads a site: looks at a widget, goes on, comes back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use loopscope_tests::browser::Browser;
use loopscope_tests::site::Site;
use loopscope_tests::widget::Widget;
use serde_json::{Value, json};

/// How long a page may take for what a reader expects at once. Generous: the machine may be busy with a build.
const SOON: Duration = Duration::from_secs(20);

/// Follows the first link of that name, by a click as the site's own scripts see it.
const FOLLOW: &str = "
    const link = [...document.links].find((link) => link.textContent.trim().endsWith(arguments[0]));
    if (!link) return `no link says ${arguments[0]}`;
    link.click();
    return '';
";

/// The bars of a finished picture, how large it is, and what is said under it.
const PICTURE: &str = "(() => {
    const picture = shadow.querySelector('svg.timeline');
    const { width, height } = picture.getBoundingClientRect();
    return { bars: picture.querySelectorAll('.running, .waiting').length, width, height };
})()";

/// What stands in the tag itself, which a reader without JavaScript sees; and the same picture, as the widget gives it.
/// The style is left out: where the site was built, it was minified.
const FALLBACK: &str = "
    const { firstElementChild: own } = element;
    const figure = element.querySelector(':scope > figure');
    const drawn = (svg) => svg.replace(/<style>[^]*?<.style>/, '');
    const svg = figure?.querySelector('svg');
    const image = figure?.querySelector('img');
    return {
        own: own?.localName,
        baked: drawn(svg ? new XMLSerializer().serializeToString(svg) : decodeURIComponent(image?.src.split(',').slice(1).join() ?? '')),
        given: drawn(await element.export('svg')),
        words: figure?.querySelector('details pre')?.textContent,
        stray: document.body.innerText.includes('loopscope bake'),
    };
";

/// A site and the window it is read in.
pub(crate) struct Reader<'a> {
    browser: &'a Browser,
    site: Site,
}

impl<'a> Reader<'a> {
    /// Opens the site in a folder at its first page.
    pub(crate) async fn open(browser: &'a Browser, folder: &Path) -> Result<Self> {
        let site = Site::start(folder).await?;
        let sitemap = folder.join("sitemap.xml");
        if sitemap.is_file() {
            fs::write(&sitemap, moved(&fs::read_to_string(&sitemap)?, &site.address("/")))?;
            // The smaller copy, which browsers would get, names the old address.
            fs::remove_file(sitemap.with_extension("xml.gz"))?;
        }
        browser.resize(1280, 900).await?;
        browser.goto(&site.address("/")).await?;
        Ok(Self { browser, site })
    }

    /// Reads it. A site that `swaps` changes its pages and keeps the document.
    pub(crate) async fn read(&self, swaps: bool, picture: &Path) -> Result<()> {
        let widget = Widget::first(self.browser);
        self.finished(&widget, "greetings").await.context("on the first page")?;
        self.fallback(&widget).await?;
        self.browser.eval("globalThis.stayed = true", &[]).await?;
        widget.wait("shadow.querySelector('.legend li')", SOON).await?;
        widget.settle().await?;
        self.browser.screenshot("body", picture).await?;

        self.follow("A pool").await?;
        self.browser.wait("document.querySelector('loop-scope[scenario=connection-pool]')", SOON).await?;
        widget.run().await?;
        self.finished(&widget, "connection-pool").await.context("on the next page")?;
        let stayed = self.browser.eval("return globalThis.stayed === true", &[]).await?;
        ensure!(stayed == json!(swaps), "a document was kept: {stayed}");

        self.browser.eval("history.back()", &[]).await?;
        self.browser.wait("document.querySelector('loop-scope[scenario=greetings]')", SOON).await?;
        self.finished(&widget, "greetings").await.context("back on the first page")?;
        widget.run().await?;
        self.finished(&widget, "greetings").await.context("run again")?;

        let complaints = self.browser.complaints().await?;
        ensure!(complaints.is_empty(), "the page complained: {complaints:#?}");
        let requests = self.site.requests();
        let refused: Vec<_> = requests.iter().filter(|(_, status)| status.as_u16() >= 400).collect();
        ensure!(refused.is_empty(), "the page asked for what is not there: {refused:?}");
        Ok(())
    }

    /// Waits for the end of a run, and looks at its picture.
    async fn finished(&self, widget: &Widget<'_>, scenario: &str) -> Result<()> {
        widget.wait_state("done", SOON).await?;
        let ran = widget.get("element.trace.scenario").await?;
        ensure!(ran == json!(scenario), "ran: {ran}");
        let drawn = widget.wait(&format!("{PICTURE}.bars > 3 && {PICTURE}"), SOON).await?;
        let large = |side: &str, least: f64| drawn[side].as_f64() > Some(least);
        ensure!(large("width", 300.0) && large("height", 60.0), "drawn: {drawn}");
        Ok(())
    }

    /// The generator left alone what was baked, and it is what the widget shows.
    async fn fallback(&self, widget: &Widget<'_>) -> Result<()> {
        let found = widget.eval(FALLBACK, &[]).await?;
        let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
        ensure!(found["own"] == json!("pre"), "the author's own words: {}", found["own"]);
        ensure!(text("baked").starts_with("<svg"), "no picture was baked: {found}");
        ensure!(
            text("baked") == text("given"),
            "the picture that was baked is not the one that the widget gives"
        );
        ensure!(text("words").contains("first is done"), "in words: {}", found["words"]);
        ensure!(found["stray"] == Value::Bool(false), "the marks can be seen");
        Ok(())
    }

    async fn follow(&self, words: &str) -> Result<()> {
        let wrong = self.browser.eval(FOLLOW, &[json!(words)]).await?;
        ensure!(wrong == json!(""), "{wrong}");
        Ok(())
    }
}

/// A site's map for the address that it is served at: Material swaps only those pages that the map names with our port.
fn moved(sitemap: &str, root: &str) -> String {
    let line =
        |line: &str| match line.split_once("<loc>http://").map(|(start, rest)| (start, rest.split_once('/')))
        {
            Some((start, Some((_, path)))) => format!("{start}<loc>{root}{path}\n"),
            _ => format!("{line}\n"),
        };
    sitemap.lines().map(line).collect()
}
