//! The story of every scenario with its defaults, natively and in every browser: golden/NAME.txt.
//!
//! The hash in the first line is over all that happened, turn by turn: a change of it is a change of behaviour. The
//! lines below are to be read: `t  task  what`. `UPDATE_GOLDEN=1 cargo test -p loopscope --test golden` renews them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::scenario::{Params, Scenario};
use loopscope::trace::{Batch, Event, Kind, Recorder, Subject};
use loopscope::{VirtualLoop, scenarios};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Of longer stories the middle is left out.
const FIRST: usize = 240;
const LAST: usize = 60;

#[wasm_bindgen_test(unsupported = test)]
fn every_scenario_tells_its_story() {
    let wrong: Vec<_> = scenarios::all().filter_map(check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Compares what a scenario tells with what is kept; returns where they part.
fn check(scenario: &dyn Scenario) -> Option<String> {
    let id = scenario.manifest().id;
    let recorder = Rc::new(Recorder::default());
    let params = Params::new(scenario.manifest(), []).unwrap();
    VirtualLoop::with_recorder(recorder.clone()).run(scenario.program(&params)).unwrap();
    let told = story(&recorder);
    let kept = kept(id, &told);
    if told == kept {
        return None;
    }
    let pair = (told.lines(), kept.lines());
    // The hash is in the first line: it says that they differ, not where.
    let part = pair.0.zip(pair.1).skip(1).find(|(told, kept)| told != kept);
    let (told, kept) =
        part.unwrap_or((told.lines().next().unwrap(), kept.lines().next().unwrap_or_default()));
    Some(format!("{id}\ntells    {told}\nwas told {kept}"))
}

/// Reads the story that is kept, or renews it.
#[cfg(not(target_arch = "wasm32"))]
fn kept(id: &str, told: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let file = folder.join(format!("{id}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, told).unwrap();
    }
    std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n")
}

#[cfg(target_arch = "wasm32")]
fn kept(id: &str, _: &str) -> String {
    static GOLDEN: include_dir::Dir<'_> = include_dir::include_dir!("$CARGO_MANIFEST_DIR/tests/golden");
    let file = GOLDEN.get_file(format!("{id}.txt"));
    file.and_then(|file| file.contents_utf8()).unwrap_or_default().replace("\r\n", "\n")
}

/// Writes down what was recorded, for people.
fn story(recorder: &Recorder) -> String {
    let hash = recorder.hash();
    let mut batch = recorder.take();
    assert_eq!(batch.dropped, 0);
    // What memory there is is measured: it differs between targets, and between what runs beside it.
    batch.events.retain(|event| event.kind != Kind::Memory);
    let mut tasks = vec![Rc::from("the loop")];
    for event in batch.events.iter().filter(|event| event.kind == Kind::Spawn) {
        assert_eq!(event.task as usize, tasks.len());
        tasks.push(recorder.text(event.text));
    }
    let width = tasks.iter().map(|task| task.chars().count()).max().unwrap_or_default();
    let line = |event: &Event| {
        let task = &tasks[event.task as usize];
        format!(
            "{:>8}  {task:width$}  {}\n",
            seconds(event.t.as_nanos()),
            what(event, &batch, recorder, &tasks)
        )
    };
    let count = batch.events.len();
    let mut text = format!("hash {hash}\n");
    if count <= FIRST + LAST {
        return batch.events.iter().map(line).fold(text, |text, line| text + &line);
    }
    text.extend(batch.events[..FIRST].iter().map(line));
    text += &format!("… {} events …\n", count - FIRST - LAST);
    text.extend(batch.events[count - LAST..].iter().map(line));
    text
}

/// Names what happened, on what, what was said of it and how much of it there is.
fn what(event: &Event, batch: &Batch, recorder: &Recorder, tasks: &[Rc<str>]) -> String {
    let kind = event.kind;
    let mut words = kind.name().to_owned();
    let subject = match kind.subject() {
        Subject::Task => Some(&*tasks[event.subject as usize]),
        Subject::Resource if event.subject > 0 => {
            let resource = &batch.resources[event.subject as usize - 1];
            assert_eq!(resource.id, event.subject);
            Some(resource.name.as_str())
        }
        Subject::Resource | Subject::None => None,
    };
    if let Some(subject) = subject {
        words += &format!(" {} {subject}", kind.subject_name());
    }
    let text = recorder.text(event.text);
    if !text.is_empty() {
        words += &format!(": {text}");
    }
    match kind.value_name() {
        "" => {}
        "until" if event.value == 0 => {}
        name @ ("until" | "length") => words += &format!(", {name} {}", seconds(event.value as u64)),
        name => words += &format!(", {name} {}", event.value),
    }
    words
}

/// A time in seconds with three digits, or as many as it needs.
fn seconds(nanos: u64) -> String {
    let text = format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
    let least = text.len() - 6;
    let needed = text.trim_end_matches('0').len();
    text[..needed.max(least)].to_owned()
}

/// The page's loop is another one: on its virtual clock it has the same schedule.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test]
async fn the_loop_of_the_page_has_the_same_schedule() {
    for scenario in scenarios::all() {
        let id = scenario.manifest().id;
        let recorder = Rc::new(Recorder::default());
        let params = Params::new(scenario.manifest(), []).unwrap();
        let lap = loopscope::BrowserLoop::instant(Some(recorder.clone()));
        let main = lap.start(scenario.program(&params));
        for _ in 0..2000 {
            if main.is_finished() && lap.is_empty() {
                break;
            }
            gloo_timers::future::TimeoutFuture::new(5).await;
        }
        let hash = format!("hash {}", recorder.hash());
        assert_eq!(Some(hash.as_str()), kept(id, "").lines().next(), "{id}");
    }
}
