//! What the timeline draws beside lanes: queues, gauges, contexts, requests to stop; and how it is looked at closely.

use anyhow::{Result, ensure};

use crate::stage::{SOON, Stage};

/// The number of things that a selector finds in the picture.
fn drawn(css: &str) -> String {
    format!("shadow.querySelectorAll('[part=timeline] {css}').length")
}

pub(crate) async fn queue_and_who_is_held_back(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.wait(&drawn(".band.queue .held"), SOON).await?;
    ensure!(widget.get(&drawn(".band.queue .most[visibility=visible]")).await? == 1, "no capacity line");
    widget.wait(&drawn(".bar .held"), SOON).await?;

    // A wait is chosen by hand; what is said of it names who ended it, and a press on that goes there.
    let pick = "const held = [...shadow.querySelectorAll('[part=timeline] .bar .held')].at(-1).getBoundingClientRect();
        const svg = shadow.querySelector('[part=timeline] svg');
        const at = { bubbles: true, pointerId: 1, button: 0, pointerType: 'mouse',
            clientX: held.x + held.width / 2, clientY: held.y + held.height / 2 };
        svg.setPointerCapture = () => {};
        svg.dispatchEvent(new PointerEvent('pointerdown', at));
        svg.dispatchEvent(new PointerEvent('pointerup', at));";
    widget.eval(pick, &[]).await?;
    stage.browser.next_frame().await?;
    let said = widget.get("shadow.querySelector('[part=about]').textContent").await?;
    let said = said.as_str().unwrap_or_default();
    ensure!(said.contains("producer: waiting for room in the queue"), "of the wait is said: {said}");
    ensure!(said.contains("Go to consumer"), "no way to who ended it: {said}");
    let before = widget.get("element.position").await?;
    widget.eval("shadow.querySelector('[part=about] button').click()", &[]).await?;
    stage.browser.next_frame().await?;
    let said = widget.get("shadow.querySelector('[part=about]').textContent").await?;
    ensure!(said.as_str().is_some_and(|said| said.starts_with("consumer: ")), "the jump led to: {said}");
    ensure!(widget.get("element.position").await?.as_f64() > before.as_f64(), "the cursor has not moved on");
    Ok(())
}

pub(crate) async fn contexts_gauges_and_requests(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=cancel-and-timeout&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.wait(&drawn(".span"), SOON).await?;
    widget.wait(&drawn(".stop"), SOON).await?;
    let widget = stage.playground("#v1?scenario=connection-pool&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.wait(&drawn(".band.gauge"), SOON).await?;
    Ok(())
}

pub(crate) async fn starved_heart(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=blocking-the-loop&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    widget.wait(&drawn(".gap.late"), SOON).await?;
    widget.wait(&drawn(".gap.block"), SOON).await?;
    // Whoever has its turn, the line of another one that waits is not marked.
    widget.wait("shadow.querySelector('[part=code] code > span')", SOON).await?;
    let turns = "element.trace.events.map(({ kind, task }, i) => kind === 'poll-start' && task === 1 ? i + 1 : 0).filter(Boolean)";
    let turns = widget.get(turns).await?;
    let turns: Vec<u64> =
        turns.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect();
    ensure!(turns.len() > 1, "main has {} turns", turns.len());
    for index in turns {
        widget.eval("element.step(-1e6); element.step(arguments[0])", &[index.into()]).await?;
        stage.browser.next_frame().await?;
        let marked =
            widget.get("shadow.querySelector('[part=code] [aria-current]')?.textContent ?? ''").await?;
        ensure!(
            !marked.as_str().is_some_and(|line| line.ends_with("sleep(beat).await?;")),
            "event {index} of main marks {marked}"
        );
    }
    Ok(())
}

pub(crate) async fn zoom_pan_and_fit(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let ticks = "[...shadow.querySelectorAll('[part=timeline] .tick')].map((tick) => tick.textContent).sort().join(' ')";
    // Once the panels around it have their sizes, the last tick is the one before the end.
    widget.wait(&format!("{ticks}.includes('3.5 s')"), SOON).await?;
    let whole = widget.get(ticks).await?;
    let press = async |key: &str| -> Result<serde_json::Value> {
        let script = "element.shadowRoot.querySelector('.picture')
            .dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, composed: true, cancelable: true }))";
        widget.eval(script, &[key.into()]).await?;
        widget.settle().await?;
        widget.get(ticks).await
    };
    let close = press("+").await?;
    ensure!(close != whole, "+ shows the same as before: {close}");
    let wheel = "const svg = shadow.querySelector('[part=timeline] svg');
        const box = svg.getBoundingClientRect();
        svg.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaX: -200,
            clientX: box.x + 100, clientY: box.y + 20 }))";
    widget.eval(wheel, &[]).await?;
    widget.settle().await?;
    let moved = widget.get(ticks).await?;
    ensure!(moved != close, "the wheel does not move what is shown");
    ensure!(press("f").await? == whole, "f does not show all of it");
    // The other axis has turns on it and no seconds.
    widget.set_attribute("axis", "ticks").await?;
    widget.settle().await?;
    let turns = widget.get(ticks).await?;
    ensure!(turns.as_str().is_some_and(|ticks| !ticks.contains('s')), "turns are labelled {turns}");
    Ok(())
}

pub(crate) async fn many_events_are_painted(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual&items=150").await?;
    widget.wait("element?.state === 'done' && element.trace.events.length > 2000", SOON).await?;
    widget.wait("shadow.querySelector('[part=timeline] canvas:not([hidden])')", SOON).await?;
    widget.wait(&format!("{} < 400", drawn("rect")), SOON).await?;
    let inked = "const canvas = shadow.querySelector('[part=timeline] canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count += 1;
        return count / (data.length / 4)";
    widget.settle().await?;
    let share = widget.eval(inked, &[]).await?.as_f64().unwrap_or_default();
    ensure!(share > 0.1, "{share} of the canvas is painted");
    Ok(())
}

/// How much of the lowest line of pixels of the lanes' bars has exactly the colour of a state, and which line of the grid lies over them.
const SHARP: &str = "
    const picture = shadow.querySelector('.picture');
    const canvas = picture.querySelector('canvas');
    const ratio = canvas.width / parseFloat(canvas.style.inlineSize);
    const probe = picture.appendChild(document.createElement('i'));
    const mixed = (name, percent) => {
        probe.style.color = `color-mix(in srgb, var(--${name}) ${percent}%, var(--sunk))`;
        return getComputedStyle(probe).color.match(/[0-9.]+(e-[0-9]+)?/g).slice(0, 3).map((part) => Math.round(part * 255)).join();
    };
    const colours = [mixed('running', 100), mixed('sunk', 100), ...['ready', 'waiting', 'error', 'frozen'].map((name) => mixed(name, 50))];
    probe.remove();
    const found = {};
    for (const label of picture.querySelectorAll('text.label:not(.thing)')) {
        const y = Math.round((Number(label.getAttribute('y')) + 24) * ratio);
        if (y >= canvas.height - 24 * ratio) continue;
        const { data } = canvas.getContext('2d').getImageData(20 * ratio, y, canvas.width - 40 * ratio, 1);
        for (let at = 0; at < data.length; at += 4) {
            const colour = data.slice(at, at + 3).join();
            found[colour] = (found[colour] ?? 0) + 1;
        }
    }
    const count = (list) => list.reduce((sum, colour) => sum + (found[colour] ?? 0), 0);
    const kinds = colours.filter((colour) => found[colour] > 20).length;
    return { share: count(colours) / count(Object.keys(found)), kinds, grid: picture.querySelectorAll('.grid').length };
";

/// However narrow a bar is, it has the colour of its state and is not blurred, in both themes; and the grid lies behind.
pub(crate) async fn what_is_painted_is_sharp(stage: &Stage) -> Result<()> {
    stage.browser.resize(1440, 900).await?;
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual&items=150").await?;
    widget.wait("shadow.querySelector('[part=timeline] canvas:not([hidden])')", SOON).await?;
    widget.wait_state("done", SOON).await?;
    for theme in ["light", "dark"] {
        widget.set_attribute("theme", theme).await?;
        widget.eval("element.seek(1)", &[]).await?;
        widget.settle().await?;
        let found = widget.eval(SHARP, &[]).await?;
        ensure!(found["share"].as_f64() > Some(0.9), "blurred in {theme}: {found}");
        ensure!(found["kinds"].as_u64() >= Some(3), "states are missing in {theme}: {found}");
        ensure!(found["grid"] == 0, "the grid lies over the bars: {found}");
    }
    Ok(())
}

pub(crate) async fn links_between_panels(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let line = "[...shadow.querySelectorAll('[part=code] code > span')].find((line) => line.textContent.includes('queue.put'))";
    widget.wait(line, SOON).await?;
    // What a hand can do comes with the legend.
    widget.wait("shadow.querySelector('[part=legend] button')", SOON).await?;
    // Until it is seen: wherever the window's own pointer stands, a page that changes beneath it is told of it.
    let pointed = |what: &str, then: &str| {
        let point = "dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))";
        format!("({what}).{point} && {} {then}", drawn(".linked"))
    };
    // A line of the program is pointed at: its events are marked in the picture.
    widget.wait(&pointed(line, ">= 12"), SOON).await?;
    // A printed line is pointed at: its place in the picture, and the line that printed it.
    let printed = "[...shadow.querySelectorAll('[part=output] li')].at(-1)";
    widget.wait(&pointed(printed, "=== 1"), SOON).await?;
    widget
        .wait("shadow.querySelector('[part=code] [data-linked]').textContent.includes('print')", SOON)
        .await?;
    Ok(())
}
