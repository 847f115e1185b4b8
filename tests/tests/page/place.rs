//! Where the site lies: under a path prefix, and on another origin than the page that uses it.

use anyhow::{Result, ensure};
use loopscope_tests::site::PREFIX;
use loopscope_tests::widget::{Widget, host};
use serde_json::json;

use crate::stage::Stage;

const ELEMENT: &str = r#"<loop-scope scenario="async-counter" clock="virtual"></loop-scope>"#;

pub(crate) async fn under_a_prefix(stage: &Stage) -> Result<()> {
    expect_run(stage, &format!("{PREFIX}/loopscope.js")).await?;
    let paths = stage.home.requests();
    let strays: Vec<_> =
        paths.iter().filter(|(path, _)| !path.starts_with(PREFIX) && !path.starts_with("/made/")).collect();
    ensure!(strays.is_empty(), "asked for outside of the prefix: {strays:?}");
    Ok(())
}

pub(crate) async fn from_another_origin(stage: &Stage) -> Result<()> {
    expect_run(stage, &stage.abroad.address("/loopscope.js")).await?;
    let (home, abroad) = (stage.home.requests(), stage.abroad.requests());
    ensure!(
        home.iter().all(|(path, _)| path.starts_with("/made/")),
        "asked of the page's own origin: {home:?}"
    );
    ensure!(
        abroad.iter().any(|(path, _)| path.ends_with(".wasm")),
        "no wasm of the other origin: {abroad:?}"
    );
    Ok(())
}

async fn expect_run(stage: &Stage, module: &str) -> Result<()> {
    stage.browser.goto(&stage.home.page("tutorial.html", host(module, ELEMENT))).await?;
    let widget = Widget::first(&stage.browser);
    let trace = widget.run().await?;
    ensure!(trace["result"]["values"] == json!([1, 2, 3]), "result: {}", trace["result"]);
    let shown = widget.text().await?;
    ensure!(!shown.contains("thread"), "no worker could be had: {shown}");
    Ok(())
}
