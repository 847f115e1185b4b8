//! What a widget costs its host: bytes up to the first picture, and nothing before it is near.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use flate2::Compression;
use flate2::write::GzEncoder;
use loopscope_tests::widget::{Widget, host};
use tokio::time::sleep;

use crate::stage::{SOON, Stage};

/// What is sent up to the first finished picture, in bytes as gzip sends them: scripts, styles, the wasm and the piece of the
/// program that is run.
const CEILING: usize = 65_000;

const FAR: &str = r#"<div style="height: 4000px"></div>"#;

pub(crate) async fn first_picture(stage: &Stage) -> Result<()> {
    let watch = "<script>
        const look = () => {
            const widget = document.querySelector('loop-scope');
            const drawn = widget.shadowRoot?.querySelector('[part=timeline] .mark');
            if (!drawn || widget.state !== 'done') return requestAnimationFrame(look);
            globalThis.asked = performance.getEntriesByType('resource').map(({ name }) => name);
            fetch('drawn');
        };
        look();
        </script>";
    let body =
        format!(r#"<loop-scope scenario="async-counter" clock="virtual" autoplay></loop-scope>{watch}"#);
    stage.home.page("drawn", String::new());
    stage.browser.goto(&stage.home.page("light.html", host("/loopscope.js", &body))).await?;
    let asked = stage.browser.wait("globalThis.asked", SOON).await?;
    // What the worker asks for by itself, the page does not see; what the server heard of after the mark, came after.
    let inner = stage.home.requests().into_iter().map(|(path, _)| path);
    let inner: Vec<_> = inner.take_while(|path| !path.ends_with("/drawn")).collect();
    let once: BTreeSet<_> = inner.iter().collect();
    ensure!(once.len() == inner.len(), "something was asked for twice: {inner:?}");
    let outer = asked.as_array().into_iter().flatten().filter_map(|name| name.as_str());
    let outer = outer.filter_map(|name| name.strip_prefix(&stage.home.address(""))).map(str::to_owned);
    let mut paths: Vec<_> = inner
        .into_iter()
        .filter(|path| path.ends_with(".wasm") || path.ends_with("/worker.js"))
        .chain(outer)
        .collect();
    paths.sort();
    paths.dedup();
    let (mut scripts, mut wasm) = (0, 0);
    for path in &paths {
        let path = path.split('?').next().unwrap_or_default();
        let Some(kind) = path.rsplit('.').next().filter(|kind| ["js", "css", "wasm"].contains(kind)) else {
            continue;
        };
        let content = fs::read(stage.dist().join(path.trim_start_matches('/')))
            .with_context(|| format!("asked for {path}"))?;
        *if kind == "wasm" { &mut wasm } else { &mut scripts } += gzip(&content)?;
    }
    println!("to the first picture: {scripts} bytes of scripts, {wasm} of wasm, in {paths:?}");
    ensure!(scripts > 0 && wasm > 0, "nothing was asked for: {paths:?}");
    let all = scripts + wasm;
    ensure!(all <= CEILING, "{all} bytes, more than {CEILING}: {paths:?}");
    Ok(())
}

fn gzip(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

/// Who has not come near to it loads the stub and nothing else.
pub(crate) async fn nothing_until_near(stage: &Stage) -> Result<()> {
    let body = format!(r#"{FAR}<loop-scope scenario="async-counter" clock="virtual" autoplay></loop-scope>"#);
    stage.browser.goto(&stage.home.page("far.html", host("/loopscope.js", &body))).await?;
    let widget = Widget::first(&stage.browser);
    widget.wait("customElements.get('loop-scope')", SOON).await?;
    sleep(Duration::from_millis(400)).await;
    let asked = asked(stage);
    ensure!(asked == ["/loopscope.js"], "asked for {asked:?}");
    widget.eval("element.scrollIntoView()", &[]).await?;
    widget.wait_state("done", SOON).await
}

/// In a tab that is not shown, in a row of slides beside the window, or further down in a small box, nobody sees it.
pub(crate) async fn nothing_while_hidden(stage: &Stage) -> Result<()> {
    let one = r#"<loop-scope scenario="async-counter" clock="virtual" autoplay></loop-scope>"#;
    let row = r#"style="width: 100vw; display: flex""#;
    let small = r#"style="height: 100px; overflow: auto""#;
    let (seen, beside) = (r#"style="flex: 0 0 100vw""#, r#"style="flex: 0 0 100vw; margin-left: 300px""#);
    for (name, body) in [
        ("tab", format!(r#"<div id="around" hidden>{one}</div>"#)),
        ("slides", format!("<div {row}><p {seen}>The first slide.</p><div {beside}>{one}</div></div>")),
        ("box", format!(r#"<div {small}><div style="height: 200px"></div>{one}</div>"#)),
    ] {
        stage.home.forget();
        stage.browser.goto(&stage.home.page(&format!("{name}.html"), host("/loopscope.js", &body))).await?;
        let widget = Widget::first(&stage.browser);
        widget.wait("customElements.get('loop-scope')", SOON).await?;
        sleep(Duration::from_millis(400)).await;
        let asked = asked(stage);
        ensure!(asked == ["/loopscope.js"], "{name}: asked for {asked:?}");
        widget
            .eval(
                "document.querySelector('#around')?.removeAttribute('hidden'); element.scrollIntoView()",
                &[],
            )
            .await?;
        widget.wait_state("done", SOON).await?;
    }
    Ok(())
}

/// Who shows a run that was saved has nothing to run.
pub(crate) async fn no_engine_for_a_saved_run(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    let saved = widget.run().await?;
    let body = format!(
        r#"<loop-scope scenario="async-counter"></loop-scope>
        <script>document.querySelector("loop-scope").trace = {saved};</script>"#
    );
    stage.home.forget();
    stage.browser.goto(&stage.home.page("saved.html", host("/loopscope.js", &body))).await?;
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    widget.wait("shadow.querySelector('[part=timeline] .mark')", SOON).await?;
    sleep(Duration::from_millis(400)).await;
    let engine: Vec<_> = asked(stage)
        .into_iter()
        .filter(|path| path.ends_with(".wasm") || path.ends_with("/worker.js"))
        .collect();
    ensure!(engine.is_empty(), "asked for {engine:?}");
    Ok(())
}

/// What was asked for but for the page itself.
fn asked(stage: &Stage) -> Vec<String> {
    let paths = stage.home.requests().into_iter().map(|(path, _)| path);
    paths.filter(|path| !path.contains("/made/")).collect()
}

/// Thirty on a page share one worker and one instance, and those that are far away do nothing.
pub(crate) async fn thirty(stage: &Stage) -> Result<()> {
    let one = r#"<loop-scope scenario="async-counter" clock="virtual" autoplay style="min-height: 300px"></loop-scope>"#;
    stage.browser.goto(&stage.home.page("thirty.html", host("/loopscope.js", &one.repeat(30)))).await?;
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    sleep(Duration::from_millis(400)).await;
    let states = "[...document.querySelectorAll('loop-scope')].map(({ state }) => state)";
    let states = widget.get(states).await?;
    ensure!(states[29] == "idle", "the last one is {}", states[29]);
    let run = "await Promise.all([...document.querySelectorAll('loop-scope')].map((one) => one.run()))";
    widget.eval(run, &[]).await?;
    let asked = stage.home.requests();
    for once in ["/worker.js", "loopscope_bg.wasm"] {
        let times = asked.iter().filter(|(path, _)| path.ends_with(once)).count();
        ensure!(times == 1, "{once} was asked for {times} times");
    }
    Ok(())
}
