//! The chapter "Context managers".

use loopscope::trace::Kind;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ran::{assert_seconds, ran};

const BEAT: f64 = 0.1;

#[wasm_bindgen_test(unsupported = test)]
fn blocking_and_awaiting_take_as_long_but_only_one_of_them_stops_the_heart() {
    for (enter, body, exit) in [(1.0, 0.5, 0.5), (0.0, 0.0, 0.0), (0.25, 0.0, 3.0), (0.01, 7.5, 0.02)] {
        let ran = ran("context-lifecycle", &[("enter", enter), ("body", body), ("exit", exit)]);
        let length = enter + body + exit;
        assert_seconds(ran.number("sync_s"), length, "the blocking way");
        assert_seconds(ran.number("async_s"), length, "the awaiting way");
        assert_eq!(ran.uses("Workshop"), 2);

        let mut beats = ran.turns_of("heartbeat");
        // In its first turn it sets its first timer, in its last it is cancelled.
        assert_seconds(beats.remove(0), 0.0, "it starts at once");
        assert_seconds(beats.pop().unwrap(), ran.end(), "it is there to the end");
        // What was due while the loop was blocked comes as soon as it is not.
        let first = if length > BEAT { length } else { BEAT };
        assert!(beats.iter().all(|beat| *beat >= first - 1e-9), "{beats:?}");
        let starved = |pair: &[f64]| pair[1] - pair[0] > BEAT + 1e-6;
        assert!(!beats.windows(2).any(starved), "{beats:?}");
        assert!(beats.last().is_none_or(|last| ran.end() - last <= BEAT + 1e-6), "{beats:?}");
        assert_eq!(beats.is_empty(), 2.0 * length <= BEAT, "{beats:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_sets_up_before_the_body_and_tears_down_after_it() {
    for (setup, teardown) in [(1.0, 0.5), (0.0, 0.0), (0.0, 12.0), (2.25, 0.125)] {
        let ran = ran("context-from-generator", &[("setup", setup), ("teardown", teardown)]);
        assert_eq!(ran.result["order"], json!(["setup", "body", "teardown"]));
        assert_eq!(ran.result["value"], json!("a connection"));
        assert_seconds(ran.number("total_s"), setup + teardown, "setting up and tearing down");
        let kinds = [Kind::EnterStart, Kind::Entered, Kind::ExitStart, Kind::Exited];
        let times = [0.0, setup, setup, setup + teardown];
        for (kind, expected) in kinds.into_iter().zip(times) {
            let measured: Vec<_> = ran.events(kind).map(|event| event.t.as_secs_f64()).collect();
            assert_eq!(measured.len(), 1, "{kind:?}");
            assert_seconds(measured[0], expected, "the bracket");
        }
        let said: Vec<_> = ran.events(Kind::Print).map(|event| event.t.as_secs_f64()).collect();
        assert_eq!(ran.said(), ["setup", "body", "the body got a connection", "teardown"]);
        for (measured, expected) in said.into_iter().zip([setup, setup, setup, setup + teardown]) {
            assert_seconds(measured, expected, "a step");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn one_kind_of_error_ends_at_the_exit_and_another_goes_through() {
    let ran = ran("suppress-or-propagate", &[]);
    assert_eq!(ran.result, json!({ "value_error": "suppressed", "key_error": "escaped" }));
    assert_eq!(ran.uses("Form"), 2);
    let suppressed: Vec<_> = ran.events(Kind::Exited).map(|event| event.value).collect();
    assert_eq!(suppressed, [1, 0]);
    assert_eq!(ran.said_of("the form is put away").len(), 2);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_room_is_cleaned_once_when_the_time_is_up_and_when_the_task_is_cancelled() {
    let times = [0.0, 0.5, 1.0, 7.25, 60.0];
    for timeout in times {
        for work in times {
            for cleanup in times {
                let given = [("timeout", timeout), ("work", work), ("cleanup", cleanup)];
                let ran = ran("cancel-and-timeout", &given);
                let what = format!("{given:?}");
                let check = |which: &str, outcome: &str, cleaned: &[&str], interrupted: &[&str], end: f64| {
                    let mut told = ran.result[which].clone();
                    let total = told["total_s"].take().as_f64().unwrap();
                    assert_seconds(total, end, &format!("{what}: {which}"));
                    let expected = json!({
                        "outcome": outcome, "cleaned": cleaned, "interrupted": interrupted, "total_s": null,
                    });
                    assert_eq!(told, expected, "{what}: {which}");
                };
                // The deadline was set first, so it fires first when both are due.
                if work >= timeout {
                    check("timeout", "TimeoutError", &["room"], &[], timeout + cleanup);
                } else {
                    check("timeout", "finished", &["room"], &[], work + cleanup);
                }
                let early = timeout.min(work / 2.0);
                check("cancel", "CancelledError", &["room"], &[], early + cleanup);
                let end = early + cleanup / 2.0 + cleanup;
                check("second_cancel", "CancelledError", &["outer room"], &["inner room"], end);
                let rooms = ["room", "outer room", "inner room"].map(|room| ran.uses(room));
                assert_eq!(rooms, [2, 1, 1], "{what}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn what_was_opened_last_is_closed_first_nested_and_on_a_stack() {
    for fail in 0..=3_u8 {
        let ran = ran("exit-stack", &[("fail", f64::from(fail))]);
        let nested = if fail == 0 {
            json!([
                "open first",
                "open second",
                "open third",
                "use all three",
                "close third",
                "close second",
                "close first"
            ])
        } else {
            json!([
                "open first",
                "open second",
                "third does not open",
                "close second after ConnectionError: third is out of reach",
                "close first after ConnectionError: third is out of reach"
            ])
        };
        assert_eq!(ran.result, json!({ "nested": nested, "stack": nested }));
        let uses = ["first", "second"].map(|name| ran.uses(name));
        assert_eq!((uses, ran.uses("AsyncExitStack")), ([2, 2], 1));
        // Both take as long: 0.2 s to open each, 0.1 s to close each that is open.
        let each = if fail == 0 { 0.9 } else { 0.8 };
        assert_seconds(ran.end(), 2.0 * each, "both ways");
    }
}
