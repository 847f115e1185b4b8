//! The chapter "Context managers".

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{check, live};

#[wasm_bindgen_test]
async fn entering_using_and_leaving_add_up() {
    let given = [("enter", "0.1"), ("body", "0.05"), ("exit", "0.05")];
    let result = live(1.0, "context-lifecycle", &given).await;
    check(&result, "/sync_s", 0.2, 5.0);
    check(&result, "/async_s", 0.2, 5.0);
}

#[wasm_bindgen_test]
async fn a_generator_takes_its_time_before_and_after() {
    let result = live(1.0, "context-from-generator", &[("setup", "0.1"), ("teardown", "0.05")]).await;
    assert_eq!(result["order"], json!(["setup", "body", "teardown"]));
    check(&result, "/total_s", 0.15, 5.0);
}

#[wasm_bindgen_test]
async fn an_exit_decides_what_goes_through() {
    let result = live(10.0, "suppress-or-propagate", &[]).await;
    assert_eq!(result, json!({ "value_error": "suppressed", "key_error": "escaped" }));
}

#[wasm_bindgen_test]
async fn rooms_are_cleaned_when_time_is_up_or_the_work_is_cancelled() {
    let given = [("timeout", "0.1"), ("work", "60"), ("cleanup", "0.2")];
    let result = live(1.0, "cancel-and-timeout", &given).await;
    for (which, outcome, cleaned) in
        [("timeout", "TimeoutError", "room"), ("cancel", "CancelledError", "room")]
    {
        let told = &result[which];
        assert_eq!((&told["outcome"], &told["cleaned"]), (&json!(outcome), &json!([cleaned])));
        check(&result, &format!("/{which}/total_s"), 0.3, 5.0);
    }
    let twice = &result["second_cancel"];
    assert_eq!((&twice["cleaned"], &twice["interrupted"]), (&json!(["outer room"]), &json!(["inner room"])));
    check(&result, "/second_cancel/total_s", 0.4, 5.0);
}

#[wasm_bindgen_test]
async fn files_are_closed_in_the_opposite_order() {
    let result = live(10.0, "exit-stack", &[("fail", "1")]).await;
    assert_eq!(result["nested"], result["stack"]);
    assert_eq!(result["nested"].as_array().unwrap().len(), 5);
}
