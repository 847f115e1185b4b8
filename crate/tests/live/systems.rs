//! The chapter "Systems".

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{below, check, live, live_until};

#[wasm_bindgen_test]
async fn connections_are_shared_and_come_back() {
    let result = live(1.0, "connection-pool", &[("connections", "2"), ("queries", "5")]).await;
    assert_eq!(result["served"], json!([1, 2, 3, 4, 5]));
    assert_eq!((&result["max_held"], &result["held_after"]), (&json!(2), &json!(0)));
    // Five of 0.1 to 0.5 s, two at a time.
    check(&result, "/total_s", 0.3, 7.0);
}

/// Checks that requests were apart. Each is noted just after it was let through, which can be late.
#[track_caller]
fn check_apart(result: &Value, least: f64) {
    let times: Vec<_> =
        result["requests_s"].as_array().unwrap().iter().map(|time| time.as_f64().unwrap()).collect();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= least - 0.005), "{times:?}");
}

#[wasm_bindgen_test]
async fn requests_are_throttled() {
    let given = [("rate", "10"), ("pages", "4"), ("request", "0.02"), ("process", "0.01")];
    let result = live(1.0, "throttled-client", &given).await;
    assert_eq!(result["items"], json!(12));
    check_apart(&result, 0.1);
    check(&result, "/total_s", 0.35, 5.0);
}

#[wasm_bindgen_test]
async fn pages_come_as_they_are_ready() {
    let result = live(1.0, "scraper", &[]).await;
    assert_eq!(result["completed"].as_array().unwrap().len(), 5);
    assert_eq!(result["kept"], json!(["/3", "/1", "/2"]));
    assert_eq!((&result["failed"], &result["max_in_flight"]), (&json!(["/4"]), &json!(3)));
    check(&result, "/total_s", 0.48, 5.0);
}

#[wasm_bindgen_test]
async fn a_shop_is_scraped_at_a_distance() {
    let given = [("rate", "8"), ("pages", "3"), ("fail_page", "1"), ("empty_page", "3")];
    let result = live(1.0, "rate-limited-scraper", &given).await;
    assert_eq!((&result["items"], &result["closed"]), (&json!([3, 4]), &json!(1)));
    check_apart(&result, 0.125);
    check(&result, "/total_s", 0.6, 5.0);
}

#[wasm_bindgen_test]
async fn batches_and_pauses_add_up() {
    let given = [("items", "7"), ("batch", "3"), ("pause", "0.1"), ("request", "0.05"), ("fail_every", "2")];
    let result = live(1.0, "batch-processor", &given).await;
    assert_eq!(result["batches"], json!(3));
    assert_eq!((&result["done"], &result["dropped"]), (&json!(4), &json!(3)));
    check(&result, "/total_s", 0.35, 5.0);
}

#[wasm_bindgen_test]
async fn names_together_take_the_time_of_one() {
    let given = [("total", "5"), ("delay", "0.1")];
    let result = live_until("random-names", &given, |result| below(result, "/together/total_s", 0.45)).await;
    check(&result, "/loop/total_s", 0.5, 5.0);
    check(&result, "/comprehension/total_s", 0.5, 5.0);
    check(&result, "/together/total_s", 0.1, 0.45);
}
