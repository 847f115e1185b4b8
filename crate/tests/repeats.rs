//! What happens again and again in one turn is counted and not told step by step, and no step is lost for it.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::trace::{Batch, Event, Kind, Recorder};
use loopscope::{AsyncGen, Duration, Gen, Result, VirtualLoop, print, sleep};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// How many cycles of a turn are told step by step.
const TOLD: u64 = 1_000;

fn recorded(program: impl Future<Output = Result<()>> + 'static) -> Batch {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let mut batch = recorder.take();
    // What memory there is is measured, and what other tests do meanwhile is in it.
    batch.events.retain(|event| event.kind != Kind::Memory);
    batch
}

fn count_to(limit: u64) -> Gen<u64> {
    Gen::new(async move |co| {
        for number in 0..limit {
            co.yield_(number).await?;
        }
        Ok(())
    })
}

/// Sums up the yields of a generator: those that are told and those that are counted.
fn yields(batch: &Batch, generator: u32) -> (u64, u64) {
    let of = |kind| batch.events.iter().filter(move |event| (event.kind, event.subject) == (kind, generator));
    (of(Kind::Yield).count() as u64, of(Kind::Repeat).map(|event| event.value as u64).sum())
}

#[wasm_bindgen_test(unsupported = test)]
fn a_hundred_thousand_values_are_few_events_and_all_are_accounted_for() {
    let batch = recorded(async {
        let mut sum = 0;
        for number in count_to(100_000) {
            sum += number?;
        }
        assert_eq!(sum, 4_999_950_000);
        Ok(())
    });
    assert_eq!(yields(&batch, 1), (TOLD, 100_000 - TOLD));
    assert!(batch.events.len() < 4 * TOLD as usize, "{} events", batch.events.len());
    let end: Vec<_> = batch.events.iter().rev().take(5).rev().map(|event| event.kind).collect();
    // The body ran to its end in the last cycle, which gave no value and was no repetition.
    assert_eq!(end, [Kind::Receive, Kind::Repeat, Kind::Return, Kind::PollEnd, Kind::Done]);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_happens_between_is_told_in_its_place() {
    let batch = recorded(async {
        for number in count_to(2 * TOLD) {
            if number? % 500 == 499 {
                print("so far");
            }
        }
        Ok(())
    });
    assert_eq!(yields(&batch, 1), (TOLD, TOLD));
    let quiet: Vec<&Event> = batch.events.iter().skip_while(|event| event.kind != Kind::Repeat).collect();
    let told: Vec<_> = quiet.iter().map(|event| (event.kind, event.value)).collect();
    assert_eq!(told[..4], [(Kind::Repeat, 500), (Kind::Print, 0), (Kind::Repeat, 500), (Kind::Print, 0)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn every_turn_begins_anew() {
    let batch = recorded(async {
        let mut numbers = AsyncGen::new(async |co| {
            for number in 0..3 * TOLD {
                if number % 1_500 == 0 {
                    sleep(Duration::from_secs(1)).await?;
                }
                co.yield_(number).await?;
            }
            Ok(())
        });
        let mut count = 0;
        while numbers.try_next().await?.is_some() {
            count += 1;
        }
        assert_eq!(count, 3 * TOLD);
        Ok(())
    });
    // The two cycles in which the body waited began in the turn before: they are told when they yield, beside the others.
    assert_eq!(yields(&batch, 1), (2 * TOLD + 2, TOLD - 2));
    let waits: Vec<_> = batch.events.iter().filter(|event| event.kind == Kind::Wait).collect();
    assert_eq!(waits.len(), 2);
}

#[wasm_bindgen_test(unsupported = test)]
fn each_generator_of_a_chain_is_counted_by_itself() {
    let batch = recorded(async {
        let evens: Vec<u64> = count_to(10_000).filter(|number| number % 2 == 0).collect()?;
        assert_eq!(evens.len(), 5_000);
        Ok(())
    });
    let sums: Vec<u64> = (1..=2).map(|id| yields(&batch, id)).map(|(told, counted)| told + counted).collect();
    assert_eq!(sums, [5_000, 10_000]);
    let repeats = batch.events.iter().filter(|event| event.kind == Kind::Repeat).count();
    assert!(repeats < 2 * TOLD as usize, "{repeats} repeats");
}
