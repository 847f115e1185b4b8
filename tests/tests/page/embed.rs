//! The iframe form: an address in, a widget that fills the frame out.

use anyhow::{Result, ensure};
use loopscope_tests::widget::Widget;
use serde_json::json;

use crate::stage::{SOON, Stage};

pub(crate) async fn in_a_frame(stage: &Stage) -> Result<()> {
    let address = "/embed.html?scenario=async-counter&amp;limit=2&amp;clock=virtual&amp;autoplay";
    // The page is of one origin and the frame of another, as on a site that embeds.
    let frame = format!(
        r#"<!doctype html><html lang="en"><head><title>Around a frame</title>
        <script>addEventListener("message", ({{ data, origin }}) => {{ globalThis.told = {{ ...data, origin, first: globalThis.told?.first ?? data.height }} }})</script></head>
        <body><iframe title="loopscope" src="{}" width="700" height="200"></iframe></body></html>"#,
        stage.abroad.address(address)
    );
    stage.browser.goto(&stage.home.page("frame.html", frame)).await?;
    stage.browser.enter_frame().await?;
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    let values = widget.get("element.trace.result.values").await?;
    ensure!(values == json!([1, 2]), "values: {values}");
    stage.browser.next_frame().await?;
    let rectangle = "(({ width, height }) => ({ width, height }))(element.getBoundingClientRect())";
    let size = widget.get(rectangle).await?;
    // A scroll bar takes some of the width where the engine has one.
    ensure!(size["width"].as_f64() > Some(650.0), "not as wide as its frame: {size}");
    let height = size["height"].as_f64().unwrap_or_default().ceil();

    stage.browser.leave_frame().await?;
    let told = stage.browser.wait(&format!("told?.height === {height} && told"), SOON).await?;
    ensure!(told["type"] == "loopscope:height" && told["first"].as_f64() > Some(0.0), "told: {told}");
    Ok(())
}

pub(crate) async fn bad_addresses(stage: &Stage) -> Result<()> {
    let address = "/embed.html?scenario=async-counter&clock=virtual";
    for (rest, state, words) in [
        ("&limit=abc", "failed", vec!["limit", "abc"]),
        ("&axis=sideways", "failed", vec!["axis", "sideways", "ticks"]),
        ("&autoplay&onfocus=no", "done", vec!["onfocus", "async-counter has not", "limit"]),
    ] {
        stage.browser.goto(&stage.home.address(&format!("{address}{rest}"))).await?;
        let widget = Widget::first(&stage.browser);
        widget.wait_state(state, SOON).await?;
        ensure!(!widget.get("element.hasAttribute('onfocus')").await?.as_bool().unwrap_or(true), "{rest}");
        let shown = widget.text().await? + &text_around(stage).await?;
        for word in words {
            ensure!(shown.contains(word), "{rest}: the reader is not told of {word}: {shown}");
        }
    }
    Ok(())
}

/// Returns what the page says beside the widget.
async fn text_around(stage: &Stage) -> Result<String> {
    Ok(stage
        .browser
        .eval("return document.body.innerText", &[])
        .await?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}
