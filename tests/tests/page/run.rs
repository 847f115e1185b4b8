//! A run: what it gives, when, and which states it passes through.

use std::rc::Rc;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use loopscope::VirtualLoop;
use loopscope::scenario::Params;
use loopscope::trace::{Kind, Recorder};
use loopscope_tests::engine::Engine;
use serde_json::{Value, json};

use crate::stage::{SOON, Stage};

/// Nanoseconds of a second, as the trace counts them.
const SECOND: f64 = 1e9;

pub(crate) async fn virtual_clock(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    let trace = widget.run().await?;
    ensure!(widget.attribute("state").await? == "done", "the state is {}", widget.attribute("state").await?);
    expect_counter(&trace, 3, 0.5)?;
    ensure!(widget.get("element.trace").await? == trace, "the property `trace` is not what run() promised");
    let shown = widget.text().await?;
    for value in ["1", "2", "3"] {
        ensure!(shown.contains(value), "the output {value} is not shown: {shown}");
    }
    Ok(())
}

pub(crate) async fn other_parameters(stage: &Stage) -> Result<()> {
    let attributes = r#"scenario="async-counter" clock="virtual" limit="5" delay="0.25""#;
    let widget = stage.widget(attributes).await?;
    expect_counter(&widget.run().await?, 5, 0.25)?;
    // And others on the same element: attributes may change at any time.
    widget.set_attribute("limit", "2").await?;
    widget.set_attribute("delay", "1").await?;
    expect_counter(&widget.run().await?, 2, 1.0)
}

/// Checks the whole of a virtual run of `async-counter`: there, times are exact.
fn expect_counter(trace: &Value, limit: u32, delay: f64) -> Result<()> {
    let values: Vec<u32> = (1..=limit).collect();
    let total = f64::from(limit) * delay;
    ensure!(trace["version"] == 1 && trace["scenario"] == "async-counter", "not a trace of this: {trace}");
    ensure!(trace["result"]["values"] == json!(values), "result: {}", trace["result"]);
    ensure!(trace["result"]["total_s"].as_f64() == Some(total), "result: {}, not {total} s", trace["result"]);
    let due: Vec<f64> = values.iter().map(|&n| f64::from(n) * delay * SECOND).collect();
    let lines = trace["output"].as_array().cloned().unwrap_or_default();
    for (i, due) in due.iter().enumerate() {
        let said = lines.iter().any(|line| {
            let text = line["text"].as_str().unwrap_or_default();
            line["t"].as_f64() == Some(*due) && text.contains(&(i + 1).to_string())
        });
        ensure!(said, "no line with {} at {due} ns in {lines:?}", i + 1);
    }
    ensure!(trace["dropped"] == 0, "{} events dropped", trace["dropped"]);
    Ok(())
}

pub(crate) async fn wall_clock(stage: &Stage) -> Result<()> {
    // Many short waits: that each of them ends at the very millisecond happens to a few, not to twenty.
    let (limit, delay) = (20, 0.05);
    let attributes = format!(r#"scenario="async-counter" limit="{limit}" delay="{delay}""#);
    let widget = stage.widget(&attributes).await?;
    let trace = widget.run().await?;

    ensure!(trace["clock"] == "wall", "wall is not the default clock: {}", trace["clock"]);
    let values: Vec<u32> = (1..=limit).collect();
    ensure!(trace["result"]["values"] == json!(values), "result: {}", trace["result"]);
    let total = trace["result"]["total_s"].as_f64().unwrap_or_default();
    let least = f64::from(limit) * delay;
    // A busy machine may be late by much, a timer is never early. Clocks step by up to a millisecond.
    ensure!(total >= least - 0.001 && total < least + 3.0, "{total} s measured, at least {least} s passed");
    ensure!(total != least, "exactly {total} s: that is computed, not measured");

    let lines = widget.heard("output").await?;
    ensure!(lines.len() >= values.len(), "{} output events: {lines:?}", lines.len());
    ensure!(lines.iter().all(|line| line["state"] == "running"), "output after the end: {lines:?}");
    let at = |line: Option<&Value>| line.and_then(|line| line["at"].as_f64()).unwrap_or_default();
    let spread = at(lines.last()) - at(lines.first());
    // All delays but one lie between the first and the last line, in milliseconds.
    ensure!(
        spread > f64::from(limit - 1) * delay * 1e3 * 0.6,
        "all output within {spread} ms: it did not come as it happened"
    );
    Ok(())
}

pub(crate) async fn hidden_page(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" limit="16" delay="0.25""#).await?;
    let listen = "document.addEventListener('visibilitychange', () => {
        element.dataset.seen = `${element.dataset.seen ?? ''} ${document.visibilityState}`;
    })";
    widget.eval(listen, &[]).await?;
    widget.start().await?;
    widget.wait_state("running", SOON).await?;
    // Longer than the run: browsers let the timers of a page that nobody sees come once a second.
    stage.browser.look_away(Duration::from_secs(6)).await?;
    let seen = widget.attribute("data-seen").await?;
    // WebKit's browser for tests takes every tab for seen.
    let expected = if stage.engine() == Engine::Webkit { "" } else { " hidden visible" };
    ensure!(seen == expected, "the page was not hidden: {seen:?}");
    let state = widget.attribute("state").await?;
    ensure!(state == "done", "the state is {state} after six seconds, of a run that takes four");
    let total = widget.get("element.trace.result.total_s").await?.as_f64().unwrap_or_default();
    ensure!((3.999..6.0).contains(&total), "{total} s measured of 4 s");
    Ok(())
}

pub(crate) async fn states(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" limit="2" delay="0.2""#).await?;
    let trace = widget.run().await?;
    ensure!(trace["result"]["values"] == json!([1, 2]), "result: {}", trace["result"]);
    widget.wait_state("done", SOON).await?;

    let states = widget.states().await?;
    let mut rest = states.iter();
    for state in ["idle", "loading", "running", "done"] {
        ensure!(rest.any(|seen| seen == state), "no {state} in its place in {states:?}");
    }
    let changes = widget.heard("statechange").await?;
    for change in &changes {
        ensure!(change["state"] == change["reflected"], "property and attribute differ: {change}");
    }
    for state in ["loading", "running", "done"] {
        ensure!(
            changes.iter().any(|change| change["state"] == state),
            "no statechange to {state}: {changes:?}"
        );
    }
    ensure!(widget.heard("end").await?.len() == 1, "not one end event: {:?}", widget.heard("end").await?);
    ensure!(widget.heard("error").await?.is_empty(), "an error event: {:?}", widget.heard("error").await?);
    Ok(())
}

pub(crate) async fn same_hash_as_natively(stage: &Stage) -> Result<()> {
    let mut seen = Vec::new();
    for (limit, delay) in [("3", "0.5"), ("7", "0.05"), ("1000", "60")] {
        let attributes =
            format!(r#"scenario="async-counter" clock="virtual" limit="{limit}" delay="{delay}""#);
        let widget = stage.widget(&attributes).await?;
        let trace = widget.run().await?;
        let (hash, events) = natively("async-counter", &[("limit", limit), ("delay", delay)])?;
        let here = &trace["hash"];
        ensure!(*here == hash, "limit {limit}: the hash is {here} here and {hash} natively");
        // What memory there is is measured: it differs between targets.
        let events_here = trace["events"].as_array().into_iter().flatten();
        let count = events_here.filter(|event| event["kind"] != "memory").count();
        ensure!(count == events, "limit {limit}: {count} events here and {events} natively");
        let again = &widget.run().await?["hash"];
        ensure!(*again == hash, "limit {limit}: the second run has the hash {again}, not {hash}");
        ensure!(!seen.contains(&hash), "the hash does not depend on the schedule: {hash}");
        seen.push(hash);
    }
    Ok(())
}

/// Who is near begins before the browser's next frame; what took no time stands in the picture when it is told.
pub(crate) async fn at_once(stage: &Stage) -> Result<()> {
    let widget = stage.widget("hidden").await?;
    let put = "await customElements.whenDefined('loop-scope');
        const added = document.createElement('loop-scope');
        for (const [name, value] of [['scenario', 'async-counter'], ['clock', 'virtual'], ['autoplay', '']]) added.setAttribute(name, value);
        const drawn = () => added.shadowRoot.querySelectorAll('[part=timeline] .mark').length;
        const ended = new Promise((end) => added.addEventListener('end', () => end(drawn())));
        document.body.append(added);
        await null;
        return { state: added.state, drawn: await ended };";
    let found = widget.eval(put, &[]).await?;
    ensure!(found == json!({ "state": "loading", "drawn": 3 }), "it was not at once: {found}");
    Ok(())
}

/// Runs a scenario on this machine; returns its trace's hash and how many events it has, those of memory left out.
fn natively(scenario: &str, params: &[(&str, &str)]) -> Result<(String, usize)> {
    let scenario = loopscope::scenarios::find(scenario).map_err(|error| anyhow!("{error}"))?;
    let params =
        Params::new(scenario.manifest(), params.iter().copied()).map_err(|error| anyhow!("{error}"))?;
    let recorder = Rc::new(Recorder::default());
    let program = scenario.program(&params);
    VirtualLoop::with_recorder(recorder.clone()).run(program).map_err(|error| anyhow!("{error}"))?;
    let events = recorder.take().events;
    Ok((recorder.hash(), events.iter().filter(|event| event.kind != Kind::Memory).count()))
}
