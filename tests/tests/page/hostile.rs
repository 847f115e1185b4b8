//! Links and saved runs of somebody who means harm: what they hold is shown as text and does nothing.

use anyhow::{Result, ensure};
use loopscope_tests::widget::Widget;
use serde_json::{Value, json};

use crate::share::DROP;
use crate::stage::{SOON, Stage};

/// Markup that would leave a mark if it became any.
const MARKUP: &str = r#"<img src=x onerror="globalThis.hurt=1">"#;

/// What came of it: the mark, what all objects share, and elements and attributes that are none of ours.
const HARM: &str = "const all = [...document.querySelectorAll('*'), ...shadow.querySelectorAll('*')];
    return [globalThis.hurt, {}.polluted, ...all.filter((node) => ['img', 'iframe', 'object', 'base'].includes(node.localName)
        || [...node.attributes].some(({ name, value }) => name.startsWith('on') || (['href', 'src', 'action'].includes(name) && /^\\s*javascript:/i.test(value))))
        .map(({ localName }) => localName)].filter((found) => found !== undefined)";

async fn unharmed(widget: &Widget<'_>, what: &str) -> Result<()> {
    let harm = widget.eval(HARM, &[]).await?;
    ensure!(harm == json!([]), "{what} has done this: {harm}");
    Ok(())
}

/// A saved run with hostile names wherever a name can stand, from the JavaScript that the unit tests use too.
async fn run(stage: &Stage) -> Result<Value> {
    let script = include_str!("../../js/hostile.js").replace("export ", "");
    stage.browser.eval(&format!("{script} return hostile()"), &[]).await
}

pub(crate) async fn links(stage: &Stage) -> Result<()> {
    let counter = "scenario=async-counter&clock=virtual";
    for (hash, word) in [
        (format!("#v1?scenario={MARKUP}"), MARKUP),
        (format!("#v1?{counter}&{MARKUP}=1"), "this link sets “<img src"),
        (format!("#v1?{counter}&__proto__=1&constructor=2"), "“__proto__”"),
        ("#v1?scenario=__proto__".to_owned(), "no scenario \"__proto__\""),
        (format!("#v1?{counter}&onclick=globalThis.hurt=1"), "“onclick”"),
        (format!("#v1?{counter}&limit=1e999"), "1e999"),
        (format!("#v1?{counter}&limit=%E2%80%AE5"), "\u{202e}5"),
        (format!("#v1?{counter}&seed=99999999999999999999"), "seed must be"),
        ("#v1?scenario=async-counter&clock=javascript:globalThis.hurt=1".to_owned(), "javascript:"),
    ] {
        let address = hash.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20").replace('"', "%22");
        let widget = stage.playground(&address).await?;
        let told = "(() => { const text = (node) => node?.checkVisibility() ? node.textContent : '';
            return text(document.querySelector('#broken')) + text(shadow?.querySelector('[role=alert]')) })()";
        let told = widget.wait(told, SOON).await?;
        ensure!(told.as_str().is_some_and(|told| told.contains(word)), "{hash}: the reader is told {told}");
        unharmed(&widget, &hash).await?;
    }
    Ok(())
}

pub(crate) async fn saved_runs(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let saved = run(stage).await?;
    widget.eval(DROP, &[saved]).await?;
    widget.wait("element.state === 'done' && element.trace.hash.startsWith('<img')", SOON).await?;
    widget.set_attribute("view", "code timeline queue memory output notes controls").await?;
    // All that can be looked at is, on both axes.
    widget.eval("for (const part of shadow.querySelectorAll('details')) part.open = true", &[]).await?;
    widget.wait("shadow.querySelectorAll('tbody tr').length > 10", SOON).await?;
    widget.set_attribute("axis", "ticks").await?;
    widget.settle().await?;
    let title = widget.get("document.querySelector('#title').textContent").await?;
    ensure!(title == MARKUP, "the title is {title}");
    // Half a surrogate pair, as one of the names has it, no driver hands over.
    let shown =
        widget.get("shadow.textContent.includes(document.querySelector('#title').textContent)").await?;
    ensure!(shown == true, "the names are not to be seen");
    unharmed(&widget, "the saved run").await?;

    let exported = "const svg = await element.export('svg');
        const strange = [...svg.matchAll(/<([a-z]+)/g)].map(([, name]) => name).filter((name) => ['img', 'script', 'foreignObject', 'a'].includes(name));
        const again = JSON.parse(await element.export('json'));
        return { strange, names: [again.tasks[0].name], own: Object.hasOwn(again.params, '__proto__'),
            chrome: JSON.parse(await element.export('chrome')).traceEvents.length }";
    let found = widget.eval(exported, &[]).await?;
    ensure!(found["strange"] == json!([]) && found["names"][0] == MARKUP && found["own"] == true, "{found}");
    ensure!(found["chrome"].as_u64() > Some(100), "{found}");
    unharmed(&widget, "an export").await
}

pub(crate) async fn pictures(stage: &Stage) -> Result<()> {
    // Not on the page, whose policy allows no such images.
    let widget = stage.widget(r#"scenario="async-counter""#).await?;
    let saved = run(stage).await?;
    let load = "await customElements.whenDefined('loop-scope'); element.trace = arguments[0]";
    widget.eval(load, &[saved]).await?;
    widget.wait_state("done", SOON).await?;
    let drawn = "const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(await element.export('svg'))}`;
        return image.decode().then(() => image.naturalWidth, () => 'this is no picture')";
    let width = widget.eval(drawn, &[]).await?;
    ensure!(width.as_f64() > Some(100.0), "{width}");
    unharmed(&widget, "the picture").await
}
