//! What the trace says of probable mistakes: each with a program that makes it and one that does not.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod blocked;
mod dropped;
mod forgotten;
mod lock_held;
mod overlap;
mod queue_pace;
mod yield_inside;

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{Duration, Result, VirtualLoop, sleep};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// A lint as a test sees it: what it says, the line it speaks of and the task.
struct Lint {
    text: String,
    line: u32,
    task: u32,
}

/// Runs a program and gives what is said of it.
fn lints(program: impl Future<Output = Result<()>> + 'static) -> Vec<Lint> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    said(&recorder)
}

fn said(recorder: &Recorder) -> Vec<Lint> {
    let events = recorder.take().events;
    let lints = events.iter().filter(|event| event.kind == Kind::Lint);
    let lint = |event: &loopscope::trace::Event| {
        let line = event.place.map_or(0, |place| place.line());
        Lint { text: recorder.text(event.text).to_string(), line, task: event.subject }
    };
    lints.map(lint).collect()
}

/// Runs a program that makes a mistake; gives what is said of it, which is one thing.
fn said_of(program: impl Future<Output = Result<()>> + 'static) -> Lint {
    let mut lints = lints(program);
    assert_eq!(lints.len(), 1, "{:?}", lints.iter().map(|lint| &lint.text).collect::<Vec<_>>());
    lints.remove(0)
}

/// Runs a program of which nothing is said.
fn silent(program: impl Future<Output = Result<()>> + 'static) {
    let lints = lints(program);
    assert!(lints.is_empty(), "{:?}", lints.iter().map(|lint| &lint.text).collect::<Vec<_>>());
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

async fn pause(length: u64) -> Result<()> {
    sleep(millis(length)).await
}
