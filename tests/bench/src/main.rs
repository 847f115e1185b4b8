//! Measures natively, and prints a line of JSON for each program: nanoseconds per item, round by round.

use std::hint::black_box;
use std::time::Instant;

use loopscope_bench::{generators, turns};
use serde_json::json;

const ITEMS: u64 = 200_000;

/// What is measured, whose it is, and the program: it does so many items and gives a number that hangs on all of them.
type Program = (&'static str, &'static str, fn(u64) -> u64);

const ITEM: &str = "an item of an async generator";
const CHAIN: &str = "an item through 5 async generators";
const TURN: &str = "a turn of a task";

/// What a build is measured at that has no code that asks for a recorder.
const BARE: [Program; 1] = [(TURN, "ours without recording built in", turns::unrecorded)];

const PROGRAMS: [Program; 10] = [
    (ITEM, "ours", generators::ours_flat),
    (ITEM, "async-stream", generators::async_stream_flat),
    (ITEM, "genawaiter", generators::genawaiter_flat),
    (ITEM, "futures unfold, a closure and no generator", generators::unfold_flat),
    (CHAIN, "ours", generators::ours_chain::<5>),
    (CHAIN, "async-stream", generators::async_stream_chain::<5>),
    ("an item through 10 async generators", "ours", generators::ours_chain::<10>),
    ("an item through 20 async generators", "ours", generators::ours_chain::<20>),
    (TURN, "ours", turns::unrecorded),
    (TURN, "ours, recorded", turns::recorded),
];

fn main() {
    let rounds = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let programs = if cfg!(loopscope_bare) { &BARE[..] } else { &PROGRAMS };
    let mut samples = vec![Vec::new(); programs.len()];
    // Interleaved, so that a noisy minute hits everyone.
    for _ in 0..rounds {
        for ((_, _, program), samples) in programs.iter().zip(&mut samples) {
            let start = Instant::now();
            black_box(program(black_box(ITEMS)));
            samples.push(start.elapsed().as_nanos() as f64 / ITEMS as f64);
        }
    }
    for ((what, who, _), samples) in programs.iter().zip(samples) {
        println!(
            "{}",
            json!({ "what": what, "where": "natively", "who": who, "unit": "ns", "samples": samples })
        );
    }
}
