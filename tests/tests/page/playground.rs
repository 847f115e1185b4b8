//! The hosted page: one screen on which a reader tries things.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::stage::{SOON, Stage};

/// Where the smallest scenario runs live.
const COUNTER: &str = "#v1?scenario=async-counter";

pub(crate) async fn opens_running(stage: &Stage) -> Result<()> {
    let widget = stage.playground("").await?;
    widget.wait("['running', 'done'].includes(element?.state)", SOON).await?;
    widget.wait("shadow.querySelectorAll('[part=timeline] .lane').length >= 2", SOON).await?;
    let listed = "document.querySelector('nav a[aria-current=page]')?.textContent";
    let title = widget.wait(listed, SOON).await?;
    let heading = widget.get("document.querySelector('main h2').textContent").await?;
    ensure!(heading == title, "{heading} is shown, {title} is listed");

    widget
        .wait("shadow.querySelector('[part=code] [part=lines]')?.textContent.includes('queue')", SOON)
        .await?;
    let text = widget.text().await?;
    ensure!(text.contains("capacity") && text.contains("produce"), "no parameters: {text}");
    // What it shows is said in a sentence, and what it does is seen.
    let about = widget.get("document.querySelector('#about').textContent.length").await?;
    ensure!(about.as_u64() > Some(40), "the scenario does not explain itself");
    widget.wait("shadow.querySelector('[part=timeline] .band.queue')", SOON).await?;
    Ok(())
}

/// While a slider is dragged on the virtual clock there is always a picture, and nothing blinks.
pub(crate) async fn follows_a_drag(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.wait("shadow.querySelector('[part=timeline] .band')", SOON).await?;
    let drag = "const slider = document.querySelector('#parameters [name=capacity]').closest('.field').querySelector('[type=range]');
        const seen = { empty: 0, words: new Set(), heights: new Set() };
        for (let step = 0; step < 24; step += 1) {
            slider.value = 1 + (step % 6);
            slider.dispatchEvent(new Event('input'));
            await new Promise(requestAnimationFrame);
            if (!shadow.querySelector('[part=timeline] .label')) seen.empty += 1;
            seen.words.add(shadow.querySelector('[part~=play]').textContent);
            seen.heights.add(shadow.querySelector('.picture').clientHeight);
        }
        return { empty: seen.empty, words: [...seen.words], heights: seen.heights.size }";
    let seen = widget.eval(drag, &[]).await?;
    ensure!(seen["empty"] == 0 && seen["heights"] == 1, "the picture blinks: {seen}");
    widget.wait("element.state === 'done' && element.trace.params.capacity === 6", SOON).await?;
    Ok(())
}

pub(crate) async fn changes_the_world(stage: &Stage) -> Result<()> {
    let widget = stage.playground(COUNTER).await?;
    widget.wait("element?.state === 'running'", SOON).await?;
    stage.browser.click("#clock input[value=virtual]").await?;
    widget.wait("element.state === 'done' && element.trace.clock === 'virtual'", SOON).await?;
    // Each key is a change: on the way, the field is empty, and that is a mistake like any other.
    stage.browser.fill("#parameters input[name=limit]", "5").await?;
    widget.wait("element.state === 'done' && element.trace.result.values.length === 5", SOON).await?;
    stage.browser.fill("#parameters input[name=delay]", "0.1").await?;
    widget.wait("element.state === 'done' && element.trace.result.total_s === 0.5", SOON).await?;

    widget.settle().await?;
    let marks = widget.get("shadow.querySelectorAll('[part=timeline] .mark').length").await?;
    ensure!(marks == 5, "{marks} yields in the picture");
    let figures = widget.get("document.querySelector('#figures').innerText").await?;
    ensure!(
        figures.as_str().is_some_and(|text| text.contains("0.50 s")),
        "the figures do not follow: {figures}"
    );
    let text = widget.text().await?;
    ensure!(!text.contains("must be"), "a complaint is still shown: {text}");

    // The slider does the same as the field.
    let slide = "const slider = document.querySelector('#parameters input[type=range]');
        slider.value = 2; slider.dispatchEvent(new Event('input'))";
    widget.eval(slide, &[]).await?;
    widget.wait("element.state === 'done' && element.trace.result.values.length === 2", SOON).await?;
    Ok(())
}

pub(crate) async fn address_holds_the_state(stage: &Stage) -> Result<()> {
    let widget = stage.playground(COUNTER).await?;
    widget.wait("element?.state === 'running'", SOON).await?;
    stage.browser.click("#clock input[value=virtual]").await?;
    stage.browser.fill("#parameters input[name=limit]", "4").await?;
    let shown = "element?.state === 'done' && element.trace.result.values.length === 4";
    widget.wait(shown, SOON).await?;
    let address = widget.get("location.hash").await?;
    for part in ["scenario=async-counter", "limit=4", "clock=virtual"] {
        ensure!(address.as_str().is_some_and(|hash| hash.contains(part)), "no {part} in {address}");
    }

    stage.browser.reload().await?;
    widget.wait(shown, SOON).await?;
    let form = "({ clock: document.querySelector('#clock input:checked').value,
        limit: document.querySelector('#parameters input[name=limit]').value, address: location.hash })";
    let form = widget.get(form).await?;
    ensure!(
        form == json!({ "clock": "virtual", "limit": "4", "address": address }),
        "after a reload: {form}"
    );

    // A click on another link of the same page is followed too.
    widget.eval("location.hash = '#v1?scenario=async-counter&clock=virtual&limit=2'", &[]).await?;
    widget.wait("element.state === 'done' && element.trace.result.values.length === 2", SOON).await?;
    Ok(())
}

pub(crate) async fn broken_links(stage: &Stage) -> Result<()> {
    let links = [
        ("#v1?scenario=no-such-program", "no-such-program"),
        ("#v1?scenario=async-counter&limit=abc", "abc"),
        ("#v1?scenario=async-counter&limit=9999", "9999"),
        ("#v1?scenario=async-counter&colour=blue", "colour"),
        ("#v9?scenario=async-counter", "v9"),
        ("#garbage", "garbage"),
    ];
    for (hash, word) in links {
        let widget = stage.playground(hash).await?;
        let told = "const text = (node) => node && node.checkVisibility() ? node.textContent : '';
            return text(document.querySelector('#broken')) + text(shadow.querySelector('[role=alert]'))";
        widget.wait("shadow && document.querySelector('nav a')", SOON).await?;
        widget.wait(&format!("(() => {{ {told} }})()"), SOON).await?;
        let told = widget.eval(told, &[]).await?;
        ensure!(told.as_str().is_some_and(|text| text.contains(word)), "{hash}: the reader is told {told}");
        if word == "colour" {
            // All else that the link says is done.
            widget.wait("element.trace?.scenario === 'async-counter'", SOON).await?;
        }
        // The way out is there: the list of scenarios leads to one that works.
        stage.browser.click("nav a[data-scenario=async-counter]").await?;
        widget.wait("['running', 'done'].includes(element.state)", SOON).await?;
        let alert = "document.querySelector('#broken:not([hidden])') ?? shadow.querySelector('[role=alert]:not([hidden])')";
        let left = widget.get(&format!("({alert})?.textContent ?? null")).await?;
        ensure!(left.is_null(), "{hash}: still told after the way out: {left}");
    }
    Ok(())
}

/// A part of the page in the address is no program; a clock that was chosen stays so for the next one.
pub(crate) async fn the_readers_choice_stays(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual&limit=5").await?;
    widget.wait("element.state === 'done' && element.trace.result.values.length === 5", SOON).await?;
    stage.browser.eval("document.querySelector('.skip').click()", &[]).await?;
    stage.browser.next_frame().await?;
    let kept = widget.get("[element.getAttribute('scenario'), element.getAttribute('limit')]").await?;
    ensure!(kept == json!(["async-counter", "5"]), "the way past the menu led to {kept}");
    stage.browser.click("nav a[data-scenario=breakfast]").await?;
    widget.wait("element.state === 'done' && element.trace.scenario === 'breakfast'", SOON).await?;
    ensure!(widget.get("element.trace.clock").await? == "virtual", "the clock that was chosen is lost");
    Ok(())
}

pub(crate) async fn buttons(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.settle().await?;
    let press = async |name: &str| -> Result<f64> {
        // A shadow tree is not searched by WebDriver's selectors.
        let script = "const named = (node) => [node.textContent.trim(), node.getAttribute('aria-label')];
            const button = [...shadow.querySelectorAll('button')].find((node) => named(node).includes(arguments[0]));
            await new Promise(requestAnimationFrame);
            if (!button || button.disabled) return null;
            button.click(); return element.position";
        let position = widget.eval(script, &[json!(name)]).await?;
        position.as_f64().ok_or_else(|| anyhow::anyhow!("no button {name:?} to press"))
    };
    let end = widget.get("element.position").await?.as_f64().unwrap_or_default();
    ensure!(end == 1.5e9, "a finished run is shown up to {end}");
    let mut back = end;
    for _ in 0..20 {
        back = if back == end { press("Step back").await? } else { back };
    }
    ensure!(back == 1e9, "stepped back to {back}");
    widget.eval("element.seek(0)", &[]).await?;
    press("Play").await?;
    widget.wait("element.position > 0 && element.position < 1.5e9", SOON).await?;
    widget.wait("element.position === 1.5e9", SOON).await?;
    ensure!(widget.get("element.state").await? == "done", "playing changed the state");
    Ok(())
}
