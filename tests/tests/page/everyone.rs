//! For everyone: by keys alone, by ear, in both themes, without motion.

use anyhow::{Context, Result, ensure};
use loopscope_tests::widget::{Widget, host};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage};

const PAGE: &str = "#v1?scenario=producer-consumer&clock=virtual";

pub(crate) async fn no_violations_on_the_page(stage: &Stage) -> Result<()> {
    let widget = stage.playground(PAGE).await?;
    for theme in ["light", "dark"] {
        widget.wait_state("done", SOON).await?;
        widget.eval("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]).await?;
        widget.eval("shadow.querySelector('details').open = true", &[]).await?;
        stage.browser.next_frame().await?;
        audit(stage, theme, "html").await?;
    }
    let widget = stage.playground("#v1?show=tools").await?;
    widget.wait("document.querySelector('#tools:not([hidden]) table')", SOON).await?;
    audit(stage, "which tool?", "html").await
}

pub(crate) async fn no_violations_in_widgets(stage: &Stage) -> Result<()> {
    let body = r#"<main><h1>A tutorial</h1>
        <loop-scope scenario="producer-consumer" clock="virtual" autoplay></loop-scope>
        <loop-scope scenario="async-counter" clock="virtual" limit="0"></loop-scope>
        <loop-scope scenario="async-counter" view="code output notes"></loop-scope></main>"#;
    stage
        .browser
        .goto(&stage.home.page("everyone.html", host(&stage.home.address("/loopscope.js"), body)))
        .await?;
    Widget::first(&stage.browser).wait_state("done", SOON).await?;
    stage.browser.next_frame().await?;
    audit(stage, "widgets", "main").await
}

/// Lets axe look at a part of the document, shadow trees included.
async fn audit(stage: &Stage, what: &str, part: &str) -> Result<()> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(file).context("axe-core is missing: `npm ci` in tests/ installs it")?;
    // As a part of the script: the page's policy allows nobody to make code of a text.
    let script = format!(
        "if (!window.axe) {{ {axe} }}
        const {{ violations }} = await axe.run(arguments[0], {{ resultTypes: ['violations'] }});
        return violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes.map(({{ target }}) => target.join(' ')).join(', ')}}`)"
    );
    let violations = stage.browser.eval(&script, &[json!(part)]).await?;
    ensure!(violations.as_array().is_some_and(Vec::is_empty), "{what}: {violations}");
    Ok(())
}

pub(crate) async fn keys(stage: &Stage) -> Result<()> {
    let widget = stage.playground(PAGE).await?;
    widget.wait_state("done", SOON).await?;
    let press = async |key: &str| -> Result<Value> {
        let script = "shadow.querySelector('.picture')
            .dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, composed: true, cancelable: true }));
            await new Promise(requestAnimationFrame); return element.position";
        widget.eval(script, &[json!(key)]).await
    };
    ensure!(press("Home").await? == 0, "Home does not lead to the start");
    ensure!(
        press("End").await? == widget.get("element.trace.output.at(-1).t + 3e8").await?,
        "nor End to the end"
    );
    ensure!(press(",").await?.as_f64() <= press(".").await?.as_f64(), "a step on led back");
    press("?").await?;
    widget.wait("shadow.querySelector('[part=help]').checkVisibility()", SOON).await?;
    press("?").await?;
    widget.wait("!shadow.querySelector('[part=help]').checkVisibility()", SOON).await?;

    // Lanes are gone through by keys, and what they do is said to who does not see it.
    press("Home").await?;
    for _ in 0..2 {
        press("ArrowDown").await?;
    }
    widget.wait("shadow.querySelector('[role=status]').textContent.includes('producer')", SOON).await?;
    // Whoever asks for help may stand anywhere on the page.
    let ask = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, cancelable: true }))";
    widget.eval(ask, &[]).await?;
    widget.wait("shadow.querySelector('[part=help]').checkVisibility()", SOON).await?;
    Ok(())
}

pub(crate) async fn table_tells_the_same(stage: &Stage) -> Result<()> {
    let widget = stage.playground(PAGE).await?;
    widget.wait_state("done", SOON).await?;
    widget.eval("shadow.querySelector('details').open = true", &[]).await?;
    widget.wait("shadow.querySelectorAll('tbody tr[data-seq]').length > 5", SOON).await?;
    let rows = widget.get("Number(shadow.querySelector('table').getAttribute('aria-rowcount'))").await?;
    ensure!(rows == widget.get("element.trace.events.length + 1").await?, "{rows} rows are told of");
    widget.eval("shadow.querySelector('tbody tr[data-seq] button').click()", &[]).await?;
    stage.browser.next_frame().await?;
    let seen = widget.get("shadow.querySelector('[part=about]').textContent").await?;
    let told =
        widget.get("shadow.querySelector('tbody tr[aria-current]')?.lastElementChild.textContent").await?;
    ensure!(
        seen.as_str().zip(told.as_str()).is_some_and(|(seen, told)| seen.ends_with(told)),
        "the picture says {seen}, the table {told}"
    );
    Ok(())
}

/// A first visit is drawn and does not move, for those whose system says that they want no motion.
pub(crate) async fn still_without_motion(stage: &Stage) -> Result<()> {
    let page = std::fs::read_to_string(stage.dist().join("index.html")).context("the site has no page")?;
    // No driver can set it in all engines: the page is told by what it asks.
    let told = format!(
        "<head><base href=\"{}\"><script>
        const asked = window.matchMedia.bind(window);
        window.matchMedia = (query) => asked(query.includes('reduced-motion') ? 'all' : query);
        </script>",
        stage.home.address("/")
    );
    stage.browser.goto(&stage.home.page("still.html", page.replace("<head>", &told))).await?;
    let widget = Widget::first(&stage.browser);
    widget.wait_state("done", SOON).await?;
    ensure!(
        widget.get("element.getAttribute('clock')").await? == "virtual",
        "it runs as it would with motion"
    );
    ensure!(widget.get("element.position").await?.as_u64() > Some(0), "it is not drawn to its end");
    // Part of the picture is sent for after the first frame.
    widget.wait("shadow.querySelector('[part=timeline] .band.queue')", SOON).await?;
    widget.settle().await?;
    // What moves elsewhere stands: a frame later the picture is what it was.
    let drawn = "return shadow.querySelector('[part=timeline]').innerHTML";
    let before = widget.eval(drawn, &[]).await?;
    stage.browser.next_frame().await?;
    ensure!(widget.eval(drawn, &[]).await? == before, "the picture moves");
    Ok(())
}
