//! What is seen: the colours of the things in the picture, in the pixels of a screenshot; and that nothing lies on
//! another thing or outside of its box. No bytes are compared: fonts and engines differ, these facts do not.

use anyhow::{Context, Result, ensure};
use loopscope_tests::image::{Image, Place};
use loopscope_tests::widget::Widget;
use serde_json::{Value, json};

use crate::stage::{SOON, Stage};

/// Colours that are as good as the same: engines round them, and edges are smoothed.
const TOLERANCE: u8 = 14;

/// Tells where things of a kind are and which colour they should have there: `[what, place, colour, least share]`.
const COLOURS: &str = "
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const probe = shadow.appendChild(document.createElement('i'));
    const colour = (name) => {
        probe.style.color = `var(--${name})`;
        canvas.fillStyle = getComputedStyle(probe).color;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const facts = [];
    const tell = (what, nodes, name, least, inset = 2) => {
        const seen = [...nodes].map((node) => node.getBoundingClientRect())
            .filter(({ width, height, left, right }) => width > 2 * inset + 1 && height > 2 * inset && left >= 0 && right <= innerWidth).slice(0, 6);
        if (seen.length === 0) facts.push([what, null, null, 0]);
        for (const { x, y, width, height } of seen) facts.push([what, [x + inset, y + inset, width - 2 * inset, height - 2 * inset], colour(name), least]);
    };
    const drawn = (css) => shadow.querySelectorAll(`[part=timeline] ${css}`);
    for (const [what, css, name, least, inset] of arguments[0]) {
        tell(what, css.startsWith('#') ? document.querySelectorAll(css) : drawn(css), name, least, inset);
    }
    probe.remove();
    return facts";

/// Checks the facts about colours in what the window shows.
async fn expect_colours(stage: &Stage, widget: &Widget<'_>, what: &str, wanted: &Value) -> Result<()> {
    let arguments = std::slice::from_ref(wanted);
    // What is sent for late moves the rest: only what stood still while it was looked at counts.
    let (facts, image) = loop {
        widget.settle().await?;
        let facts = widget.eval(COLOURS, arguments).await?;
        let image = stage.browser.look().await?;
        if widget.eval(COLOURS, arguments).await? == facts {
            break (facts, image);
        }
    };
    for fact in facts.as_array().context("no facts")? {
        ensure!(!fact[1].is_null(), "{what}: there is no {}", fact[0]);
        let (found, least) = (share(&image, fact)?, fact[3].as_f64().unwrap_or(1.0));
        ensure!(found >= least, "{what}: {found:.2} of {} has its colour, not {least}: {fact}", fact[0]);
    }
    Ok(())
}

fn share(image: &Image, fact: &Value) -> Result<f64> {
    let number = |list: &Value, k: usize| list[k].as_f64().with_context(|| format!("no number in {fact}"));
    let place = Place {
        x: number(&fact[1], 0)?,
        y: number(&fact[1], 1)?,
        w: number(&fact[1], 2)?,
        h: number(&fact[1], 3)?,
    };
    let colour = [number(&fact[2], 0)?, number(&fact[2], 1)?, number(&fact[2], 2)?].map(|part| part as u8);
    Ok(image.share(place, colour, TOLERANCE))
}

/// Opens a page on a theme and waits until it is drawn.
async fn themed<'a>(stage: &'a Stage, hash: &str, theme: &str) -> Result<Widget<'a>> {
    let widget = stage.playground(hash).await?;
    widget.wait_state("done", SOON).await?;
    widget.eval("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]).await?;
    widget.wait("shadow.querySelector('[part=timeline] .tick')", SOON).await?;
    widget.settle().await?;
    Ok(widget)
}

pub(crate) async fn states_have_their_colours(stage: &Stage) -> Result<()> {
    for theme in ["light", "dark"] {
        let widget = themed(stage, "#v1?scenario=producer-consumer&clock=virtual", theme).await?;
        let wanted = json!([
            ["what runs", "rect.running", "running", 0.9, 0.5],
            ["what waits", ".bar rect.waiting", "waiting-ground", 0.35, 2],
            ["what is held back", ".bar rect.held", "error-ground", 0.35, 2],
        ]);
        expect_colours(stage, &widget, &format!("queue, {theme}"), &wanted).await?;
        let widget = themed(stage, "#v1?scenario=generator-steps&clock=virtual&axis=ticks", theme).await?;
        let wanted = json!([
            ["what is suspended", ".bar rect.frozen", "frozen-ground", 0.3, 2],
            ["a value on its way", ".mark rect", "ink", 0.2, 1],
        ]);
        expect_colours(stage, &widget, &format!("generator, {theme}"), &wanted).await?;
        let widget = themed(stage, "#v1?scenario=blocking-the-loop&clock=virtual", theme).await?;
        let wanted = json!([
            ["a call that blocks", ".gap.block rect", "error", 0.5, 2],
            ["a heart that starves", ".gap.late rect", "error-ground", 0.3, 2],
            ["the bar of a way", "#twins .bar i", "accent", 0.9, 2],
        ]);
        expect_colours(stage, &widget, &format!("heart, {theme}"), &wanted).await?;
    }
    Ok(())
}

/// Lists what lies on something else in the picture, and what text its box cuts off.
const CLASHES: &str = "
    const box = (node) => node.getBoundingClientRect();
    const seen = (node) => node.checkVisibility({ visibilityProperty: true }) && node.textContent.trim() && box(node).width > 0;
    const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 5 || b.bottom <= a.top + 5;
    const told = [];
    for (const css of ['.tick text', '.label', '.why', '.span text']) {
        const texts = [...shadow.querySelectorAll(`[part=timeline] ${css}`)].filter(seen);
        for (const [k, one] of texts.entries()) for (const other of texts.slice(k + 1)) {
            if (!apart(box(one), box(other))) told.push(`${css}: “${one.textContent}” lies on “${other.textContent}”`);
        }
    }
    const frame = box(shadow.querySelector('[part=timeline] svg'));
    for (const text of shadow.querySelectorAll('[part=timeline] .tick text, [part=timeline] .label')) {
        if (seen(text) && (box(text).left < frame.left - 1 || box(text).right > frame.right + 1)) told.push(`“${text.textContent}” leaves the picture`);
    }
    const parts = [...document.querySelectorAll('h1, h2, header button, #clock label, #twins, #twins dt, #twins b, #twins .verdict, #figures dt, #figures dd, #parameters label'),
        ...shadow.querySelectorAll('.controls, .buttons, .track, .legend, .legend li, .choice button, [part=about], [part=position], [part~=button], .head')];
    for (const part of parts) {
        if (seen(part) && part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).display !== 'inline') told.push(`“${part.textContent.slice(0, 40)}” is cut off: ${part.scrollWidth} in ${part.clientWidth}`);
    }
    const neighbours = [...shadow.querySelectorAll('.controls button, .controls input, .controls select, .controls output, .legend button, .legend li')].filter((node) => box(node).width > 0);
    for (const [k, one] of neighbours.entries()) for (const other of neighbours.slice(k + 1)) {
        if (!apart(box(one), box(other))) told.push(`“${one.textContent || one.ariaLabel}” lies on “${other.textContent || other.ariaLabel}”`);
    }
    if (document.scrollingElement.scrollWidth > document.documentElement.clientWidth) told.push('the page is wider than the window');
    return [...new Set(told)]";

/// The scenarios that have the most on the page.
const FULL: [&str; 5] =
    ["producer-consumer", "context-lifecycle", "list-vs-generator", "connection-pool", "cancel-and-timeout"];

pub(crate) async fn nothing_lies_on_another_thing(stage: &Stage) -> Result<()> {
    for scenario in FULL {
        let hash = format!("#v1?scenario={scenario}&clock=virtual");
        let widget = themed(stage, &hash, "light").await?;
        for width in [1440, 1024, 768] {
            stage.browser.resize(width, 900).await?;
            widget.settle().await?;
            expect_order(&widget, &format!("{scenario}, {width}")).await?;
        }
        // Windows have a smallest width, frames do not.
        for width in [360, 320] {
            let frame = format!(
                r#"<!doctype html><html lang="en"><head><title>Narrow</title></head><body>
                <iframe title="Narrow" src="/{hash}" width="{width}" height="1900" style="border: 0"></iframe></body></html>"#
            );
            stage.browser.goto(&stage.home.page("sight.html", frame)).await?;
            stage.browser.enter_frame().await?;
            let widget = Widget::first(&stage.browser);
            widget.wait_state("done", SOON).await?;
            widget.wait("shadow.querySelector('[part=timeline] .tick')", SOON).await?;
            widget.settle().await?;
            expect_order(&widget, &format!("{scenario}, {width}")).await?;
            stage.browser.leave_frame().await?;
        }
    }
    Ok(())
}

async fn expect_order(widget: &Widget<'_>, what: &str) -> Result<()> {
    let told = widget.eval(CLASHES, &[]).await?;
    ensure!(told == json!([]), "{what}: {told:#}");
    Ok(())
}
