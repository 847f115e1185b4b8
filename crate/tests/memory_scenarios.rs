//! What lists take and generators do not. The counter is one for the process: all of this is one test, so that nothing
//! runs beside it.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use loopscope::scenario::Params;
use loopscope::trace::{Kind, Recorder};
use loopscope::{VirtualLoop, scenarios};
use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs a scenario, recorded or not; gives its result and how many events there were.
fn ran(id: &str, given: &[(&str, u64)], recorded: bool) -> (Value, usize) {
    let scenario = scenarios::find(id).unwrap();
    let given: Vec<_> = given.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let given = given.iter().map(|(name, value)| (*name, value.as_str()));
    let params = Params::new(scenario.manifest(), given).unwrap();
    let recorder = Rc::new(Recorder::default());
    let virtual_loop =
        if recorded { VirtualLoop::with_recorder(recorder.clone()) } else { VirtualLoop::new() };
    let result = virtual_loop.run(scenario.program(&params)).unwrap();
    let result = serde_json::from_str(&result.to_string()).unwrap();
    let batch = recorder.take();
    assert_eq!(batch.dropped, 0);
    (result, batch.events.iter().filter(|event| event.kind != Kind::Memory).count())
}

fn bytes(result: &Value, way: &str) -> u64 {
    result[way]["peak_bytes"].as_u64().unwrap()
}

#[wasm_bindgen_test(unsupported = test)]
fn generators_take_no_more_for_more() {
    a_sum_over_generators_takes_the_same_for_any_number();
    a_log_is_filtered_in_the_room_of_a_line();
}

fn a_sum_over_generators_takes_the_same_for_any_number() {
    for recorded in [true, false] {
        let mut lazy = vec![];
        for items in [1, 1_000, 54_321, 1_000_000] {
            let (result, events) = ran("list-vs-generator", &[("items", items)], recorded);
            // The sum of squares has a formula; the list of them has not.
            let sum = (items - 1) as f64 * items as f64 * (2 * items - 1) as f64 / 6.0;
            for way in ["list", "generator", "async_generator"] {
                let found = result[way]["sum"].as_f64().unwrap();
                assert!((found - sum).abs() <= sum * 1e-12, "{items} items, {way}: {found} and not {sum}");
                assert_eq!(result[way]["first_s"], 0.0);
            }
            assert_eq!(bytes(&result, "list"), 8 * items);
            lazy.push([bytes(&result, "generator"), bytes(&result, "async_generator")]);
            assert!(events < 10_000, "{events} events for {items} items");
        }
        assert!(
            lazy.iter()
                .all(|bytes| bytes == &lazy[0] && bytes.iter().all(|bytes| (1..=1024).contains(bytes))),
            "{lazy:?}"
        );
    }
}

fn a_log_is_filtered_in_the_room_of_a_line() {
    for errors in [0, 1, 5, 33, 100] {
        let mut lazy = vec![];
        for lines in [100, 1_000, 10_000, 100_000] {
            let (result, _) = ran("log-filter", &[("lines", lines), ("errors", errors)], true);
            assert_eq!(result["matched"], lines * errors / 100, "{errors} % of {lines}");
            // A line takes more than 24 bytes, and all of them are there at once.
            assert!(bytes(&result, "eager") > 24 * lines, "{result}");
            lazy.push(bytes(&result, "lazy"));
        }
        assert!(lazy.iter().all(|bytes| *bytes == lazy[0] && *bytes < 2_000), "{lazy:?}");
    }
}
