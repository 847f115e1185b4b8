//! What a blocking call does in a worker, where the page has its loop: there it has to make a worker of its own.
#![cfg(target_arch = "wasm32")] // It is a browser's worker.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use loopscope::trace::{Kind, Recorder};
use loopscope::{BrowserLoop, Duration, now, offload_block};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
async fn a_worker_of_a_worker_blocks() {
    let recorder = Rc::new(Recorder::default());
    let lap = BrowserLoop::new(1.0, Some(recorder.clone()));
    let task = lap.start(async {
        let start = now();
        offload_block(Duration::from_millis(300)).await?;
        Ok(now() - start)
    });
    for _ in 0..1000 {
        TimeoutFuture::new(5).await;
        if task.is_finished() {
            break;
        }
    }
    let took = task.result().unwrap().unwrap();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(3), "{took:?}");
    let events = recorder.take().events;
    let waits: Vec<_> = events.iter().filter(|event| event.kind == Kind::Wait).collect();
    assert_eq!(&*recorder.text(waits[0].text), "0.3 s of a blocking call in a worker");
    // A worker that did not run would have been replaced by a timer of nearly all of that time.
    let left = waits
        .get(1)
        .map_or(Duration::ZERO, |wait| Duration::from_nanos(wait.value as u64 - wait.t.as_nanos()));
    assert!(left < Duration::from_millis(20), "{left:?} are left without a worker");
}
