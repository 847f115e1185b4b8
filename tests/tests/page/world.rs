//! What may befall a page that is read: workers, storage, clocks and screens are not always as they should be.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use loopscope_tests::engine::Engine;
use loopscope_tests::widget::{Widget, host};
use serde_json::{Value, json};

use crate::hosts::page;
use crate::stage::{SOON, Stage};

/// Opens a page with one widget, in which this script runs before all others.
async fn open<'a>(stage: &'a Stage, attributes: &str, script: &str) -> Result<Widget<'a>> {
    let body = format!("<script>{script}</script><loop-scope {attributes}></loop-scope>");
    stage.browser.goto(&stage.home.page("world.html", host("/loopscope.js", &body))).await?;
    let widget = Widget::first(&stage.browser);
    widget.wait("customElements.get('loop-scope')", SOON).await?;
    Ok(widget)
}

/// Keeps the page's workers where the spec can end them, behind the engine's back.
const WORKERS: &str = "globalThis.workers = [];
    globalThis.Worker = class extends Worker {
        constructor(...given) { super(...given); workers.push(this); }
    };";

/// One worker is gone in the middle of a run, the next one while nothing runs.
const KILL: &str = "const state = async (wanted) => { while (element.state !== wanted) await new Promise((soon) => setTimeout(soon, 1)); };
    const run = element.run();
    while (!element.heard.some(({ type }) => type === 'output')) await new Promise((soon) => setTimeout(soon, 5));
    workers.at(-1).terminate();
    const from = performance.now();
    element.stop();
    await state('stopped');
    const stop = performance.now() - from;
    const kept = (await run).events.length;
    element.setAttribute('clock', 'virtual');
    const again = (await element.run()).result.values.length;
    workers.at(-1).terminate();
    const last = (await element.run()).result.values.length;
    return { stop, kept, again, last, workers: workers.length }";

pub(crate) async fn worker_is_killed(stage: &Stage) -> Result<()> {
    let widget = open(stage, r#"scenario="async-counter" limit="100" delay="0.05""#, WORKERS).await?;
    let found = widget.eval(KILL, &[]).await?;
    println!("worker killed: {found}");
    // How soon a stop works is measured with those that never give way.
    ensure!(found["stop"].as_f64() < Some(1000.0) && found["kept"].as_u64() > Some(0), "the stop: {found}");
    ensure!(found["again"] == 100 && found["last"] == 100 && found["workers"] == 3, "afterwards: {found}");
    Ok(())
}

/// In a frame that may not keep anything, as of a site that shows what it does not trust.
pub(crate) async fn storage_is_denied(stage: &Stage) -> Result<()> {
    let page = match stage.engine() {
        Engine::Chromium | Engine::Firefox => stage.home.address("/"),
        // In such a frame its `'self'` is nobody, and our policy lets nothing in: the page without it stands there.
        Engine::Webkit => {
            let page = fs::read_to_string(stage.dist().join("index.html"))?;
            let policy =
                page.lines().find(|line| line.contains("Content-Security-Policy")).context("no policy")?;
            stage.home.page("bare.html", page.replace(policy, "").replace(r#""./"#, r#""../"#))
        }
    };
    let frame = format!(
        r#"<!doctype html><html lang="en"><head><title>Around a frame</title></head><body>
        <iframe title="loopscope" sandbox="allow-scripts" width="1200" height="800"
            src="{page}#v1?scenario=async-counter&amp;clock=virtual"></iframe></body></html>"#
    );
    stage.browser.goto(&stage.home.page("sandbox.html", frame)).await?;
    stage.browser.enter_frame().await?;
    let denied = "try { return typeof localStorage } catch (error) { return error.name }";
    ensure!(stage.browser.eval(denied, &[]).await? == "SecurityError", "the frame has a storage");
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    stage.browser.eval("document.querySelector('#theme').click()", &[]).await?;
    let theme = stage.browser.eval("return document.documentElement.dataset.theme", &[]).await?;
    ensure!(theme == "light", "the theme is {theme}");
    let complaints = stage.browser.complaints().await?;
    ensure!(complaints.is_empty(), "it complained: {complaints:?}");
    stage.browser.leave_frame().await
}

/// What browsers do to a page that nobody has seen for minutes: no frames, and its timers come once a minute.
const HIDE: &str = "const frame = requestAnimationFrame, timer = setTimeout;
    globalThis.hide = (hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        globalThis.requestAnimationFrame = hidden ? () => 0 : frame;
        globalThis.setTimeout = hidden ? (act, after, ...more) => timer(act, Math.max(after ?? 0, 60000), ...more) : timer;
        document.dispatchEvent(new Event('visibilitychange'));
    };
    globalThis.later = (millis) => new Promise((resolve) => timer(resolve, millis));";

const HIDDEN: &str = "const live = element.run();
    while (element.state !== 'running') await later(5);
    hide(true);
    const values = (await live).result.values.length;
    for (const [name, value] of Object.entries({ scenario: 'csv-rows', clock: 'virtual', rows: 100000, give_way: 1 })) element.setAttribute(name, value);
    for (const name of ['limit', 'delay']) element.removeAttribute(name);
    const large = await element.run();
    const state = element.state;
    hide(false);
    element.seek(0);
    await new Promise(requestAnimationFrame);
    return { values, rows: large.result.rows, dropped: large.dropped, state }";

pub(crate) async fn hidden_for_minutes(stage: &Stage) -> Result<()> {
    let widget = open(stage, r#"scenario="async-counter" limit="20" delay="0.05""#, HIDE).await?;
    let found = widget.eval(HIDDEN, &[]).await?;
    let expected = json!({ "values": 20, "rows": 99_800, "dropped": 0, "state": "done" });
    ensure!(found == expected, "{found}");
    widget.wait("shadow.querySelector('[part=timeline] .label')", SOON).await?;
    Ok(())
}

/// The clocks of a page that has no worker, so that the program's clock is this one, go on by an hour and back by two.
const STEP: &str = "const dates = Date.now, now = performance.now.bind(performance);
    globalThis.step = 0;
    performance.now = () => now() + step;
    Date.now = () => dates() + step;
    delete globalThis.Worker;";

const STEPPED: &str = "const lines = () => element.heard.filter(({ type }) => type === 'output').length;
    const seen = async (count) => { while (lines() < count) await new Promise((soon) => setTimeout(soon, 5)); };
    const run = element.run();
    await seen(3);
    window.step = 3600e3;
    await seen(6);
    window.step = -3600e3;
    const { events, result } = await run;
    await new Promise(requestAnimationFrame);
    return { values: result.values.length, backwards: events.filter(({ t }, k) => k > 0 && t < events[k - 1].t).length,
        total: result.total_s, state: element.state }";

pub(crate) async fn clock_is_stepped(stage: &Stage) -> Result<()> {
    let widget = open(stage, r#"scenario="async-counter" limit="10" delay="0.05""#, STEP).await?;
    let found = widget.eval(STEPPED, &[]).await?;
    ensure!(found["values"] == 10 && found["state"] == "done", "it does not end well: {found}");
    ensure!(found["backwards"] == 0, "the run's clock went back: {found}");
    // The hour that the clock went on is measured as any other; what it went back is not.
    let total = found["total"].as_f64().context("no time")?;
    ensure!((3600.0..3620.0).contains(&total), "{total} s measured of an hour and half a second");
    Ok(())
}

/// How much of the canvas is painted, and how many pixels it has.
const PAINTED: &str = "const canvas = shadow.querySelector('canvas.paint');
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at] > 0) painted += 1;
    return { share: painted / (data.length / 4), width: canvas.width, height: canvas.height }";

/// A run so large that it is painted.
async fn painted<'a>(stage: &'a Stage, script: &str) -> Result<Widget<'a>> {
    let attributes = r#"scenario="csv-rows" clock="virtual" rows="3000" give_way="1" height="400""#;
    // In a narrow window there is less to draw, and SVG does it.
    stage.browser.resize(1440, 900).await?;
    let widget = open(stage, attributes, script).await?;
    widget.run().await?;
    widget.wait("shadow.querySelector('canvas.paint:not([hidden])')", SOON).await?;
    Ok(widget)
}

async fn looks(widget: &Widget<'_>) -> Result<Value> {
    let looks = widget.eval(PAINTED, &[]).await?;
    ensure!(looks["share"].as_f64() > Some(0.05), "nothing is painted: {looks}");
    Ok(looks)
}

pub(crate) async fn pixels_change(stage: &Stage) -> Result<()> {
    let script = "globalThis.screens = [];
        const ask = matchMedia.bind(globalThis);
        globalThis.matchMedia = (query) => {
            const list = ask(query);
            if (query.includes('resolution')) screens.push(list);
            return list;
        };";
    let widget = painted(stage, script).await?;
    let before = looks(&widget).await?;
    // As when the window is moved to another screen: nothing but this changes.
    let finer = "const ratio = devicePixelRatio * 2;
        Object.defineProperty(window, 'devicePixelRatio', { configurable: true, get: () => ratio });
        for (const screen of window.screens.splice(0)) screen.dispatchEvent(new Event('change'))";
    widget.eval(finer, &[]).await?;
    let after = looks(&widget).await?;
    let twice = |name: &str| after[name].as_f64() == before[name].as_f64().map(|size| size * 2.0);
    ensure!(twice("width") && twice("height"), "as coarse as before: {before}, {after}");
    Ok(())
}

pub(crate) async fn canvas_is_lost(stage: &Stage) -> Result<()> {
    let widget = painted(stage, "").await?;
    let before = looks(&widget).await?;
    // What a browser does that has lost it: all is blank when it comes back.
    let lose = "const canvas = shadow.querySelector('canvas.paint');
        canvas.dispatchEvent(new Event('contextlost', { cancelable: true }));
        canvas.getContext('2d').reset();
        element.seek(1);
        await new Promise(requestAnimationFrame);
        canvas.dispatchEvent(new Event('contextrestored'))";
    widget.eval(lose, &[]).await?;
    let after = looks(&widget).await?;
    let [before, after] = [before, after].map(|looks| looks["share"].as_f64().unwrap_or_default());
    ensure!((before - after).abs() < 0.02, "{before} of it was painted, and {after} is");
    Ok(())
}

/// The reader follows a link while a program runs, and comes back.
pub(crate) async fn away_and_back(stage: &Stage) -> Result<()> {
    let hash = "#v1?scenario=async-counter&limit=20&delay=0.1";
    let widget = stage.playground(hash).await?;
    widget.wait_state("running", SOON).await?;
    let away = stage.home.page("away.html", page("", "<p>Elsewhere.</p>", "/loopscope.js"));
    stage.browser.eval("setTimeout(() => { location.href = arguments[0] })", &[json!(away)]).await?;
    stage.browser.wait("document.title === 'A host'", SOON).await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stage.browser.eval("setTimeout(() => history.back())", &[]).await?;
    // Whether the browser has kept the page as it was or opens it anew: the program comes to its end.
    widget.wait_state("done", SOON).await?;
    let values = widget.get("element.trace.result.values.length").await?;
    ensure!(values == 20, "{values} values after coming back");
    let at = stage.browser.eval("return location.hash", &[]).await?;
    ensure!(at.as_str().is_some_and(|at| at.contains("limit=20")), "the address is {at}");
    Ok(())
}
