//! Pause, resume and stop a run; step and seek in what it recorded.

use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::time::sleep;

use crate::stage::{SOON, Stage};

pub(crate) async fn pause_and_resume(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" limit="3" delay="0.3""#).await?;
    widget.start().await?;
    widget.wait("element.heard.some((event) => event.type === 'output')", SOON).await?;
    widget.eval("element.pause()", &[]).await?;
    widget.wait_state("paused", SOON).await?;
    let before = widget.heard("output").await?.len();
    sleep(Duration::from_millis(900)).await;
    let after = widget.heard("output").await?.len();
    ensure!(before == after, "{} lines came during the pause", after - before);
    ensure!(widget.attribute("state").await? == "paused", "the pause ended by itself");

    widget.eval("element.resume()", &[]).await?;
    widget.wait_state("running", SOON).await?;
    widget.wait_state("done", SOON).await?;
    let result = widget.get("element.trace.result").await?;
    ensure!(result["values"] == json!([1, 2, 3]), "result: {result}");
    // The pause is not the program's time.
    let total = result["total_s"].as_f64().unwrap_or_default();
    ensure!((0.899..1.7).contains(&total), "{total} s measured of 0.9 s, beside a pause of 0.9 s");
    Ok(())
}

pub(crate) async fn stop_and_run_again(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" limit="10" delay="0.4""#).await?;
    widget.start().await?;
    widget.wait("element.heard.some((event) => event.type === 'output')", SOON).await?;
    widget.eval("element.stop()", &[]).await?;
    widget.wait_state("stopped", SOON).await?;
    let before = widget.heard("output").await?.len();
    sleep(Duration::from_millis(900)).await;
    let after = widget.heard("output").await?.len();
    ensure!(before == after && after < 10, "the program went on: {before} lines at the stop, then {after}");

    widget.set_attribute("limit", "2").await?;
    widget.set_attribute("delay", "0.1").await?;
    let trace = widget.run().await?;
    ensure!(trace["result"]["values"] == json!([1, 2]), "after a stop: {}", trace["result"]);
    widget.wait_state("done", SOON).await
}

pub(crate) async fn seek_and_step(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    let trace = widget.run().await?;
    let times: Vec<f64> =
        trace["events"].as_array().into_iter().flatten().filter_map(|event| event["t"].as_f64()).collect();
    let count = times.len();
    ensure!(count > 10, "only {count} events");

    let position = async |action: &str| -> Result<f64> {
        let position = widget.eval(&format!("{action}; return element.position"), &[]).await?;
        Ok(position.as_f64().unwrap_or(f64::NAN))
    };
    let expect = |what: &str, got: f64, want: f64| -> Result<()> {
        ensure!(got == want, "{what}: position {got}, not {want}");
        Ok(())
    };
    expect("seek to the middle", position("element.seek(0.75e9)").await?, 0.75e9)?;
    expect("seek beyond the end", position("element.seek(1e15)").await?, 1.5e9)?;
    expect("one step back", position("element.step(-1)").await?, times[count - 2])?;
    expect("and forwards", position("element.step(1)").await?, times[count - 1])?;
    expect("all the way back", position(&format!("element.step(-{count})")).await?, 0.0)?;
    for (i, time) in times.iter().enumerate() {
        expect(&format!("step {i}"), position("element.step(1)").await?, *time)?;
    }
    expect("a step at the end", position("element.step(1)").await?, times[count - 1])?;

    // What is on screen follows: the last value is not there yet in the middle of the run.
    let shown = async |ns: f64| -> Result<String> {
        widget.eval("element.seek(arguments[0])", &[json!(ns)]).await?;
        widget.text().await
    };
    let (early, late): (String, String) = (shown(0.6e9).await?, shown(1.5e9).await?);
    ensure!(early != late, "the same is shown at 0.6 s and at 1.5 s: {early}");
    ensure!(widget.get("element.state").await? == "done", "seeking changed the state");
    Ok(())
}

/// A slider that is dragged asks for runs faster than they end; each is given up for the next.
pub(crate) async fn changes_in_quick_succession(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    widget.run().await?;
    for _ in 0..3 {
        let drag = "for (let limit = 1000; limit > 990; limit -= 1) {
            element.setAttribute('limit', limit);
            await new Promise((soon) => setTimeout(soon, 8));
        }
        return (await element.run()).result?.values?.length ?? element.shadowRoot.textContent";
        let values = widget.eval(drag, &[]).await?;
        ensure!(values == 991, "the last run of ten: {values}");
        widget.wait_state("done", SOON).await?;
    }
    Ok(())
}
