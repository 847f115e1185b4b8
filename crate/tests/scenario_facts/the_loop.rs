//! The chapter "The loop".

use loopscope::scenarios;
use loopscope::trace::Kind;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ran::{assert_seconds, ran};

#[wasm_bindgen_test(unsupported = test)]
fn breakfast_takes_the_sum_or_the_longer_one() {
    for coffee in [0.0, 0.5, 1.25, 3.0, 60.0] {
        for toast in [0.0, 0.5, 2.0, 17.125] {
            let what = format!("coffee {coffee} s, toast {toast} s");
            let ran = ran("breakfast", &[("coffee", coffee), ("toast", toast)]);
            assert_seconds(ran.number("sync_s"), coffee + toast, &what);
            assert_seconds(ran.number("async_s"), f64::max(coffee, toast), &what);
            let blocked: Vec<_> = ran.events(Kind::Block).map(|event| event.value as f64 / 1e9).collect();
            assert_eq!(blocked, [coffee, toast], "{what}");
            assert_eq!(ran.turns_of("coffee")[0], ran.turns_of("toast")[0], "{what}: both start together");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn greetings_end_in_the_order_of_their_waits() {
    for first in [0.0, 0.3, 1.0, 2.0] {
        for second in [0.0, 0.3, 0.7, 2.0, 5.5] {
            let ran = ran("greetings", &[("first", first), ("second", second)]);
            // Of two with one deadline the one that set it first ends first.
            let order = if second < first { ["second", "first"] } else { ["first", "second"] };
            assert_eq!(ran.result["order"], json!(order), "{first} and {second} s");
            assert_seconds(
                ran.number("total_s"),
                f64::max(first, second),
                &format!("{first} and {second} s"),
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn waits_add_up_in_a_row_and_overlap_together() {
    for items in [1, 2, 7, 20, 500] {
        for delay in [0.0, 0.05, 0.1, 1.5] {
            let what = format!("{items} items of {delay} s");
            let ran = ran("sequential-vs-concurrent", &[("items", items as f64), ("delay", delay)]);
            assert_seconds(ran.number("sequential_s"), items as f64 * delay, &what);
            assert_seconds(ran.number("concurrent_s"), delay, &what);
            let speedup = if delay > 0.0 { items as f64 } else { 1.0 };
            assert_seconds(ran.number("speedup"), speedup, &what);
            // The main task makes the calls of the row, each gathered one is a task of its own.
            assert_eq!(ran.events(Kind::Spawn).count(), items + 1, "{what}");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_heart_stands_still_for_a_block_and_for_nothing_else() {
    for block in [0.0, 0.05, 0.3, 1.0, 2.5, 60.0] {
        for beat in [0.01, 0.1, 0.25, 1.0, 10.0] {
            let what = format!("blocked {block} s, a beat each {beat} s");
            let ran = ran("blocking-the-loop", &[("block", block), ("beat", beat)]);
            let gap = |way: &str| ran.result[way]["max_gap_s"].as_f64().unwrap();
            assert!(gap("blocking") >= block - 1e-9, "{what}: {}", gap("blocking"));
            assert!(gap("blocking") <= f64::max(block, beat) + 1e-9, "{what}: {}", gap("blocking"));
            for way in ["awaited", "offloaded"] {
                assert_seconds(gap(way), beat, &format!("{what}, {way}"));
            }
            let blocks: Vec<_> = ran.events(Kind::Block).map(|event| event.value as f64 / 1e9).collect();
            assert_eq!(blocks, [block], "{what}: only one of the three blocks");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn what_was_forgotten_has_a_note_at_its_call_and_what_was_awaited_has_none() {
    let ran = ran("forgotten-await", &[]);
    assert_eq!(ran.result, json!({ "forgotten_ran": false, "awaited_ran": true }));
    assert!(ran.said().iter().all(|said| !said.starts_with("fern: ")));
    let lints: Vec<_> = ran.events(Kind::Lint).collect();
    assert_eq!(lints.len(), 1);
    assert!(ran.texts(Kind::Lint)[0].starts_with("water was made and never awaited"));
    let source = scenarios::source("forgotten-await").unwrap();
    let line = source.lines().nth(lints[0].place.unwrap().line() as usize - 1).unwrap();
    assert!(line.contains("let forgotten = water(\"fern\""), "the note is at {line}");
}
