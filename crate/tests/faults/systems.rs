//! The systems of the chapter "Systems", and the context managers they are made of.

use loopscope::trace::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::faults::System;
use crate::ledger::Ledger;

/// Reads the number at the beginning of a text.
fn number(text: &str) -> u64 {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().unwrap()
}

/// Whoever waited first was served first, and nobody is done who was not served. That all is back the ledger checks.
fn pool(ledger: &Ledger, what: &str) {
    let said = ledger.said("query ");
    let of = |end: &str| -> Vec<u64> {
        said.iter().filter(|text| text.contains(end)).map(|text| number(text)).collect()
    };
    let (mut served, done) = (of("has connection"), of("is done"));
    assert!(served.is_sorted(), "{what}: {served:?} served");
    served.dedup();
    assert!(done.iter().all(|query| served.contains(query)), "{what}: {served:?} served, {done:?} done");
}

#[wasm_bindgen_test(unsupported = test)]
fn every_connection_comes_back_to_the_pool() {
    System { id: "connection-pool", given: &[("connections", "2"), ("queries", "4")], check: pool }
        .try_all(200);
    System { id: "connection-pool", given: &[("connections", "2"), ("queries", "2")], check: pool }
        .try_all(100);
}

/// Requests are as far apart as they must be, also after one that was given up.
#[track_caller]
fn check_apart(ledger: &Ledger, limiter: &str, nanos: u64, what: &str) {
    for times in ledger.times(limiter, Kind::Acquire) {
        assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= nanos), "{what}: {times:?}");
    }
}

/// The pages one after the other, and the items of each page that has come, up to the one at which it was struck.
fn throttle(ledger: &Ledger, what: &str) {
    check_apart(ledger, "bucket", 250_000_000, what);
    let requested = ledger.expect_numbers("request page ");
    let received = ledger.texts("pages", Kind::Receive).concat().len();
    assert!(
        (received..=received + 1).contains(&requested),
        "{what}: {requested} asked for, {received} there"
    );
    let mut items: Vec<_> = ledger.said("item ").iter().map(|text| number(text)).collect();
    items.sort_unstable();
    assert!(items.iter().all(|item| *item <= 2 * received as u64), "{what}: {items:?}");
    let mut once = items.clone();
    once.dedup();
    assert_eq!(once, items, "{what}: an item is processed twice");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_throttled_client_keeps_its_distance_and_stops_its_work() {
    let given = [("rate", "4"), ("pages", "3"), ("page_size", "2")];
    System { id: "throttled-client", given: &given, check: throttle }.try_all(300);
    let given = [("rate", "4"), ("pages", "2"), ("page_size", "2"), ("request", "0"), ("process", "0.5")];
    System { id: "throttled-client", given: &given, check: throttle }.try_all(150);
}

/// Every page is told of once at most, and none that was not asked for.
fn scraper(ledger: &Ledger, what: &str) {
    let mut fetched = ledger.said("fetch /").iter().map(|text| number(text)).collect::<Vec<_>>();
    // A fetch that was cancelled is no result.
    assert!(ledger.said("/").iter().all(|text| !text.contains("CancelledError")), "{what}");
    let mut told = ledger.said("/").iter().map(|text| number(text)).collect::<Vec<_>>();
    assert!(fetched.is_sorted(), "{what}: {fetched:?}");
    let count = told.len();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told.len(), count, "{what}: a page came twice");
    fetched.retain(|page| told.contains(page));
    assert_eq!(fetched, told, "{what}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_scraper_gives_every_permit_back() {
    System { id: "scraper", given: &[("concurrent", "2"), ("urls", "5")], check: scraper }.try_all(300);
    System { id: "scraper", given: &[("concurrent", "1"), ("urls", "2")], check: scraper }.try_all(80);
}

/// One session, closed as often as it was opened; requests apart; the items of a list one after the other.
fn session(ledger: &Ledger, what: &str) {
    check_apart(ledger, "interval", 500_000_000, what);
    let sessions = ledger.uses("session");
    assert!(sessions <= 1, "{what}");
    assert_eq!(ledger.said("the session is closed").len(), sessions, "{what}");
    let last = ledger.said("").last().is_none_or(|text| *text == "the session is closed");
    assert!(last, "{what}: something was done after the session was closed");
    let items: Vec<_> = ledger.said("get /item/").iter().map(|text| number(text)).collect();
    assert!(items.is_sorted(), "{what}: {items:?}");
    let received = ledger.texts("items", Kind::Receive).concat().len();
    assert!((received..=received + 1).contains(&items.len()), "{what}: {items:?}, and {received} received");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_session_of_a_scraper_is_closed_once() {
    for (fail, empty) in [("0", "0"), ("1", "0"), ("0", "2"), ("2", "2")] {
        let given = [("pages", "2"), ("fail_page", fail), ("empty_page", empty)];
        System { id: "rate-limited-scraper", given: &given, check: session }.try_all(60);
    }
}

/// The batches one after the other, and of each not more done than there was.
fn batches(ledger: &Ledger, what: &str) {
    let said = ledger.said("batch ");
    let numbers: Vec<_> = said.iter().map(|text| number(text)).collect();
    assert_eq!(numbers, (1..=said.len() as u64).collect::<Vec<_>>(), "{what}");
    for text in said {
        let (_, counts) = text.split_once(": ").unwrap();
        let (done, all) = counts.split_once(" of ").unwrap();
        assert!(number(done) <= number(all), "{what}: {text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_batch_drops_what_fails_and_leaves_no_request_behind() {
    let given = [("items", "5"), ("batch", "2"), ("fail_every", "4")];
    System { id: "batch-processor", given: &given, check: batches }.try_all(200);
    let given = [("items", "3"), ("batch", "3"), ("request", "0")];
    System { id: "batch-processor", given: &given, check: batches }.try_all(70);
}

/// What is opened is closed, the last one first.
fn files(ledger: &Ledger, what: &str) {
    let mut open = Vec::new();
    for text in ledger.said("") {
        if let Some(name) = text.strip_prefix("open ") {
            open.push(name);
        } else if let Some(closed) = text.strip_prefix("close ") {
            let name = closed.split(' ').next();
            assert_eq!(open.pop(), name, "{what}");
        }
    }
    assert!(open.is_empty(), "{what}: {open:?} are left open");
}

#[wasm_bindgen_test(unsupported = test)]
fn files_are_closed_in_the_opposite_order() {
    for fail in ["0", "1"] {
        System { id: "exit-stack", given: &[("fail", fail)], check: files }.try_all(100);
    }
}

/// The cleaning of a room, once begun, ends or is interrupted.
fn rooms(ledger: &Ledger, what: &str) {
    for room in ["room", "inner room", "outer room"] {
        let count = |text: String| ledger.said("").iter().filter(|said| **said == text).count();
        let begun = count(format!("cleaning the {room}"));
        let ended = count(format!("the {room} is clean")) + count(format!("interrupted in the {room}"));
        assert_eq!((begun, begun), (ended, ledger.uses(room)), "{what}: {room}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn rooms_are_cleaned_however_they_are_left() {
    System { id: "cancel-and-timeout", given: &[], check: rooms }.try_all(300);
}
