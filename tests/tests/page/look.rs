//! How the page looks: in both themes, wide and narrow. Pictures are kept for people; the rest is checked.

use anyhow::{Result, ensure};
use loopscope_tests::widget::Widget;
use serde_json::json;

use crate::hosts::page;
use crate::stage::{SOON, Stage};

/// Where a finished run is drawn at once.
const DRAWN: &str = "#v1?scenario=async-counter&clock=virtual";

/// Finds ink and paper of the page and of the widget, as luminances after WCAG.
const LUMINANCES: &str = r"
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const luminance = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data]
            .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const look = (node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color].map(luminance);
    return [document.documentElement, shadow.querySelector('[part=frame]')].flatMap(look);
";

pub(crate) async fn both_themes(stage: &Stage) -> Result<()> {
    let widget = stage.playground(DRAWN).await?;
    for theme in ["light", "dark"] {
        choose(stage, theme).await?;
        let found = widget.eval(LUMINANCES, &[]).await?;
        let luminance = |i: usize| found[i].as_f64().unwrap_or(f64::NAN);
        for (what, paper, ink) in
            [("page", luminance(0), luminance(1)), ("widget", luminance(2), luminance(3))]
        {
            ensure!((paper > ink) == (theme == "light"), "{theme} {what}: ink {ink} on paper {paper}");
            let contrast = (paper.max(ink) + 0.05) / (paper.min(ink) + 0.05);
            ensure!(contrast >= 7.0, "{theme} {what}: text has a contrast of {contrast} only");
        }
        stage.picture("html", &format!("{theme}-1440")).await?;
    }
    forget_theme(stage).await
}

pub(crate) async fn narrow(stage: &Stage) -> Result<()> {
    // A picture of a frame ends where the window does.
    stage.browser.resize(600, 2000).await?;
    for width in [320, 360] {
        let frame = format!(
            r#"<!doctype html><html lang="en"><head><title>Narrow</title></head><body>
            <iframe title="Narrow" src="/{DRAWN}" width="{width}" height="2000" style="border: 0"></iframe></body></html>"#
        );
        stage.browser.goto(&stage.home.page("narrow.html", frame)).await?;
        stage.browser.enter_frame().await?;
        let widget = Widget::first(&stage.browser);
        widget.wait_state("done", SOON).await?;
        widget.settle().await?;
        let wide = "({ page: document.scrollingElement.scrollWidth, window: document.documentElement.clientWidth, timeline:
            shadow.querySelector('[part=timeline] svg').getBoundingClientRect().width })";
        let wide = widget.get(wide).await?;
        // A scroll bar takes some of the width where the engine has one.
        ensure!(wide["page"] == wide["window"], "wider than {width} pixels: {wide}");
        ensure!(wide["timeline"].as_f64() > Some(200.0), "no room for the timeline: {wide}");
        if width == 360 {
            for theme in ["light", "dark"] {
                choose(stage, theme).await?;
                stage.browser.leave_frame().await?;
                stage.picture("iframe", &format!("{theme}-360")).await?;
                stage.browser.enter_frame().await?;
            }
            forget_theme(stage).await?;
        }
        stage.browser.leave_frame().await?;
    }
    Ok(())
}

/// Writes down which typefaces anything is painted in, where a driver's script can read it.
const LISTEN: &str = "<script>
    const fonts = new Set();
    const { prototype } = CanvasRenderingContext2D;
    const { get, set } = Object.getOwnPropertyDescriptor(prototype, 'font');
    Object.defineProperty(prototype, 'font', { get, set(font) {
        document.documentElement.dataset.fonts = [...fonts.add(font)].toSorted().join(' and ');
        set.call(this, font);
    } });
</script>";

/// A host's own colours and typefaces are those of all that is drawn, and of what is painted since it is too much for that.
pub(crate) async fn a_hosts_own(stage: &Stage) -> Result<()> {
    let body = r#"<loop-scope scenario="async-counter" clock="virtual"
        style="--loopscope-running: rgb(1, 2, 3); --loopscope-font: Courier; --loopscope-code-font: Times"></loop-scope>"#;
    stage.browser.goto(&stage.home.page("own.html", page(LISTEN, body, "/loopscope.js"))).await?;
    let widget = Widget::first(&stage.browser);
    widget.run().await?;
    widget.wait("shadow.querySelector('[part=timeline] .mark text')", SOON).await?;
    let style = async |css: &str, property: &str| {
        let node = format!("shadow.querySelector('[part=timeline] {css}')");
        widget.get(&format!("getComputedStyle({node}).{property}")).await
    };
    ensure!(style("rect.running", "fill").await? == "rgb(1, 2, 3)", "the bars have another colour");
    ensure!(style(".label", "fontFamily").await? == "Courier", "the labels have another typeface");
    ensure!(style(".mark text", "fontFamily").await? == "Times", "the values have another typeface");
    widget.set_attribute("scenario", "producer-consumer").await?;
    widget.set_attribute("items", "150").await?;
    widget.run().await?;
    widget.wait("shadow.querySelector('[part=timeline] canvas:not([hidden])')", SOON).await?;
    let painted = widget.get("document.documentElement.dataset.fonts").await?;
    ensure!(painted == "11px Courier and 600 11px Times", "painted in {painted}");
    Ok(())
}

/// Which kinds of nodes there are and how large their text is, all of them.
const SIZES: &str = "
    const size = (node) => Number.parseFloat(getComputedStyle(node).fontSize).toFixed(1);
    return [...new Set([...shadow.querySelectorAll('*')].map((node) => `${node.localName}.${node.className}: ${size(node)}`))].toSorted();
";

/// The widget's text is as large as that around it, whatever a site makes of `rem`; small print stays readable.
pub(crate) async fn text_as_large_as_around(stage: &Stage) -> Result<()> {
    let sizes = async |root: &str, body: &str| {
        let style = format!("<style>html {{ font-size: {root} }} body {{ font-size: {body} }}</style>");
        let body = r#"<loop-scope scenario="async-counter" clock="virtual" view="timeline code output notes controls"></loop-scope>"#;
        stage.browser.goto(&stage.home.page("sized.html", page(&style, body, "/loopscope.js"))).await?;
        let widget = Widget::first(&stage.browser);
        widget.run().await?;
        widget.eval("shadow.querySelector('button[title=Keys]').click()", &[]).await?;
        widget.wait("shadow.querySelector('kbd')", SOON).await?;
        widget.eval(SIZES, &[]).await
    };
    let usual = sizes("100%", "1rem").await?;
    ensure!(usual.to_string().contains("output.place: 13.0"), "the usual: {usual}");
    ensure!(usual.to_string().contains("kbd.: 13.0"), "the usual help: {usual}");
    for (root, body) in [("62.5%", "1.6rem"), ("125%", ".8rem")] {
        let found = sizes(root, body).await?;
        ensure!(found == usual, "with a root of {root}: {found}, and not {usual}");
    }
    let small = sizes("62.5%", "1rem").await?;
    ensure!(small.to_string().contains("output.place: 11.4"), "among small print: {small}");
    Ok(())
}

/// Where one part of the widget lies on another, or ends outside the widget, which cuts it off: none if it all fits or scrolls.
const LYING: &str = "
    const parts = ['.program', '.picture', '.about', '.legend', '.controls', '.help', '.side', '.events'];
    const frame = shadow.querySelector('[part=frame]');
    const seen = parts.map((css) => shadow.querySelector(css)).filter((node) => node.checkVisibility());
    const place = (node) => node.getBoundingClientRect();
    const lying = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
        && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
    const ends = place(frame).top + frame.scrollHeight - frame.scrollTop + 2;
    const found = seen.flatMap((one, k) => seen.slice(k + 1).filter((other) => lying(place(one), place(other))).map((other) => `${one.className} on ${other.className}`));
    return [...found, ...seen.filter((node) => place(node).bottom > ends).map((node) => `${node.className} is cut off`)];
";

/// On windows of the usual sizes, no part of the page's widget lies on another one.
pub(crate) async fn each_in_its_place(stage: &Stage) -> Result<()> {
    for (width, height) in [(1024, 768), (1180, 820), (1280, 680), (1366, 740), (1440, 850), (1440, 1000)] {
        stage.browser.resize(width, height).await?;
        for scenario in ["producer-consumer", "list-vs-generator", "breakfast"] {
            let widget = stage.playground(&format!("#v1?scenario={scenario}&clock=virtual")).await?;
            widget.wait_state("done", SOON).await?;
            widget
                .wait("shadow.querySelector('.legend li') && shadow.querySelector('.code code > span')", SOON)
                .await?;
            for open in [
                "",
                "shadow.querySelector('button[title=Keys]').click(); shadow.querySelector('details').open = true",
            ] {
                widget.eval(open, &[]).await?;
                widget.settle().await?;
                let found = widget.eval(LYING, &[]).await?;
                ensure!(found == json!([]), "{scenario} at {width} by {height} {open}: {found}");
            }
        }
    }
    Ok(())
}

/// Where the picture has more rows than are seen, it takes all of the height that was asked for.
pub(crate) async fn a_height_is_made_use_of(stage: &Stage) -> Result<()> {
    let body = r#"<loop-scope scenario="scraper" urls="40" clock="virtual" height="860" view="timeline controls"></loop-scope>"#;
    stage.browser.resize(1280, 1000).await?;
    stage.browser.goto(&stage.home.page("tall.html", page("", body, "/loopscope.js"))).await?;
    let widget = Widget::first(&stage.browser);
    widget.run().await?;
    widget.settle().await?;
    let rooms = "const [picture, controls, stage] = ['.picture', '.controls', '.stage'].map((css) => shadow.querySelector(css));
        const end = (node) => node.getBoundingClientRect().bottom;
        return [picture.scrollHeight - picture.clientHeight, end(stage) - end(controls)]";
    let rooms = widget.eval(rooms, &[]).await?;
    let [unseen, idle] = [0, 1].map(|k| rooms[k].as_f64().unwrap_or(f64::NAN));
    ensure!(unseen > 100.0 && idle < 2.0, "{unseen} pixels of the picture are not seen, and {idle} are idle");
    Ok(())
}

/// Presses the theme button until it says what is wanted.
async fn choose(stage: &Stage, theme: &str) -> Result<()> {
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    for _ in 0..3 {
        if widget.get("document.documentElement.dataset.theme").await? == theme {
            widget.settle().await?;
            return Ok(());
        }
        // Not by mouse: Firefox's driver misses what is in a frame that is scrolled.
        stage.browser.eval("document.querySelector('#theme').click()", &[]).await?;
    }
    anyhow::bail!("the theme button never says {theme}")
}

/// The page keeps the theme; the next spec starts as a first visit.
async fn forget_theme(stage: &Stage) -> Result<()> {
    stage.browser.eval("localStorage.clear()", &[]).await?;
    Ok(())
}
