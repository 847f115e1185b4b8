//! Programs that do harm: the page goes on, they can be stopped, and nobody else loses by them.

use anyhow::{Result, ensure};
use loopscope_tests::widget::{Widget, host};
use serde_json::json;

use crate::stage::{SOON, Stage};

/// Opens a page with these widgets, of the engine that has such programs.
async fn open<'a>(stage: &'a Stage, widgets: &[&str]) -> Result<Widget<'a>> {
    stage.spend();
    let body: String = widgets.iter().map(|tag| format!("<loop-scope {tag}></loop-scope>")).collect();
    stage.browser.goto(&stage.hostile.page("runaway.html", host("/loopscope.js", &body))).await?;
    Ok(Widget::first(&stage.browser))
}

/// Runs it, looks at the frames for a while as it goes on, and stops it: the longest time without a frame, and how long
/// the stop took, in milliseconds.
const STOP: &str = "await customElements.whenDefined('loop-scope');
    const frame = () => new Promise(requestAnimationFrame);
    const state = (wanted) => new Promise((resolve) => element.addEventListener('statechange', ({ detail }) => detail.state === wanted && resolve(performance.now())));
    element.setAttribute('scenario', arguments[0]);
    element.setAttribute('clock', arguments[1]);
    element.removeAttribute('limit');
    // Not by `run`: who wants a trace of a million objects waits until they are made.
    element[Symbol.for('loopscope.start')]();
    await state('running');
    let [longest, last] = [0, performance.now()];
    for (const end = last + 700; last < end; ) {
        await frame();
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
    }
    const from = performance.now();
    element.stop();
    const stop = (await state('stopped')) - from;
    const kept = element.trace.events.length;
    element.setAttribute('scenario', 'async-counter');
    element.setAttribute('clock', 'virtual');
    const said = element.shadowRoot.querySelector('[part=note]').textContent;
    return { longest, stop, kept, said, again: (await element.run()).result.values }";

pub(crate) async fn the_page_goes_on_and_stop_works(stage: &Stage) -> Result<()> {
    let widget = open(stage, &[""]).await?;
    let stubborn = "the program did not give way and was ended";
    for (program, clock, sentence) in [
        ("endless-generator", "virtual", ""),
        ("microtask-storm", "wall", ""),
        ("microtask-storm", "virtual", ""),
        // Last: in WebKit they go on beside what comes next.
        ("never-awaits", "wall", stubborn),
        ("never-awaits", "virtual", stubborn),
    ] {
        let (mut tries, mut right) = (Vec::new(), false);
        // A machine that does other things as well is late at times: of three tries one has to do.
        let well = loop {
            let found = widget.eval(STOP, &[json!(program), json!(clock)]).await?;
            println!("{program} on the {clock} clock: {found}");
            ensure!(found["again"] == json!([1, 2, 3]), "after {program} nothing runs: {found}");
            // Who awaits nothing hands nothing over, and on the virtual clock it never did.
            let told = found["kept"].as_u64() > Some(0) || (program, clock) == ("never-awaits", "virtual");
            right |= told && found["said"] == sentence;
            tries.push(found);
            let best = |name: &str| {
                tries.iter().filter_map(|found| found[name].as_f64()).fold(f64::INFINITY, f64::min)
            };
            // A frame is longer while a run of some hundred thousand events is drawn again and again.
            let well = right && best("stop") < 200.0 && best("longest") < 400.0;
            if well || tries.len() == 3 {
                break well;
            }
        };
        ensure!(well, "{program} on the {clock} clock: {tries:?}");
    }
    Ok(())
}

/// Beside one that never gives way: one that is over, one live, one that has begun and takes no time of its own, and
/// one that stands in line. Then the first is stopped.
const OTHERS: &str = "await customElements.whenDefined('loop-scope');
    const [stubborn, over, live, begun, queued] = document.querySelectorAll('loop-scope');
    const soon = () => new Promise((soon) => setTimeout(soon, 1));
    const first = (await over.run()).hash;
    const runs = { live: live.run(), begun: begun.run() };
    while (!(live.heard.filter(({ type }) => type === 'output').length > 2 && begun.state === 'running')) await soon();
    runs.stubborn = stubborn.run();
    while (stubborn.state !== 'running') await soon();
    // Until it does not give way any more.
    await new Promise((soon) => setTimeout(soon, 100));
    runs.queued = queued.run();
    const drawn = live.trace.events.length;
    const between = [live, begun, queued].map(({ state }) => state);
    stubborn.stop();
    const traces = {};
    for (const [name, run] of Object.entries(runs)) traces[name] = await run;
    const lines = begun.heard.filter(({ type }) => type === 'output').length;
    const { hash } = await begun.run();
    return { between, states: [stubborn, over, live, begun, queued].map(({ state }) => state),
        kept: live.trace.events.length >= drawn && drawn > 0, note: live.shadowRoot.querySelector('[part=note]').textContent,
        over: over.trace.hash === first, queued: traces.queued.hash === first, begun: traces.begun.hash === hash,
        lines: lines === traces.begun.output.length, errors: document.querySelectorAll('loop-scope')[2].heard.filter(({ type }) => type === 'error').length }";

pub(crate) async fn nothing_of_the_others_is_lost(stage: &Stage) -> Result<()> {
    let counter = r#"scenario="async-counter" clock="virtual""#;
    let live = r#"scenario="async-counter" limit="1000" delay="0.03""#;
    let begun = r#"scenario="csv-rows" clock="virtual" rows="100000" give_way="1""#;
    let widget = open(stage, &[r#"scenario="never-awaits""#, counter, live, begun, counter]).await?;
    let found = widget.eval(OTHERS, &[]).await?;
    let expected = json!(["stopped", "done", "stopped", "done", "done"]);
    ensure!(found["states"] == expected, "the states are {found}");
    ensure!(found["between"] == json!(["running", "running", "loading"]), "it was not as meant: {found}");
    for held in ["kept", "over", "queued", "begun", "lines"] {
        ensure!(found[held] == true, "not so: {held} in {found}");
    }
    let said = found["note"].as_str().unwrap_or_default();
    ensure!(said.contains("run it again") && found["errors"] == 0, "the reader of the live one: {found}");
    Ok(())
}

/// Starts a run, and notes the longest time without a frame while it goes on.
const WATCH: &str = "await customElements.whenDefined('loop-scope');
    window.longest = 0;
    let last = performance.now();
    const watch = (now) => {
        window.longest = Math.max(window.longest, now - last);
        last = now;
        if (['idle', 'loading', 'running'].includes(element.state)) requestAnimationFrame(watch);
    };
    element[Symbol.for('loopscope.start')]();
    requestAnimationFrame(watch)";

/// The same page runs something else.
const AGAIN: &str = "element.setAttribute('scenario', 'async-counter');
    element.setAttribute('clock', 'virtual');
    return (await element.run()).result.values";

pub(crate) async fn memory_has_an_end(stage: &Stage) -> Result<()> {
    for clock in ["wall", "virtual"] {
        let widget = open(stage, &[&format!(r#"scenario="hoard" clock="{clock}""#)]).await?;
        widget.eval(WATCH, &[]).await?;
        widget.wait_state("failed", 2 * SOON).await?;
        let said = widget.get("shadow.querySelector('[part=message]').textContent").await?;
        let said = said.as_str().unwrap_or_default();
        ensure!(said.contains("asked for more memory than there is"), "the reader is told: {said}");
        // The bound is half a gigabyte; a piece of a megabyte and the rest of the engine are below it.
        let had = said.split_whitespace().rev().nth(1).and_then(|number| number.parse::<u32>().ok());
        ensure!(had.is_some_and(|had| (500..=512).contains(&had)), "it had {had:?} MB");
        ensure!(widget.heard("error").await?.len() == 1, "not one error event");
        ensure!(widget.get("element.trace.events.length").await?.as_u64() > Some(0), "nothing is left of it");
        responsive(&widget, &format!("memory until refusal on the {clock} clock")).await?;
        ensure!(widget.eval(AGAIN, &[]).await? == json!([1, 2, 3]), "after it nothing runs");
    }
    Ok(())
}

/// On the page's own thread, what breaks down comes to nobody who called it, and the page may break down by itself.
pub(crate) async fn memory_has_an_end_without_a_worker(stage: &Stage) -> Result<()> {
    let body = r#"<script>
            delete globalThis.Worker;
            globalThis.fail = () => {
                setTimeout(() => { throw new RangeError('of the page'); });
                void Promise.reject(new WebAssembly.RuntimeError('of another'));
            };
        </script>
        <loop-scope scenario="hoard" size="10000000"></loop-scope>"#;
    stage.browser.goto(&stage.hostile.page("alone.html", host("/loopscope.js", body))).await?;
    let widget = Widget::first(&stage.browser);
    // Errors of the page's own, as those of an engine look, while the program goes on.
    let own = "await customElements.whenDefined('loop-scope');
        void element.run();
        while (!element.trace?.events.length) await new Promise((soon) => setTimeout(soon));
        fail();
        await new Promise((soon) => setTimeout(soon, 10));
        return element.state";
    ensure!(widget.eval(own, &[]).await? == "running", "what the page does is taken for the program's");
    widget.wait_state("failed", 2 * SOON).await?;
    let said = widget.get("shadow.querySelector('[part=message]').textContent").await?;
    let said = said.as_str().unwrap_or_default();
    ensure!(said.contains("asked for more memory than there is"), "the reader is told: {said}");
    ensure!(widget.eval(AGAIN, &[]).await? == json!([1, 2, 3]), "after it nothing runs");
    let complaints = widget.eval("return globalThis.__complaints.splice(0)", &[]).await?;
    ensure!(
        complaints.as_array().is_some_and(|all| all.len() == 3),
        "its own two and the trap: {complaints}"
    );
    Ok(())
}

pub(crate) async fn so_has_what_is_recorded(stage: &Stage) -> Result<()> {
    let widget = open(stage, &[r#"scenario="endless-generator" clock="virtual""#]).await?;
    widget.eval(WATCH, &[]).await?;
    widget.wait_state("stopped", 3 * SOON).await?;
    let said = widget.text().await?;
    ensure!(said.contains("four million events"), "the reader is told: {said}");
    responsive(&widget, "four million events").await?;
    ensure!(widget.eval(AGAIN, &[]).await? == json!([1, 2, 3]), "after it nothing runs");
    Ok(())
}

/// To the end of the memory, or of the million.
pub(crate) async fn a_million_tasks(stage: &Stage) -> Result<()> {
    let widget = open(stage, &[r#"scenario="many-tasks" clock="virtual""#]).await?;
    widget.eval(WATCH, &[]).await?;
    widget.wait("['done', 'failed', 'stopped'].includes(element.state)", 3 * SOON).await?;
    responsive(&widget, "a million tasks").await?;
    ensure!(widget.eval(AGAIN, &[]).await? == json!([1, 2, 3]), "after it nothing runs");
    Ok(())
}

/// Generous by far, for a machine that builds beside: this is about freezing.
async fn responsive(widget: &Widget<'_>, what: &str) -> Result<()> {
    let longest = widget.get("window.longest").await?;
    println!("{what}: at most {longest} ms without a frame");
    ensure!(longest.as_f64().is_some_and(|millis| millis < 3000.0), "the page froze for {longest} ms");
    Ok(())
}
