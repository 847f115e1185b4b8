//! The chapter "Lazy values".

use loopscope::trace::Kind;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ran::{numbers, ran};

#[wasm_bindgen_test(unsupported = test)]
fn a_body_starts_at_the_first_pull_and_freezes_at_each_yield() {
    for count in [1, 2, 3, 40] {
        let ran = ran("generator-steps", &[("count", count as f64)]);
        assert_eq!(ran.numbers("produced"), (1..=count).collect::<Vec<u64>>());
        let order = ran.order(&[Kind::Print, Kind::Resume, Kind::Yield, Kind::Receive, Kind::Return]);
        let mut expected = vec!["print made, and nothing of it has run".to_owned()];
        for number in 1..=count {
            let wakes =
                if number == 1 { "I start".to_owned() } else { format!("I go on after {}", number - 1) };
            expected.extend(["print pull".to_owned(), "resume".to_owned(), format!("print body: {wakes}")]);
            expected.push(format!("print body: I yield {number} and freeze"));
            expected.extend([
                format!("yield {number}"),
                format!("receive {number}"),
                format!("print got {number}"),
            ]);
        }
        expected.extend(["print pull".to_owned(), "resume".to_owned()]);
        expected.extend([format!("print body: I go on after {count}"), "print body: I end".to_owned()]);
        expected.extend(["return returned".to_owned(), "print exhausted".to_owned()]);
        assert_eq!(order, expected);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_is_good_for_one_reading() {
    for count in [1, 3, 100] {
        let ran = ran("one-shot", &[("count", count as f64)]);
        let all: Vec<u64> = (0..count).collect();
        assert_eq!(ran.result, json!({ "first": all, "second": [], "fresh": all }));
        // Reading what is exhausted wakes nobody: its frame is gone.
        for name in ["once", "fresh"] {
            assert_eq!(ran.events_on(Kind::Return, name).count(), 1);
            assert_eq!(ran.events_on(Kind::Resume, name).count() as u64, count + 1);
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_pipeline_has_one_item_in_flight() {
    for count in [1, 2, 3, 10, 300] {
        let ran = ran("sync-pipeline", &[("count", count as f64)]);
        let even: Vec<u64> = (0..count).filter(|number| number % 2 == 0).map(|number| number * 2).collect();
        assert_eq!(numbers(&ran.result), even);
        let mut in_flight: i64 = 0;
        for said in ran.said() {
            in_flight += if said.starts_with("source makes") { 1 } else { -1 };
            assert!((0..=1).contains(&in_flight), "{said}: {in_flight} in flight");
        }
        assert_eq!(in_flight, 0);
        assert_eq!(ran.events_on(Kind::Yield, "source").count() as u64, count);
        for stage in ["keep_even", "double"] {
            assert_eq!(ran.events_on(Kind::Yield, stage).count(), even.len());
        }
    }
}
