//! What can be taken away and brought back.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::stage::{SOON, Stage};

/// Gives the page a file as a hand would drop it there.
pub(crate) const DROP: &str = "const files = new DataTransfer();
    files.items.add(new File([arguments[0]], 'saved.json', { type: 'application/json' }));
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }))";

pub(crate) async fn saved_runs_come_back(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual&items=5").await?;
    widget.wait_state("done", SOON).await?;
    let saved = widget.eval("return await element.export('json')", &[]).await?;

    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.eval(DROP, &[saved]).await?;
    widget.wait("element.state === 'done' && element.trace.scenario === 'producer-consumer'", SOON).await?;
    widget.wait("shadow.querySelector('[part=timeline] .band.queue')", SOON).await?;
    widget.wait("document.querySelector('#title').textContent === 'A producer and a consumer'", SOON).await?;
    // All that stands around it is the saved run's, and nothing the next one's.
    let around = "({ menu: document.querySelector('nav [aria-current]').dataset.scenario,
        fields: document.querySelectorAll('#parameters input').length,
        title: document.querySelector('#title').textContent,
        program: shadow.querySelector('[part=code] .head').textContent })";
    widget
        .wait("shadow.querySelector('[part=code] .head').textContent === 'producer_consumer.rs'", SOON)
        .await?;
    let saved = widget.get(around).await?;
    ensure!(saved["menu"] == "producer-consumer" && saved["fields"] == 0, "around a saved run: {saved}");
    widget.run().await?;
    widget.wait("shadow.querySelector('[part=code] .head').textContent === 'async_counter.rs'", SOON).await?;
    let own = widget.get(around).await?;
    ensure!(
        own["menu"] == "async-counter" && own["fields"] == 4 && own["title"] == "Count with a pause",
        "around what ran after it: {own}"
    );

    for (broken, words) in
        [("{", "not a trace"), (r#"{"version":1}"#, "broken"), (r#"{"version":7}"#, "version 7")]
    {
        widget.eval(DROP, &[json!(broken)]).await?;
        widget.wait_state("failed", SOON).await?;
        let said = widget.text().await?;
        ensure!(said.contains(words), "of {broken} is said: {said}");
    }
    Ok(())
}

pub(crate) async fn runs_stand_on_the_browsers_timeline(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let told = widget.eval(MEASURE, &[]).await?;
    ensure!(told[0].as_u64() > Some(0), "there are no turns: {told}");
    ensure!(
        told[0] == told[1] && told[0] == told[2],
        "turns, entries that are given and that are there: {told}"
    );
    Ok(())
}

/// The turns of the run, and the entries for them.
const MEASURE: &str = "const turns = element.trace.events.filter(({ kind }) => kind === 'poll-end');
    const given = (await element.measure()).filter(({ name }) => name === 'loopscope run');
    return [turns.length, given.length, performance.getEntriesByName('loopscope run', 'measure').length]";

pub(crate) async fn pictures_stand_alone(stage: &Stage) -> Result<()> {
    // Not on the page, whose policy allows no such images.
    let widget = stage.widget(r#"scenario="producer-consumer" clock="virtual" autoplay"#).await?;
    widget.wait_state("done", SOON).await?;
    // As an image it may load nothing and knows no style but its own.
    let drawn = "const text = await element.export('svg');
        const image = new Image();
        image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 240 }).getContext('2d');
        canvas.drawImage(image, 0, 0, 480, 240);
        const { data } = canvas.getImageData(0, 0, 480, 240);
        const colours = new Set();
        for (let i = 0; i < data.length; i += 4) colours.add(data.slice(i, i + 3).map((part) => part >> 4).join());
        return { colours: colours.size, dark: text.includes('prefers-color-scheme: dark'), loads: /url\\(\"?http|var\\(/.test(text) }";
    let found = widget.eval(drawn, &[]).await?;
    ensure!(found["colours"].as_u64() > Some(8), "the picture has {found} colours");
    ensure!(found["dark"] == true && found["loads"] == false, "the picture does not stand alone: {found}");
    Ok(())
}

pub(crate) async fn the_menu(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual&items=7").await?;
    widget.wait_state("done", SOON).await?;
    stage.browser.click("#share-button").await?;
    let buttons = "document.querySelectorAll('#share button').length";
    widget.wait(&format!("{buttons} >= 5"), SOON).await?;
    // Not every engine lets a test write to the clipboard.
    let copy = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text } } });
        [...document.querySelectorAll('#share button')].find(({ textContent }) => textContent.includes('tag')).click()";
    widget.eval(copy, &[]).await?;
    let tag = widget.wait("window.copied", SOON).await?;
    let tag = tag.as_str().unwrap_or_default();
    ensure!(
        tag.contains(r#"<loop-scope scenario="producer-consumer" clock="virtual" items="7">"#),
        "the tag is {tag}"
    );
    ensure!(tag.contains("/loopscope.js"), "the tag loads nothing: {tag}");
    Ok(())
}

pub(crate) async fn which_tool(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?show=tools").await?;
    let answer = "document.querySelector('#tools .answer h3')?.textContent";
    widget.wait(&format!("{answer} === 'An async generator'"), SOON).await?;
    stage.browser.click("#tools input[name=many][value=all]").await?;
    widget.wait(&format!("{answer} === 'Coroutines, gathered'"), SOON).await?;
    widget.eval("document.querySelector('#tools .answer a').click()", &[]).await?;
    widget
        .wait("element.getAttribute('scenario') === 'sequential-vs-concurrent' && element.trace", SOON)
        .await?;
    // Twins: the two ways of it, large.
    stage.browser.click("#clock input[value=virtual]").await?;
    widget.wait("element.state === 'done' && element.trace.clock === 'virtual'", SOON).await?;
    // Drawn in a frame after the end.
    let figures = "document.querySelector('.comparison').innerText";
    widget.wait(&format!("{figures}.includes('2.00 s') && {figures}.includes('0.10 s')"), SOON).await?;
    let ways = widget.get("document.querySelectorAll('.comparison dt').length").await?;
    ensure!(ways == 2, "{ways} ways are compared");
    Ok(())
}
