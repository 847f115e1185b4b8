//! Wrong input: a sentence that the reader sees, an event that the author can use, and never a blank widget.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::time::sleep;

use crate::stage::{SOON, Stage};

pub(crate) async fn unknown_scenario(stage: &Stage) -> Result<()> {
    expect_sentence(stage, r#"scenario="no-such-program""#, &["no-such-program"]).await?;
    // That there is no such program is known when the engine is there; what the program needs was asked for with it.
    let asked = |(path, _): &(String, _)| path.ends_with("/pieces/no-such-program.wasm");
    while !stage.home.requests().iter().any(asked) {
        sleep(Duration::from_millis(20)).await;
    }
    stage.home.forget();
    Ok(())
}

pub(crate) async fn not_a_number(stage: &Stage) -> Result<()> {
    expect_sentence(stage, r#"scenario="async-counter" limit="abc""#, &["limit", "abc"]).await?;
    // Whom nobody asked to run has nobody who would hear of it but the reader.
    let widget = stage.widget(r#"scenario="async-counter" limit="abc" autoplay"#).await?;
    widget.wait_state("failed", SOON).await?;
    ensure!(widget.text().await?.contains("abc"), "nothing is said");
    Ok(())
}

pub(crate) async fn out_of_range(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    widget.run().await?;
    let limit =
        "customElements.get('loop-scope').scenarios.find(({ id }) => id === 'async-counter').parameters[0]";
    let limit = widget.get(limit).await?;
    ensure!(limit["name"] == "limit", "no parameter limit: {limit}");
    let (least, most) = (limit["min"].to_string(), limit["max"].to_string());
    let above = (limit["max"].as_f64().unwrap_or_default() + 1.0).to_string();
    for value in ["-1", &above] {
        let attributes = format!(r#"scenario="async-counter" limit="{value}""#);
        expect_sentence(stage, &attributes, &["limit", value, &least, &most]).await?;
    }
    Ok(())
}

pub(crate) async fn unknown_clock(stage: &Stage) -> Result<()> {
    expect_sentence(stage, r#"scenario="async-counter" clock="sundial""#, &["sundial", "wall", "virtual"])
        .await
}

pub(crate) async fn strange_attributes(stage: &Stage) -> Result<()> {
    expect_sentence(stage, r#"scenario="async-counter" speling="5""#, &["speling", "limit", "delay"]).await?;
    expect_sentence(stage, r#"scenario="async-counter" height="tall""#, &["height", "tall"]).await?;
    // What is any element's, or a framework's, is nobody's mistake.
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual" class="x" id="y" data-a="1" aria-label="Count" style="color: red" onclick="1" v-b="2" height="30rem""#).await?;
    widget.run().await?;
    // Who names nothing that is to be seen, wants what is usual.
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual" view="""#).await?;
    widget.run().await?;
    ensure!(
        widget.get("shadow.querySelector('[part=timeline] svg')?.checkVisibility()").await? == true,
        "blank"
    );
    Ok(())
}

/// The program's text is a file of its own: where it is missing the reader is told so, and the run is none the worse.
pub(crate) async fn program_text_is_missing(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    let run = "window.fetch = async () => new Response('', { status: 404 });
        element.setAttribute('view', 'timeline code'); return (await element.run()).result.values";
    let values = widget.eval(run, &[]).await?;
    ensure!(values == json!([1, 2, 3]), "without its text the program gave {values}");
    widget.wait("shadow.querySelector('[part=code] .note')?.textContent.includes('404')", SOON).await?;
    let shown = widget.text().await?;
    ensure!(shown.contains("async_counter.rs"), "it is not said what is missing: {shown}");
    Ok(())
}

/// Checks that an element with these attributes says a sentence with all these words, and works again when mended.
async fn expect_sentence(stage: &Stage, attributes: &str, words: &[&str]) -> Result<()> {
    let widget = stage.widget(attributes).await?;
    // Whether the promise of a run that cannot begin is kept or broken is the author's to handle, not the point here.
    widget
        .eval("await customElements.whenDefined('loop-scope'); await element.run().catch(() => {})", &[])
        .await?;
    widget.wait_state("failed", SOON).await?;
    ensure!(
        widget.attribute("state").await? == "failed",
        "the attribute says {}",
        widget.attribute("state").await?
    );

    let shown = widget.text().await?;
    let errors = widget.heard("error").await?;
    ensure!(!errors.is_empty(), "no error event; shown: {shown}");
    let message = errors[0]["detail"]["message"].as_str().unwrap_or_default().to_owned();
    for word in words {
        ensure!(shown.contains(word), "the reader is not told of {word}: {shown}");
        ensure!(message.contains(word), "the event does not tell of {word}: {:?}", errors[0]);
    }
    let size =
        widget.get("(({ width, height }) => ({ width, height }))(element.getBoundingClientRect())").await?;
    ensure!(size["width"].as_f64() > Some(100.0) && size["height"].as_f64() > Some(20.0), "blank: {size}");

    let mend = "element.setAttribute('scenario', 'async-counter'); element.setAttribute('clock', 'virtual');
        for (const name of ['limit', 'speling', 'height']) element.removeAttribute(name); return (await element.run()).result.values";
    let values = widget.eval(mend, &[]).await?;
    ensure!(values == json!([1, 2, 3]), "after the mistake was mended: {values}");
    widget.wait_state("done", SOON).await?;
    let shown = widget.text().await?;
    ensure!(!shown.contains(&message), "the old complaint is still shown: {shown}");
    Ok(())
}
