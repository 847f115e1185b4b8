//! How the trace tells that a task has ended.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{Error, VirtualLoop, gather_results, sleep, spawn};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test(unsupported = test)]
fn the_end_of_a_task_is_told_as_it_was() {
    let recorder = Rc::new(Recorder::default());
    let ends = VirtualLoop::with_recorder(recorder.clone()).run(async {
        let returns = spawn(async { Ok(()) });
        let fails = spawn(async { Err(Error::value("no").raise_from(Error::key("k"))) });
        let stops = spawn(sleep(loopscope::Duration::from_secs(1)));
        stops.cancel();
        gather_results([returns, fails, stops]).await.map(|ends| ends.len())
    });
    assert_eq!(ends.unwrap(), 3);
    let batch = recorder.take();
    let done = batch.events.iter().filter(|event| event.kind == Event::Done);
    let told: Vec<_> = done.map(|event| (event.task, recorder.text(event.text).to_string())).collect();
    let expected = [
        (2, "returned"),
        (3, "raised ValueError: no, caused by KeyError: k"),
        (4, "cancelled"),
        (1, "returned"),
    ];
    assert_eq!(told, expected.map(|(task, text)| (task, text.to_owned())));
}
