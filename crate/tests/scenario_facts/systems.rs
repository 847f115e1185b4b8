//! The chapter "Systems".

use loopscope::trace::Kind;
use loopscope::{Duration, Random};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ran::{Ran, assert_seconds, ran, ran_seeded};

/// When each of some jobs ends, if so many are done at a time and the next one begins when one ends: no loop needed.
fn ends(lengths: &[f64], at_a_time: usize) -> Vec<f64> {
    let mut free = vec![0.0_f64; at_a_time];
    let end = |length: &f64| {
        free.sort_unstable_by(f64::total_cmp);
        free[0] += length;
        free[0]
    };
    lengths.iter().map(end).collect()
}

/// Checks that never more than so many are held, that all are given back, and that whoever waited first was served first.
fn check_lending(ran: &Ran, name: &str, at_most: usize, users: usize) {
    let mut held = 0;
    let mut most = 0;
    for (kind, value) in ran.held(name) {
        held += if kind == Kind::Acquire { 1 } else { -1 };
        assert_eq!(value, held, "{name}");
        most = most.max(held);
    }
    assert_eq!(held, 0, "{name}: not all came back");
    assert_eq!(most, at_most.min(users) as i64, "{name}");
    let tasks = |kind| ran.events_on(kind, name).map(|event| event.task).collect::<Vec<_>>();
    let served = tasks(Kind::Acquire);
    assert_eq!(served.len(), users, "{name}");
    assert!(served.is_sorted(), "{name}: not in order: {served:?}");
    let waited = tasks(Kind::Wait);
    assert_eq!(waited, served[at_most.min(users)..], "{name}: who waits first is served first");
}

#[wasm_bindgen_test(unsupported = test)]
fn queries_share_the_connections_and_are_served_in_order() {
    for (connections, queries) in [(1, 1), (1, 6), (2, 7), (3, 5), (4, 4), (10, 3), (7, 100)] {
        for seed in 0..8 {
            let given = [("connections", connections as f64), ("queries", queries as f64)];
            let ran = ran_seeded("connection-pool", &given, seed);
            check_lending(&ran, "connections", connections, queries);
            assert_eq!(ran.numbers("served"), (1..=queries as u64).collect::<Vec<_>>());
            assert_eq!(ran.number("max_held"), connections.min(queries) as f64);
            assert_eq!(ran.number("held_after"), 0.0);
            let mut random = Random::new(seed);
            let millis = Duration::from_millis;
            let lengths: Vec<_> =
                (0..queries).map(|_| random.seconds(millis(100), millis(500)).as_secs_f64()).collect();
            let last = ends(&lengths, connections).into_iter().fold(0.0, f64::max);
            assert_seconds(ran.number("total_s"), last, "until the last query is done");
        }
    }
}

/// Checks the times of requests, in the trace and in the result.
fn check_requests(ran: &Ran, limiter: &str, rate: f64) {
    let times: Vec<_> = ran.events_on(Kind::Acquire, limiter).map(|event| event.t.as_nanos()).collect();
    let told: Vec<_> =
        ran.result["requests_s"].as_array().unwrap().iter().map(|s| s.as_f64().unwrap()).collect();
    assert_eq!(times.len(), told.len());
    for (nanos, seconds) in times.iter().zip(told) {
        assert_seconds(seconds, *nanos as f64 / 1e9, "when a request was made");
    }
    for pair in times.windows(2) {
        // Not a nanosecond less, but for what the product loses.
        assert!((pair[1] - pair[0]) as f64 * rate >= 1e9 * (1.0 - 1e-15), "{pair:?} at {rate}");
    }
    for (index, start) in times.iter().enumerate() {
        let within = times[index..].iter().take_while(|time| **time < start + 1_000_000_000).count();
        assert!(within as f64 <= rate.ceil(), "{within} requests in a second, at {rate}");
    }
}

const RATES: [f64; 7] = [0.3, 1.0, 2.0, 3.0, 7.7, 10.0, 1000.0];

#[wasm_bindgen_test(unsupported = test)]
fn a_throttled_client_gets_all_items_and_never_asks_too_often() {
    for rate in RATES {
        for (request, process) in [(0.2, 0.1), (0.0, 0.0), (0.0, 1.0), (1.5, 0.01)] {
            for (pages, page_size) in [(1_u32, 1_u32), (2, 5), (9, 3)] {
                let given = [
                    ("rate", rate),
                    ("pages", f64::from(pages)),
                    ("page_size", f64::from(page_size)),
                    ("request", request),
                    ("process", process),
                ];
                let ran = ran("throttled-client", &given);
                check_requests(&ran, "bucket", rate);
                assert_eq!(ran.number("items"), f64::from(pages * page_size), "{given:?}");
                assert_eq!(ran.said_of("request page").len(), pages as usize);
                let mut items: Vec<_> = ran.said_of("item ");
                items.sort_unstable();
                items.dedup();
                assert_eq!(items.len() as u32, pages * page_size);
                let apart = f64::max(1.0 / rate, request);
                let total = f64::from(pages - 1) * apart + request + f64::from(page_size) * process;
                assert!((ran.number("total_s") - total).abs() < 1e-6, "{given:?}: not {total}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_scraper_takes_pages_as_they_come_and_failures_as_results() {
    for (concurrent, urls) in [(1, 1), (1, 9), (2, 4), (3, 5), (3, 40), (8, 100), (50, 20)] {
        for min_length in [0, 400, 1000, 1301, 10000] {
            let given = [
                ("concurrent", concurrent as f64),
                ("urls", urls as f64),
                ("min_length", f64::from(min_length)),
            ];
            let ran = ran("scraper", &given);
            check_lending(&ran, "gate", concurrent, urls);
            assert_eq!(ran.number("max_in_flight"), concurrent.min(urls) as f64);

            let lengths: Vec<_> = (1..=urls).map(|n| (100 + 70 * (n * 2 % 5)) as f64 / 1000.0).collect();
            let ends = ends(&lengths, concurrent);
            let list = |field: &str| -> Vec<usize> {
                let urls = ran.result[field].as_array().unwrap().iter();
                urls.map(|url| url.as_str().unwrap()[1..].parse().unwrap()).collect()
            };
            let completed = list("completed");
            assert!(completed.is_sorted_by(|a, b| ends[a - 1] <= ends[b - 1] + 1e-9), "{completed:?}");
            let mut all = completed.clone();
            all.sort_unstable();
            assert_eq!(all, (1..=urls).collect::<Vec<_>>());
            let picked = |pick: &dyn Fn(usize) -> bool| -> Vec<usize> {
                completed.iter().copied().filter(|url| pick(*url)).collect()
            };
            assert_eq!(list("failed"), picked(&|url| url % 4 == 0));
            let is_long = |url| url % 4 != 0 && 400 + 300 * (url * 3 % 7) >= min_length as usize;
            assert_eq!(list("kept"), picked(&is_long));
            assert_seconds(ran.number("total_s"), ends.into_iter().fold(0.0, f64::max), "until the last");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_session_of_a_scraper_is_closed_once_whatever_the_lists_do() {
    for rate in RATES {
        for pages in 1..=4_u64 {
            for (fail, empty) in (0..=5).flat_map(|fail| (0..=5).map(move |empty| (fail, empty))) {
                let given = [
                    ("rate", rate),
                    ("pages", pages as f64),
                    ("fail_page", fail as f64),
                    ("empty_page", empty as f64),
                ];
                let ran = ran("rate-limited-scraper", &given);
                check_requests(&ran, "interval", rate);
                let mut said = Vec::new();
                let mut items = Vec::new();
                for page in 1..=pages {
                    said.push(format!("get /list/{page}"));
                    if page == fail {
                        said.push(format!("skipped: no answer from /list/{page}"));
                        continue;
                    }
                    if page == empty {
                        break;
                    }
                    for item in [2 * page - 1, 2 * page] {
                        said.push(format!("get /item/{item}"));
                        items.push(item);
                    }
                }
                said.push("the session is closed".to_owned());
                assert_eq!(ran.said(), said, "{given:?}");
                assert_eq!(ran.numbers("items"), items, "{given:?}");
                assert_eq!((ran.number("closed"), ran.uses("session")), (1.0, 1), "{given:?}");
                let waits = ran.waits_at("interval");
                assert!(
                    waits.iter().all(|wait| wait == "a token"),
                    "one task alone has nobody ahead: {waits:?}"
                );
                let requests = ran.events_on(Kind::Acquire, "interval").count() as f64;
                let total = (requests - 1.0) * f64::max(1.0 / rate, 0.1) + 0.1;
                assert!((ran.number("total_s") - total).abs() < 1e-6, "{given:?}: not {total}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn between_batches_there_is_a_pause_and_after_the_last_there_is_none() {
    for (items, batch) in [(50, 5), (1, 1), (1, 10), (7, 3), (9, 3), (10, 1), (100, 30)] {
        for (pause, request) in [(2.0, 0.1), (0.0, 0.0), (0.5, 3.0), (60.0, 0.0)] {
            for fail_every in [0, 1, 2, 7, 1000] {
                let given = [
                    ("items", f64::from(items)),
                    ("batch", f64::from(batch)),
                    ("pause", pause),
                    ("request", request),
                    ("fail_every", f64::from(fail_every)),
                ];
                let ran = ran("batch-processor", &given);
                let batches = (items + batch - 1) / batch;
                let total = f64::from(batches) * request + f64::from(batches - 1) * pause;
                assert_eq!(ran.number("batches"), f64::from(batches), "{given:?}");
                let counts = (ran.number("done"), ran.number("dropped"));
                let dropped = i32::checked_div(items, fail_every).unwrap_or(0);
                assert_eq!(counts, (f64::from(items - dropped), f64::from(dropped)), "{given:?}");
                assert_seconds(ran.number("total_s"), total, "batches and pauses");
                let last = ran.events(Kind::Print).last().unwrap();
                assert_seconds(last.t.as_secs_f64(), ran.end(), "the last batch is the end");
                let told = |number: i32| {
                    let first = (number - 1) * batch + 1;
                    let last = (first + batch - 1).min(items);
                    let is_done = |item: &i32| fail_every == 0 || item % fail_every != 0;
                    let done = (first..=last).filter(is_done).count();
                    format!("batch {number}: {done} of {} done", last - first + 1)
                };
                assert_eq!(ran.said(), (1..=batches).map(told).collect::<Vec<_>>(), "{given:?}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn three_times_as_many_names_are_fetched_and_those_together_take_the_time_of_one() {
    let mut seen = std::collections::BTreeSet::new();
    for (total, delay, seed) in [(10, 0.2, 0), (10, 0.2, 1), (1, 0.0, 2), (1, 5.0, 3), (60, 0.25, u64::MAX)] {
        let ran = ran_seeded("random-names", &[("total", f64::from(total)), ("delay", delay)], seed);
        let one_by_one = f64::from(total) * delay;
        for (way, seconds) in [("loop", one_by_one), ("comprehension", one_by_one), ("together", delay)] {
            let told = &ran.result[way];
            assert_eq!(told["names"].as_array().unwrap().len(), total as usize, "{way}");
            assert_seconds(told["total_s"].as_f64().unwrap(), seconds, way);
            seen.insert(told["names"].to_string());
        }
    }
    assert!(seen.len() > 10, "chance makes hardly a difference: {seen:?}");
    let again = ran_seeded("random-names", &[], 1);
    assert_eq!(again.result, ran_seeded("random-names", &[], 1).result);
}
