//! The systems of the chapter "Async generators".

use loopscope::trace::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::faults::System;
use crate::ledger::Ledger;

/// Opened at most once, and closed as often; pages and items one after the other.
fn pagination(ledger: &Ledger, what: &str) {
    let sessions = ledger.uses("session");
    assert!(sessions <= 1, "{what}");
    assert_eq!(ledger.said("session open").len(), sessions, "{what}");
    assert_eq!(ledger.said("session closed").len(), sessions, "{what}");
    let pages = ledger.expect_numbers("fetching page ");
    let items = ledger.expect_numbers("processed item ");
    assert!(items <= 2 * pages && pages <= items / 2 + 1, "{what}: {pages} pages for {items} items");
    // The one that is lost on the way to the reader is the one at which it was struck.
    let received = ledger.texts("all_items", Kind::Receive).concat().len();
    assert!((items..=items + 1).contains(&received), "{what}: {received} items received, {items} processed");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_pagination_closes_its_session_once_and_loses_no_item() {
    let given = [("pages", "2"), ("page_size", "2")];
    System { id: "paginated-api", given: &given, check: pagination }.try_all(100);
    let given = [("pages", "3"), ("page_size", "2"), ("stop_after", "3"), ("fetch", "0")];
    System { id: "paginated-api", given: &given, check: pagination }.try_all(70);
}

/// Connected at most once, and closed as often; the messages one after the other, and each of them dealt with.
fn feed(ledger: &Ledger, what: &str) {
    let connections = ledger.uses("connection");
    assert!(connections <= 1, "{what}");
    assert_eq!(ledger.said("connected").len(), connections, "{what}");
    assert_eq!(ledger.said("connection closed").len(), connections, "{what}");
    let messages = ledger.texts("read_all", Kind::Receive).concat();
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let numbers: Vec<_> = (1..=messages.len()).map(|number| number.to_string()).collect();
    assert_eq!(messages.iter().map(|text| number(text)).collect::<Vec<_>>(), numbers, "{what}");
    let of_kind = |start| messages.iter().filter(|text| text.starts_with(start)).count();
    assert_eq!(ledger.said("alert: ").len(), of_kind("\"alert"), "{what}");
    assert_eq!(ledger.said("cannot read ").len(), of_kind("\"?"), "{what}");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_feed_closes_its_connection_once_and_loses_no_message() {
    System { id: "live-feed", given: &[("messages", "6")], check: feed }.try_all(100);
    System { id: "live-feed", given: &[("messages", "3"), ("gap", "0")], check: feed }.try_all(25);
}

/// The rows one after the other, and the damaged one reported when it was passed.
fn rows(ledger: &Ledger, what: &str) {
    let amounts = ledger.texts("amounts", Kind::Receive).concat();
    assert!(["1", "2", "3", "4", "5", "6", "8", "9"].starts_with(&amounts), "{what}: {amounts:?}");
    let reported = ledger.said("line 7: ").len();
    assert!(reported <= 1 && (amounts.len() <= 6 || reported == 1), "{what}: {reported} reports");
}

#[wasm_bindgen_test(unsupported = test)]
fn no_row_is_lost_and_the_heart_stops_with_the_reader() {
    System { id: "csv-rows", given: &[("rows", "9"), ("give_way", "2")], check: rows }.try_all(120);
}

/// What a monitor says is what its stream has handed out.
fn monitor(ledger: &Ledger, what: &str) {
    let read: Vec<_> = ledger.texts("monitored", Kind::Receive).iter().map(Vec::len).collect();
    for reader in ["ReadsAll: ", "BreaksOff: ", "Fails: "] {
        let said = ledger.said(reader);
        assert!(said.len() <= 1, "{what}: {reader}{said:?}");
        let counts = said.iter().map(|text| text.trim_end_matches(" items").parse().unwrap());
        assert!(counts.into_iter().all(|count| read.contains(&count)), "{what}: {said:?} of {read:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_monitor_counts_right_whatever_happens_to_its_reader() {
    System { id: "monitored-stream", given: &[("items", "3")], check: monitor }.try_all(200);
}

/// What is made is put, but for the last one when it was struck before; what is put is got in its order.
fn queue(ledger: &Ledger, what: &str) {
    let (made, got) = (ledger.expect_numbers("made "), ledger.expect_numbers("got "));
    let put = ledger.texts("queue", Kind::Put).concat().len();
    assert!((put..=put + 1).contains(&made) && got <= put, "{what}: {made} made, {put} put, {got} got");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_loses_no_item() {
    let given = [("items", "4"), ("capacity", "1")];
    System { id: "producer-consumer", given: &given, check: queue }.try_all(300);
    let given = [("items", "3"), ("capacity", "2"), ("produce", "0.2"), ("consume", "0")];
    System { id: "producer-consumer", given: &given, check: queue }.try_all(200);
}
