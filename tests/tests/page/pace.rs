//! How the page keeps pace: with a hand, with a run that streams, with one that takes long.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::stage::{SOON, Stage};

/// Some hundred thousand events, which take no time on their own clock and a while on ours.
const LARGE: &str = "#v1?scenario=csv-rows&clock=virtual&rows=100000&give_way=1";

/// A parameter is dragged: until its picture is there, so many frames pass; for each of some changes.
const DRAG: &str = "const slider = document.querySelector('#parameters [name=capacity]').closest('.field').querySelector('[type=range]');
    const frame = () => new Promise(requestAnimationFrame);
    const shown = (n) => [...shadow.querySelectorAll('[part=timeline] .label')].some((label) => label.textContent.includes(`0 of ${n} in it`));
    const counts = [];
    for (let k = 0; k < 15; k += 1) {
        const n = 4 + (k % 5);
        await frame();
        slider.value = n;
        slider.dispatchEvent(new Event('input'));
        let frames = 0;
        while (!shown(n) && frames < 60) { await frame(); frames += 1; }
        counts.push(frames);
    }
    return counts.sort((a, b) => a - b)";

pub(crate) async fn a_drag_is_drawn_within_two_frames(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let mut tries = Vec::new();
    // A machine that does other things as well is late at times: of three tries one has to do.
    for _ in 0..3 {
        let counts = widget.eval(DRAG, &[]).await?;
        if counts[counts.as_array().map_or(0, Vec::len) / 2].as_u64() <= Some(2) {
            return Ok(());
        }
        tries.push(counts);
    }
    anyhow::bail!("until a change is drawn, so many frames pass: {tries:?}")
}

/// Where the panels are in each frame of a run, and how many places each of them had.
const PLACES: &str = "const parts = { picture: '.picture', about: '[part=about]', legend: '[part=legend]', controls: '[part=controls]',
        output: '[part=output]', code: '[part=code]', events: '[part=events]' };
    const seen = {};
    const note = (name, { top, left, width, height }) => (seen[name] ??= new Set()).add([top, left, width, height].map(Math.round).join(' '));
    const watch = () => {
        for (const [name, css] of Object.entries(parts)) note(name, shadow.querySelector(css).getBoundingClientRect());
        note('figures', { ...document.querySelector('#figures').getBoundingClientRect().toJSON(), height: 0 });
        note('widget', element.getBoundingClientRect());
    };
    let frames = 0;
    for (let rest = 10; rest > 0; frames += 1) {
        await new Promise(requestAnimationFrame);
        if (element.trace?.events.length > 0) watch();
        if (element.state === 'done') rest -= 1;
    }
    return { frames, moved: Object.entries(seen).filter(([, places]) => places.size > 1).map(([name, places]) => [name, ...places]) }";

pub(crate) async fn nothing_jumps_while_it_streams(stage: &Stage) -> Result<()> {
    // In the second one, tasks come in the middle of the run.
    for live in ["producer-consumer&items=6&produce=0.05&consume=0.1", "breakfast&coffee=0.4&toast=0.2"] {
        let widget = stage.playground(&format!("#v1?scenario={live}")).await?;
        widget.wait("element?.state === 'running'", SOON).await?;
        let found = widget.eval(PLACES, &[]).await?;
        ensure!(found["frames"].as_u64() > Some(12), "{live}: not seen as it ran: {found}");
        ensure!(found["moved"] == json!([]), "{live}: moved meanwhile: {}", found["moved"]);
    }
    Ok(())
}

/// Time goes by many times as fast for the page, so that any run is a long one; who is then offered a way to stop it takes it.
const PRESS_STOP: &str = "const now = performance.now.bind(performance);
    performance.now = () => now() * 40;
    new MutationObserver(() => {
        const progress = shadow.querySelector('[part=progress]:not([hidden])');
        if (!progress?.textContent.includes('Running') || document.body.dataset.told) return;
        document.body.dataset.told = progress.textContent;
        progress.querySelector('button').click();
    }).observe(shadow, { attributes: true, subtree: true, characterData: true, childList: true });
    location.hash = arguments[0]";

pub(crate) async fn long_runs_tell_and_stop(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let told = "Boolean(shadow.querySelector('[part=progress]:not([hidden])'))";
    ensure!(widget.get(told).await? == false, "told of a short run");
    widget.eval(PRESS_STOP, &[json!(LARGE)]).await?;
    widget.wait_state("stopped", SOON).await?;
    let told = widget.get("document.body.dataset.told").await?;
    let told = told.as_str().unwrap_or_default();
    ensure!(told.contains("Running") && told.contains("Stop"), "of a long run is told: {told}");
    widget.wait("shadow.querySelector('[part=progress]')?.hidden", SOON).await?;
    // What was recorded until then is there, and the next run too.
    ensure!(widget.get("element.trace.events.length").await?.as_u64() > Some(0), "nothing is left of it");
    widget.eval("location.hash = '#v1?scenario=async-counter&clock=virtual'", &[]).await?;
    widget.wait("element.state === 'done' && element.trace.scenario === 'async-counter'", SOON).await?;
    Ok(())
}

/// How long the page was without a frame while a large run came in, in milliseconds.
const LONGEST: &str = "let [longest, last] = [0, performance.now()];
    const frame = () => new Promise(requestAnimationFrame);
    location.hash = arguments[0];
    for (let rest = 30; rest > 0; ) {
        await frame();
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
        if (element.state === 'done' && element.trace.scenario === 'csv-rows') rest -= 1;
        else if (element.state === 'failed') return element.shadowRoot.textContent;
        // To make the trace's objects takes its time, and that is nothing of the page's.
        last = performance.now();
    }
    return longest";

pub(crate) async fn large_runs_do_not_freeze_the_page(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=async-counter&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let longest = widget.eval(LONGEST, &[json!(LARGE)]).await?;
    // Generous by far, for a machine that builds beside: this is about freezing, and the benchmark measures frames.
    ensure!(longest.as_f64().is_some_and(|longest| longest < 3000.0), "without a frame for {longest} ms");
    Ok(())
}

/// Two fingers on the picture, from so far apart to so far apart; what is seen of the axis then.
const PINCH: &str = "const svg = shadow.querySelector('[part=timeline] svg');
    svg.setPointerCapture = () => {};
    const { left, top, width } = svg.getBoundingClientRect();
    const finger = (type, pointerId, x) => svg.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId,
        pointerType: 'touch', isPrimary: pointerId === 1, button: type === 'pointermove' ? -1 : 0, clientX: left + x * width, clientY: top + 30 }));
    const [from, to] = arguments;
    finger('pointerdown', 1, 0.5 - from);
    finger('pointerdown', 2, 0.5 + from);
    for (let k = 1; k <= 8; k += 1) {
        const gap = from + ((to - from) * k) / 8;
        finger('pointermove', 1, 0.5 - gap);
        finger('pointermove', 2, 0.5 + gap);
    }
    finger('pointerup', 1, 0.5 - to);
    finger('pointerup', 2, 0.5 + to);
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return { ticks: [...shadow.querySelectorAll('[part=timeline] .tick')].map((tick) => parseFloat(tick.textContent)).sort((a, b) => a - b),
        whole: [...shadow.querySelectorAll('[part=legend] button')].find((button) => button.textContent === 'Fit').disabled, at: element.position }";

pub(crate) async fn two_fingers_zoom(stage: &Stage) -> Result<()> {
    let widget = stage.playground("#v1?scenario=producer-consumer&clock=virtual").await?;
    widget.wait_state("done", SOON).await?;
    let all =
        "[...shadow.querySelectorAll('[part=timeline] .tick')].some((tick) => tick.textContent === '3.5 s')";
    widget.wait(all, SOON).await?;
    let pinch = async |from: f64, to: f64| -> Result<Value> {
        let found = widget.eval(PINCH, &[json!(from), json!(to)]).await?;
        widget.settle().await?;
        Ok(found)
    };
    let close = pinch(0.1, 0.4).await?;
    let seconds = |found: &Value, k: usize| found["ticks"][k].as_f64().unwrap_or(f64::NAN);
    let count = close["ticks"].as_array().map_or(0, Vec::len);
    ensure!(close["whole"] == false && count > 1, "two fingers that part show no less: {close}");
    let (first, last) = (seconds(&close, 0), seconds(&close, count - 1));
    // A quarter of 3.7 s around the middle.
    ensure!(first > 1.2 && last < 2.5 && last - first < 1.2, "they show another part: {close}");
    let far = pinch(0.4, 0.05).await?;
    ensure!(far["whole"] == true, "two fingers that meet do not show all: {far}");
    ensure!(seconds(&far, 0) == 0.0, "all of it begins elsewhere: {far}");
    Ok(())
}
