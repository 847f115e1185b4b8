//! Twin runs: the same work in two ways or three, on one cursor.

use anyhow::{Result, ensure};
use loopscope_tests::widget::Widget;
use serde_json::{Value, json};

use crate::stage::{SOON, Stage};

/// What is said of the ways: names, large figures, how much of the widest bar is filled, what stands beside, the verdict.
const SHOWN: &str = "await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const all = (css) => [...document.querySelectorAll(`#twins ${css}`)];
    const width = (node) => node.getBoundingClientRect().width;
    return { names: all('dt').map((node) => node.firstChild.data), figures: all('b').map((node) => node.textContent),
        bars: all('i').map((node) => Math.round((width(node) / width(node.parentElement)) * 100)),
        rest: all('dd > small').map((node) => node.textContent), verdict: all('.verdict').map((node) => node.textContent).join() }";

/// Opens a twin run in no time, and returns what is said of it once it is over.
async fn over<'a>(stage: &'a Stage, scenario: &str) -> Result<(Widget<'a>, Value)> {
    let widget = stage.playground(&format!("#v1?scenario={scenario}&clock=virtual")).await?;
    widget.wait_state("done", SOON).await?;
    widget.wait("document.querySelector('#twins .verdict')?.textContent", SOON).await?;
    // It is large: no smaller than the heading of the page.
    let sizes = "[...document.querySelectorAll('#twins b')].every((node) => parseFloat(getComputedStyle(node).fontSize) >= 24)";
    ensure!(widget.get(sizes).await? == true, "the figures are small");
    let shown = widget.eval(SHOWN, &[]).await?;
    Ok((widget, shown))
}

/// Moves the cursor, and returns what is said there.
async fn at(widget: &Widget<'_>, seconds: f64) -> Result<Value> {
    widget.eval("element.seek(arguments[0])", &[json!(seconds * 1e9)]).await?;
    widget.eval(SHOWN, &[]).await
}

fn expect(shown: &Value, what: &str, wanted: &Value) -> Result<()> {
    ensure!(shown[what] == *wanted, "{what} are not {wanted}: {shown}");
    Ok(())
}

pub(crate) async fn list_and_generators(stage: &Stage) -> Result<()> {
    let (widget, shown) = over(stage, "list-vs-generator").await?;
    expect(&shown, "names", &json!(["list", "generator", "async generator"]))?;
    ensure!(shown["figures"][0] == "8.0 MB", "a million squares of eight bytes: {shown}");
    let small = |k: usize| shown["figures"][k].as_str().is_some_and(|figure| figure.ends_with(" B"));
    ensure!(small(1) && small(2), "a generator has no more than the one it is at: {shown}");
    ensure!(shown["bars"][0] == 100 && shown["bars"][1].as_u64() < Some(2), "the bars: {shown}");
    ensure!(shown["verdict"].as_str().is_some_and(|said| said.contains("times the memory")), "{shown}");
    // Before anything has happened nothing is taken, and the verdict is not told in advance.
    widget.eval("element.step(-1e9)", &[]).await?;
    let shown = widget.eval(SHOWN, &[]).await?;
    expect(&shown, "figures", &json!(["0 B", "0 B", "0 B"]))?;
    expect(&shown, "verdict", &json!(""))
}

pub(crate) async fn coffee_and_toast(stage: &Stage) -> Result<()> {
    let (widget, shown) = over(stage, "breakfast").await?;
    expect(&shown, "figures", &json!(["5.00 s", "3.00 s"]))?;
    expect(&shown, "bars", &json!([100, 60]))?;
    expect(&shown, "verdict", &json!("Together it is done 1.7 times as fast."))?;
    // One cursor moves both: in the middle of it the first way is not over and the second not begun.
    let shown = at(&widget, 2.5).await?;
    expect(&shown, "figures", &json!(["2.50 s", "0.00 s"]))?;
    expect(&shown, "bars", &json!([50, 0]))?;
    expect(&shown, "verdict", &json!(""))?;
    expect(&at(&widget, 6.5).await?, "figures", &json!(["5.00 s", "1.50 s"]))
}

pub(crate) async fn in_a_row_or_at_once(stage: &Stage) -> Result<()> {
    let (widget, shown) = over(stage, "sequential-vs-concurrent").await?;
    expect(&shown, "figures", &json!(["2.00 s", "0.10 s"]))?;
    expect(&shown, "bars", &json!([100, 5]))?;
    expect(&shown, "verdict", &json!("Together it is done 20 times as fast."))?;
    expect(&at(&widget, 1.0).await?, "figures", &json!(["1.00 s", "0.00 s"]))
}

pub(crate) async fn blocking_or_not(stage: &Stage) -> Result<()> {
    let (widget, shown) = over(stage, "blocking-the-loop").await?;
    expect(&shown, "figures", &json!(["1.00 s", "0.10 s", "0.10 s"]))?;
    expect(&shown, "rest", &json!(["1.10 s in all", "1.10 s in all", "1.10 s in all"]))?;
    expect(&shown, "bars", &json!([100, 10, 10]))?;
    expect(&at(&widget, 0.5).await?, "figures", &json!(["0.50 s", "0.00 s", "0.00 s"]))
}

pub(crate) async fn a_context_and_a_heart(stage: &Stage) -> Result<()> {
    let (widget, shown) = over(stage, "context-lifecycle").await?;
    expect(&shown, "names", &json!(["sync", "async"]))?;
    expect(&shown, "figures", &json!(["2.00 s", "0.10 s"]))?;
    expect(&shown, "rest", &json!(["2.00 s in all, 0 heartbeats", "2.00 s in all, 20 heartbeats"]))?;
    let shown = at(&widget, 2.55).await?;
    expect(&shown, "rest", &json!(["2.00 s in all, 0 heartbeats", "0.55 s in all, 6 heartbeats"]))
}

/// A live run shows its figures as it goes, before the program says them at its end.
pub(crate) async fn live(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=breakfast&coffee=1.5&toast=0.5").await?;
    widget.wait("element?.state === 'running' && element.trace", SOON).await?;
    let early = "element.state === 'running' && parseFloat(document.querySelector('#twins b').textContent) > 0.1 && element.trace.result === null";
    widget.wait(early, SOON).await?;
    widget.wait("document.querySelector('#twins .verdict').textContent", SOON).await?;
    // What is no twin run has no place for it.
    widget.eval("location.hash = '#v1?scenario=async-counter&clock=virtual'", &[]).await?;
    widget.wait("document.querySelector('#twins').hidden", SOON).await?;
    Ok(())
}
