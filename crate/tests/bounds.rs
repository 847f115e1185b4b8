//! The record of a run is bounded. What does not fit is counted, and has its part in the schedule's hash all the same.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::trace::{Batch, Kind, Recorder};
use loopscope::{Duration, VirtualLoop, print, sleep};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How many of a batch's events are no figures of the memory: those are measured, and what other tests do is in them.
fn steady(batch: &Batch) -> u64 {
    batch.events.iter().filter(|event| event.kind != Kind::Memory).count() as u64
}

/// Takes so many turns on a loop and returns what was recorded of them.
fn turn(virtual_loop: &VirtualLoop, recorder: &Recorder, turns: usize) -> Batch {
    let program = async move {
        for _ in 0..turns {
            sleep(Duration::ZERO).await?;
        }
        Ok(())
    };
    virtual_loop.run(program).unwrap();
    recorder.take()
}

fn recording(recorder: Recorder) -> (VirtualLoop, Rc<Recorder>) {
    let recorder = Rc::new(recorder);
    (VirtualLoop::with_recorder(recorder.clone()), recorder)
}

#[wasm_bindgen_test(unsupported = test)]
fn events_for_which_there_is_no_room_are_counted_and_are_in_the_hash() {
    let (loop_, whole) = recording(Recorder::default());
    let all = turn(&loop_, &whole, 1_000);
    assert_eq!(all.dropped, 0);
    let (loop_, small) = recording(Recorder::with_limit(10));
    let few = turn(&loop_, &small, 1_000);
    assert_eq!(few.events.len(), 10);
    let missing = steady(&all) - steady(&few);
    // Figures of the memory are events as well: at most one for each eight others and a few.
    assert!((missing..=missing + missing / 8 + 64).contains(&few.dropped), "{} of {missing}", few.dropped);
    assert_eq!(small.hash(), whole.hash());
}

#[wasm_bindgen_test(unsupported = test)]
fn there_is_room_again_when_a_batch_was_taken_and_the_count_stays() {
    let (loop_, recorder) = recording(Recorder::with_limit(10));
    let first = turn(&loop_, &recorder, 100);
    let second = turn(&loop_, &recorder, 1);
    assert_eq!((second.first, second.dropped), (10, first.dropped), "{} events", second.events.len());
    assert!(first.dropped > 0);
    assert!(second.events.iter().any(|event| event.kind == Kind::Done));
}

#[wasm_bindgen_test(unsupported = test)]
fn texts_for_which_there_is_no_room_are_counted_and_their_events_are_there() {
    let (loop_, recorder) = recording(Recorder::default());
    let program = async {
        for number in 0..300 {
            print(format!("{number} {}", "long ".repeat(13_000)));
        }
        Ok(())
    };
    loop_.run(program).unwrap();
    let batch = recorder.take();
    assert_eq!(batch.events.iter().filter(|event| event.kind == Kind::Print).count(), 300);
    let lost = batch.events.iter().filter(|event| recorder.text(event.text).contains("no room")).count();
    assert!((1..299).contains(&lost), "{lost} of 300 are lost");
    assert_eq!(batch.dropped, lost as u64);
}
