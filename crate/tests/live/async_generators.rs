//! The chapter "Async generators".

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{below, check, live, live_until};

/// Checks that a time is what must pass, or more: a busy machine is late, but not by a second.
#[track_caller]
fn check_seconds(result: &Value, pointer: &str, least: f64) {
    check(result, pointer, least, least + 5.0);
}

#[wasm_bindgen_test]
async fn whoever_is_faster_waits_as_long_as_is_said() {
    let given = [("items", "4"), ("produce", "0.02"), ("consume", "0.1"), ("capacity", "1")];
    let result = live(1.0, "producer-consumer", &given).await;
    assert_eq!(result["received"], json!([1, 2, 3, 4]));
    check_seconds(&result, "/total_s", 0.42);
    check_seconds(&result, "/blocked_s", 0.05);
    check_seconds(&result, "/starved_s", 0.02);
}

#[wasm_bindgen_test]
async fn lines_are_the_same_from_both() {
    let result = live(1.0, "line-reader", &[("lines", "2"), ("delay", "0.05")]).await;
    for way in ["by_hand", "generator"] {
        assert_eq!(result[way]["lines"], json!(["line 1", "line 2"]));
        check_seconds(&result, &format!("/{way}/total_s"), 0.1);
    }
}

#[wasm_bindgen_test]
async fn the_delays_of_fetches_add_up() {
    let result = live(10.0, "fetch-items", &[("items", "3")]).await;
    let sum: f64 = result["delays_s"].as_array().unwrap().iter().map(|delay| delay.as_f64().unwrap()).sum();
    // At ten times the speed a clock that steps by a millisecond may be ten behind.
    check(&result, "/total_s", sum - 0.03, sum + 20.0);
}

#[wasm_bindgen_test]
async fn the_stages_of_a_pipeline_add_up() {
    let given = [("count", "4"), ("source", "0.03"), ("transform", "0.02")];
    let result = live(1.0, "async-pipeline", &given).await;
    assert_eq!(result["values"], json!([0, 4]));
    check_seconds(&result, "/total_s", 0.16);
}

#[wasm_bindgen_test]
async fn two_pages_are_enough_for_three_items() {
    let given = [("page_size", "2"), ("fetch", "0.05"), ("process", "0.02"), ("stop_after", "3")];
    let result = live(1.0, "paginated-api", &given).await;
    assert_eq!((&result["items"], &result["pages_fetched"]), (&json!([1, 2, 3]), &json!(2)));
    assert_eq!(result["closed"], json!(true));
    check_seconds(&result, "/total_s", 0.16);
}

#[wasm_bindgen_test]
async fn messages_end_with_their_connection() {
    let result = live(1.0, "live-feed", &[("messages", "6"), ("gap", "0.01")]).await;
    assert_eq!(result, json!({ "kept": 2, "skipped": 3, "invalid": 1, "closed": true }));
}

#[wasm_bindgen_test]
async fn who_gives_way_lets_the_heart_beat() {
    let never = live(1.0, "csv-rows", &[("rows", "50000"), ("give_way", "100000")]).await;
    let shorter = |result: &Value| below(result, "/max_gap_s", never["max_gap_s"].as_f64().unwrap());
    let often = live_until("csv-rows", &[("rows", "50000"), ("give_way", "50")], shorter).await;
    assert_eq!((&often["rows"], &often["sum"]), (&never["rows"], &never["sum"]));
    assert_eq!((&often["beats"], &never["beats"]), (&json!(1001), &json!(1)));
    assert!(shorter(&often), "{} and {}", often["max_gap_s"], never["max_gap_s"]);
}

#[wasm_bindgen_test]
async fn a_monitor_times_what_passes() {
    let given = [("items", "3"), ("base", "0.05"), ("step", "0.02")];
    let result = live(1.0, "monitored-stream", &given).await;
    assert_eq!((&result["items"], &result["broken_off"]["items"]), (&json!(3), &json!(2)));
    check_seconds(&result, "/total_s", 0.21);
    check_seconds(&result, "/broken_off/total_s", 0.12);
    check_seconds(&result, "/failed/total_s", 0.12);
}
