//! The first slice: an async generator on both hosts.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use futures::{StreamExt, TryStreamExt};
use loopscope::scenario::Params;
use loopscope::trace::{Kind, Recorder};
use loopscope::{
    AsyncGen, Duration, Error, Kind as ErrorKind, Result, VirtualLoop, now, scenarios, sleep, spawn,
};
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn second() -> Duration {
    Duration::from_secs(1)
}

fn counter(limit: u64) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 1..=limit {
            sleep(second()).await?;
            co.yield_(number).await?;
        }
        Ok(())
    })
}

/// Runs a scenario on the virtual clock and gives its result, what it recorded and the hash of its schedule.
fn run(id: &str, given: &[(&str, &str)]) -> (Result<Value>, loopscope::trace::Batch, String) {
    let scenario = scenarios::find(id).unwrap();
    let params = Params::new(scenario.manifest(), given.iter().copied()).unwrap();
    let recorder = Rc::new(Recorder::default());
    let result = VirtualLoop::with_recorder(recorder.clone()).run(scenario.program(&params));
    let result = result.map(|value| serde_json::from_str(&value.to_string()).unwrap());
    let batch = recorder.take();
    (result, batch, recorder.hash())
}

#[wasm_bindgen_test(unsupported = test)]
fn counts_with_a_pause_before_each_number() {
    let (result, batch, _) = run("async-counter", &[]);
    assert_eq!(result.unwrap(), json!({ "values": [1, 2, 3], "total_s": 1.5 }));
    let printed: Vec<_> = batch.events.iter().filter(|event| event.kind == Kind::Print).collect();
    let times: Vec<_> = printed.iter().map(|event| event.t.as_secs_f64()).collect();
    assert_eq!(times, [0.5, 1.0, 1.5]);
}

#[wasm_bindgen_test(unsupported = test)]
fn counts_as_far_and_as_fast_as_it_is_told() {
    let (result, _, _) = run("async-counter", &[("limit", "4"), ("delay", "0.25")]);
    assert_eq!(result.unwrap(), json!({ "values": [1, 2, 3, 4], "total_s": 1.0 }));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_run_has_the_same_hash_and_another_one_has_not() {
    let hash = |given: &[(&str, &str)]| run("async-counter", given).2;
    assert_eq!(hash(&[]), hash(&[("limit", "3")]));
    assert_ne!(hash(&[]), hash(&[("limit", "4")]));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_that_the_frame_froze_at_each_yield() {
    let (_, batch, _) = run("async-counter", &[("limit", "2")]);
    // What memory there is is measured: it differs between targets.
    let events = batch.events.iter().filter(|event| event.kind != Kind::Memory);
    let told: Vec<_> = events.map(|event| event.kind.name()).collect();
    let step = ["resume", "wait", "poll-end", "wake", "poll-start", "yield", "receive", "print"];
    let mut expected = vec!["spawn", "poll-start"];
    expected.extend(step.iter().chain(&step));
    expected.extend(["resume", "return", "poll-end", "done"]);
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_is_a_stream() {
    let numbers = VirtualLoop::new().run(async {
        StreamExt::map(counter(3), |number| number.map(|number| number * 2)).try_collect::<Vec<_>>().await
    });
    assert_eq!(numbers.unwrap(), [2, 4, 6]);
}

#[wasm_bindgen_test(unsupported = test)]
fn waiting_generators_do_not_hold_each_other_up() {
    let times = VirtualLoop::new().run(async {
        let last = async |limit| counter(limit).map(|_| now().as_secs_f64()).collect::<Vec<_>>().await;
        let (one, other) = (spawn(last(2)), spawn(last(3)));
        Ok((one.await?, other.await?))
    });
    assert_eq!(times.unwrap(), (vec![1.0, 2.0], vec![1.0, 2.0, 3.0]));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_program_that_can_never_go_on_is_told_so() {
    let stuck = VirtualLoop::new().run(async {
        futures::future::pending::<()>().await;
        Ok(())
    });
    assert_eq!(
        stuck.unwrap_err().message(),
        "deadlock: nothing is ready and no timer is set, but these tasks have not ended: main"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn parameters_are_refused_with_a_sentence() {
    let manifest = scenarios::find("async-counter").unwrap().manifest();
    let refused = |name, value| Params::new(manifest, [(name, value)]).unwrap_err().message().to_owned();
    assert_eq!(refused("limit", "abc"), "limit must be a whole number from 1 to 1000, not \"abc\"");
    assert_eq!(refused("limit", "0"), "limit must be a whole number from 1 to 1000, not \"0\"");
    assert_eq!(refused("limit", "2.5"), "limit must be a whole number from 1 to 1000, not \"2.5\"");
    assert_eq!(refused("delay", "NaN"), "delay must be a number of seconds from 0 to 60, not \"NaN\"");
    assert_eq!(refused("colour", "1"), "async-counter has no parameter \"colour\": it has limit, delay");
    let unknown: Error = scenarios::find("nonsense").err().unwrap();
    assert!(unknown.is(ErrorKind::ValueError));
    assert!(unknown.message().starts_with("there is no scenario \"nonsense\": choose one of "));
    assert!(unknown.message().contains("async-counter, "));
}
