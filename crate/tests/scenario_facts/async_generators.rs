//! The chapter "Async generators".

use loopscope::trace::Kind;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::ran::{assert_seconds, ran, ran_seeded};

/// What a producer and a consumer do, worked out item by item without a loop: blocked, starved and total seconds.
fn worked_out(items: usize, produce: f64, consume: f64, capacity: usize) -> [f64; 3] {
    let (mut put, mut got, mut done) = (0.0, Vec::new(), 0.0);
    let (mut blocked, mut starved) = (0.0, 0.0);
    for item in 0..items {
        let made: f64 = put + produce;
        let room = if item < capacity { 0.0 } else { got[item - capacity] };
        put = made.max(room);
        blocked += put - made;
        let get = f64::max(put, done);
        starved += get - done;
        got.push(get);
        done = get + consume;
    }
    [blocked, starved, done]
}

#[wasm_bindgen_test(unsupported = test)]
fn a_queue_of_whatever_size_keeps_the_order_and_holds_back_whoever_is_faster() {
    for items in [1, 2, 3, 7, 25] {
        for (produce, consume) in
            [(0.1, 0.3), (0.3, 0.1), (0.2, 0.2), (0.0, 0.5), (0.5, 0.0), (0.0, 0.0), (0.125, 0.5)]
        {
            for capacity in [1, 2, 3, 10, 30] {
                let what = format!("{items} items, {produce} and {consume} s, room for {capacity}");
                let given = [
                    ("items", items as f64),
                    ("produce", produce),
                    ("consume", consume),
                    ("capacity", capacity as f64),
                ];
                let ran = ran("producer-consumer", &given);
                let all: Vec<u64> = (1..=items as u64).collect();
                assert_eq!(ran.numbers("received"), all, "{what}");
                for kind in [Kind::Put, Kind::Get] {
                    let numbers =
                        ran.texts(kind).iter().map(|text| text.parse().unwrap()).collect::<Vec<u64>>();
                    assert_eq!(numbers, all, "{what}: {kind:?}");
                }
                assert!(ran.events(Kind::Depth).all(|event| (0..=capacity).contains(&event.value)), "{what}");
                let times = worked_out(items, produce, consume, capacity as usize);
                for (field, time) in ["blocked_s", "starved_s", "total_s"].into_iter().zip(times) {
                    assert_seconds(ran.number(field), time, &format!("{what}: {field}"));
                }
                let waits = ran.waits_at("queue");
                let room = format!("room in the queue ({capacity} of {capacity})");
                let waited = |why: &str| waits.iter().any(|wait| wait == why);
                assert!(times[0] < 1e-6 || waited(&room), "{what}: {waits:?}");
                assert!(times[1] < 1e-6 || waited("an item in the queue"), "{what}: {waits:?}");
            }
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_iterator_by_hand_and_a_generator_give_the_same_lines_in_the_same_time() {
    for (lines, delay) in [(1, 0.0), (1, 2.5), (4, 0.25), (100, 0.01)] {
        let ran = ran("line-reader", &[("lines", f64::from(lines)), ("delay", delay)]);
        let all: Vec<_> = (1..=lines).map(|line| json!(format!("line {line}"))).collect();
        for way in ["by_hand", "generator"] {
            assert_eq!(ran.result[way]["lines"], json!(all));
            let total = ran.result[way]["total_s"].as_f64().unwrap();
            assert_seconds(total, f64::from(lines) * delay, way);
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn fetching_in_a_loop_takes_the_sum_of_the_delays() {
    let mut totals = std::collections::BTreeSet::new();
    for (items, seed) in (1..=6_u32).flat_map(|items| (0..10).map(move |seed| (items, seed))) {
        let ran = ran_seeded("fetch-items", &[("items", f64::from(items))], seed);
        assert_eq!(ran.numbers("items"), (1..=u64::from(items)).collect::<Vec<_>>());
        let delays = ran.result["delays_s"].as_array().unwrap();
        let delays: Vec<_> = delays.iter().map(|delay| delay.as_f64().unwrap()).collect();
        assert!(delays.iter().all(|delay| (0.5..=2.0).contains(delay)), "{delays:?}");
        assert_seconds(ran.number("total_s"), delays.iter().sum(), "the sum of the delays");
        totals.insert((ran.number("total_s") * 1000.0).round() as u64);
    }
    assert!(totals.len() > 50, "seeds make hardly a difference: {totals:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_comprehension_doubles_and_squares_each_number_as_it_comes() {
    for (items, delay) in [(1_u32, 0.0), (5, 0.3), (50, 0.02)] {
        let ran = ran("async-comprehension", &[("items", f64::from(items)), ("delay", delay)]);
        assert_eq!(ran.result, json!((1..=items).map(|number| 4 * number * number).collect::<Vec<_>>()));
        let times: Vec<_> = ran.events(Kind::Print).map(|event| event.t.as_secs_f64()).collect();
        for (number, time) in (1..).zip(times) {
            assert_seconds(time, f64::from(number) * delay, "a number comes");
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn in_a_pipeline_there_is_one_number_at_a_time() {
    for (count, source, transform) in [(1, 0.1, 0.2), (2, 0.0, 0.0), (7, 0.5, 0.25), (40, 0.0, 0.1)] {
        let given = [("count", f64::from(count)), ("source", source), ("transform", transform)];
        let ran = ran("async-pipeline", &given);
        let even = || (0..count).filter(|number| number % 2 == 0);
        assert_eq!(ran.result["values"], json!(even().map(|number| 2 * number).collect::<Vec<_>>()));
        let total = f64::from(count) * source + even().count() as f64 * transform;
        assert_seconds(ran.number("total_s"), total, "the stages one after the other");
        let mut story = Vec::new();
        for number in 0..count {
            story.push(format!("made {number}"));
            if number % 2 == 0 {
                story.push(format!("got {}", 2 * number));
            }
        }
        assert_eq!(ran.said(), story);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn no_page_is_fetched_before_it_is_needed_and_the_session_is_closed_once() {
    for (pages, size) in (1_u64..=4).flat_map(|pages| (1_u64..=4).map(move |size| (pages, size))) {
        for stop_after in 0..=pages * size + 2 {
            let given = [
                ("pages", pages as f64),
                ("page_size", size as f64),
                ("stop_after", stop_after as f64),
                ("fetch", 0.25),
                ("process", 0.125),
            ];
            let ran = ran("paginated-api", &given);
            let read = if stop_after == 0 { pages * size } else { stop_after.min(pages * size) };
            let needed = read.div_ceil(size);
            let mut story = vec!["session open".to_owned()];
            for item in 1..=read {
                if item % size == 1 % size {
                    story.push(format!("fetching page {}", item.div_ceil(size)));
                }
                story.push(format!("processed item {item}"));
            }
            story.push("session closed".to_owned());
            assert_eq!(ran.said(), story);
            let total = needed as f64 * 0.25 + read as f64 * 0.125;
            let items: Vec<_> = (1..=read).collect();
            let result = json!({ "items": items, "pages_fetched": needed, "closed": true, "total_s": total });
            assert_eq!(ran.result, result);
            assert_eq!((ran.uses("session"), ran.uses("AsyncGen")), (1, 1));
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_bad_item_costs_one_item_and_one_report() {
    for (items, bad) in (1..=6_u64).flat_map(|items| (0..=items + 1).map(move |bad| (items, bad))) {
        let ran = ran("skip-bad-item", &[("items", items as f64), ("bad", bad as f64), ("delay", 0.5)]);
        let good: Vec<_> = (1..=items).filter(|item| *item != bad).collect();
        assert_eq!(ran.numbers("items"), good);
        let is_there = (1..=items).contains(&bad);
        let reports: Vec<_> = is_there.then(|| format!("item {bad} is damaged")).into_iter().collect();
        assert_eq!(ran.result["reports"], json!(reports));
        assert_eq!(ran.said_of("skipped").len(), reports.len());
        assert_seconds(ran.number("total_s"), items as f64 * 0.5, "the bad one takes its time too");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_row_is_summed_up_or_reported_and_the_heart_beats_whenever_it_may() {
    for rows in [1, 6, 7, 8, 506, 507, 999, 1000, 1507, 2001] {
        for give_way in [1, 7, 100, 1000, 5000] {
            let ran = ran("csv-rows", &[("rows", rows as f64), ("give_way", give_way as f64)]);
            let bad: Vec<_> = (1..=rows).filter(|row| row % 500 == 7).collect();
            let good = (1..=rows).filter(|row| row % 500 != 7);
            let sum: u64 = good.clone().map(|row| row % 10).sum();
            let beats = rows / give_way + 1;
            let result = json!({
                "rows": good.count(), "sum": sum, "bad": bad.len(), "beats": beats, "max_gap_s": 0.0,
            });
            assert_eq!(ran.result, result, "{rows} rows, giving way every {give_way}");
            let lines: Vec<_> =
                ran.said().iter().map(|text| text.split(':').next().unwrap().to_owned()).collect();
            assert_eq!(lines, bad.iter().map(|row| format!("line {row}")).collect::<Vec<_>>());
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn every_message_is_kept_skipped_or_invalid_and_the_connection_closed_once() {
    for messages in 1..=40_u64 {
        let ran = ran("live-feed", &[("messages", messages as f64), ("gap", 0.5)]);
        let count = |of: &dyn Fn(u64) -> bool| (1..=messages).filter(|number| of(*number)).count();
        let invalid = count(&|number| number % 5 == 0);
        let kept = count(&|number| number % 5 != 0 && number % 3 == 0);
        let skipped = messages as usize - invalid - kept;
        let result = json!({ "kept": kept, "skipped": skipped, "invalid": invalid, "closed": true });
        assert_eq!(ran.result, result);
        assert_eq!((ran.said_of("alert").len(), ran.said_of("cannot read").len()), (kept, invalid));
        assert_eq!((ran.uses("connection"), ran.said_of("connection closed").len()), (1, 1));
        assert_seconds(ran.end(), messages as f64 * 0.5, "until the last message");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_monitor_counts_and_times_what_was_read_however_the_reading_ended() {
    for items in 1..=9 {
        for (base, step) in [(0.5, 0.25), (0.0, 0.5), (1.0, 0.0)] {
            let given = [("items", f64::from(items)), ("base", base), ("step", step)];
            let ran = ran("monitored-stream", &given);
            let seconds = |count: i32| (0..count).map(|number| base + f64::from(number) * step).sum::<f64>();
            let half = (items + 1) / 2;
            let middle = json!({ "items": half, "total_s": seconds(half) });
            let result = json!({
                "items": items, "total_s": seconds(items), "broken_off": middle, "failed": middle,
            });
            assert_eq!(ran.result, result);
        }
    }
}
