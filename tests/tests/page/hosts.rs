//! What a host may be: strict, without workers, without wasm; and what it may do with the element.

use anyhow::{Result, ensure};
use loopscope_tests::widget::Widget;
use serde_json::json;

use crate::stage::{SOON, Stage};

pub(crate) const ELEMENT: &str =
    r#"<loop-scope scenario="async-counter" clock="virtual"><pre>the fallback</pre></loop-scope>"#;

/// A page without any script of its own but the widget's.
pub(crate) fn page(head: &str, body: &str, module: &str) -> String {
    format!(
        r#"<!doctype html><html lang="en"><head>{head}<title>A host</title></head><body>{body}<script type="module" src="{module}"></script></body></html>"#
    )
}

/// What the docs tell a strict host to allow, and nothing else; the widget comes from another origin.
pub(crate) async fn strict_policy(stage: &Stage) -> Result<()> {
    let from = stage.abroad.address("");
    let policy = format!(
        r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'; script-src {from} 'wasm-unsafe-eval'; worker-src blob:; connect-src {from}">"#
    );
    let html = page(&policy, ELEMENT, &stage.abroad.address("/loopscope.js"));
    stage.browser.goto(&stage.home.page("strict.html", html)).await?;
    let widget = Widget::first(&stage.browser);
    ensure!(widget.run().await?["result"]["values"] == json!([1, 2, 3]), "no result");
    let shown = widget.text().await?;
    ensure!(!shown.contains("thread"), "no worker could be had: {shown}");
    Ok(())
}

/// A host that enforces Trusted Types allows one policy by its name, whether the widget is its own or comes from another
/// origin; engines that do not know them pass as well.
pub(crate) async fn trusted_types(stage: &Stage) -> Result<()> {
    let types = "require-trusted-types-for 'script'; trusted-types loopscope";
    let from = stage.abroad.address("");
    let abroad =
        format!("script-src {from} 'wasm-unsafe-eval'; worker-src blob:; connect-src {from}; {types}");
    for (policy, module) in
        [(types, "/loopscope.js".to_owned()), (&*abroad, stage.abroad.address("/loopscope.js"))]
    {
        let head = format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}">"#);
        stage.browser.goto(&stage.home.page("trusted.html", page(&head, ELEMENT, &module))).await?;
        let widget = Widget::first(&stage.browser);
        ensure!(widget.run().await?["result"]["values"] == json!([1, 2, 3]), "{policy}: no result");
        let shown = widget.text().await?;
        ensure!(!shown.contains("thread"), "{policy}: no worker could be had: {shown}");
    }
    Ok(())
}

pub(crate) async fn no_worker(stage: &Stage) -> Result<()> {
    let head = "<script>globalThis.Worker = class { constructor() { throw new Error('not here') } }</script>";
    stage.browser.goto(&stage.home.page("workerless.html", page(head, ELEMENT, "/loopscope.js"))).await?;
    let widget = Widget::first(&stage.browser);
    ensure!(widget.run().await?["result"]["values"] == json!([1, 2, 3]), "no result");
    let shown = widget.text().await?;
    ensure!(shown.contains("page's own thread"), "the reader is not told: {shown}");
    Ok(())
}

pub(crate) async fn no_wasm_at_all(stage: &Stage) -> Result<()> {
    let head = "<script>delete globalThis.WebAssembly; delete globalThis.Worker</script>";
    expect_failure(stage, page(head, ELEMENT, "/loopscope.js"), "WebAssembly is switched off").await
}

/// The reader sees a sentence and still the fallback, the page gets the event, and the promise is broken.
pub(crate) async fn expect_failure(stage: &Stage, html: String, sentence: &str) -> Result<()> {
    stage.browser.goto(&stage.home.page("poor.html", html)).await?;
    let widget = Widget::first(&stage.browser);
    let run = "await customElements.whenDefined('loop-scope');
        element.addEventListener('error', ({ detail }) => { window.told = detail.message });
        return element.run().then(() => '', ({ message }) => message)";
    let message = widget.eval(run, &[]).await?;
    widget.wait_state("failed", SOON).await?;
    let told = widget.get("window.told ?? ''").await?;
    let shown = widget.text().await?;
    for said in [message.as_str(), told.as_str(), Some(&*shown)] {
        ensure!(said.is_some_and(|said| said.contains(sentence)), "not told that “{sentence}”: {said:?}");
    }
    let kept = "element.querySelector('pre').checkVisibility()";
    ensure!(widget.get(kept).await? == true, "the fallback is gone");
    Ok(())
}

/// Nothing but the stub is there yet: what is asked for in one go is done in its order.
pub(crate) async fn methods_at_once(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" clock="virtual""#).await?;
    let script = "await customElements.whenDefined('loop-scope');
        const saved = await element.run();
        const early = document.createElement('loop-scope');
        early.trace = saved;
        document.body.append(early);
        const other = Object.assign(document.createElement('loop-scope'), {});
        other.setAttribute('scenario', 'async-counter');
        const nothing = [other.trace, other.position, other.state];
        other.step(); other.seek(5); other.pause(); other.resume(); other.stop(); other.reset();
        const refused = await other.export('json').then(() => '', ({ message }) => message);
        other.setAttribute('clock', 'virtual');
        document.body.prepend(other);
        const first = other.run(); const loading = other.state; const hash = (await first).hash;
        while (early.state !== 'done') await new Promise(requestAnimationFrame);
        return { nothing, refused, loading, same: hash === saved.hash, shown: early.trace.hash === saved.hash,
            scenarios: customElements.get('loop-scope').scenarios.length }";
    let found = widget.eval(script, &[]).await?;
    ensure!(found["nothing"] == json!([null, 0, "idle"]), "before anything: {found}");
    ensure!(found["refused"].as_str().is_some_and(|said| said.contains("nothing to export")), "{found}");
    ensure!(found["loading"] == "loading" && found["same"] == true && found["shown"] == true, "{found}");
    ensure!(found["scenarios"].as_u64() > Some(10), "{found}");
    Ok(())
}

/// In a shadow root, included twice from two origins, made before the script and after it.
pub(crate) async fn anywhere(stage: &Stage) -> Result<()> {
    let html = page("", ELEMENT, &stage.abroad.address("/loopscope.js"));
    stage.browser.goto(&stage.home.page("anywhere.html", html)).await?;
    let widget = Widget::first(&stage.browser);
    let script = "await import('/loopscope.js'); await import(arguments[0]);
        const root = document.body.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
        root.append(element.cloneNode(true));
        const results = [];
        for (const one of [element, root.firstChild]) results.push((await one.run()).result.values);
        return results";
    let second = stage.abroad.address("/loopscope.js?again");
    let found = widget.eval(script, &[json!(second)]).await?;
    ensure!(found == json!([[1, 2, 3], [1, 2, 3]]), "{found}");
    Ok(())
}

/// Sites that swap their pages take nodes out and put them in again.
pub(crate) async fn moved_and_removed(stage: &Stage) -> Result<()> {
    let widget = stage.widget(r#"scenario="async-counter" limit="3" delay="0.2""#).await?;
    let script = "await customElements.whenDefined('loop-scope');
        const run = element.run();
        while (element.state !== 'running') await new Promise(requestAnimationFrame);
        const place = document.body.appendChild(document.createElement('main'));
        element.remove(); place.append(element);
        const moved = (await run).result.values;
        const again = element.run();
        while (element.state !== 'running') await new Promise(requestAnimationFrame);
        element.remove();
        await again;
        const stopped = element.state;
        document.body.append(element);
        return { moved, stopped, last: (await element.run()).result.values }";
    let found = widget.eval(script, &[]).await?;
    ensure!(
        found == json!({ "moved": [1, 2, 3], "stopped": "stopped", "last": [1, 2, 3] }),
        "moved and removed: {found}"
    );
    Ok(())
}

/// Where the page around it leaves the width to what is in it, and writes in its own way.
pub(crate) async fn in_a_table_and_among_odd_texts(stage: &Stage) -> Result<()> {
    let widget = r#"<loop-scope scenario="async-counter" clock="virtual" view="code timeline output" autoplay></loop-scope>"#;
    let style = "text-align: center; text-transform: uppercase; text-indent: 4em; white-space: nowrap; direction: rtl";
    let body = format!(
        r#"<table><tr><td>{widget}</td><td>beside</td></tr></table><div style="float: left">{widget}</div>
        <figure style="{style}">{widget}</figure>"#
    );
    stage.browser.resize(1440, 900).await?;
    stage.browser.goto(&stage.home.page("odd.html", page("", &body, "/loopscope.js"))).await?;
    let all = "[...document.querySelectorAll('loop-scope')]";
    stage.browser.wait(&format!("{all}.every(({{ state }}) => state !== 'idle')"), SOON).await?;
    let widths = stage
        .browser
        .eval(&format!("return {all}.map((one) => one.getBoundingClientRect().width)"), &[])
        .await?;
    for width in widths.as_array().into_iter().flatten() {
        ensure!(width.as_f64() >= Some(500.0), "as wide as {widths}");
    }
    let written = format!(
        "(({{ textAlign, textTransform, textIndent, whiteSpace, direction }}) =>
            [textAlign, textTransform, textIndent, whiteSpace, direction].join(' '))
        (getComputedStyle({all}[2].shadowRoot?.querySelector('.frame') ?? document.body))"
    );
    let plain = "start none 0px normal ltr";
    stage.browser.wait(&format!("{written} === '{plain}'"), SOON).await?;
    Ok(())
}
