//! Measures natively and prints a line of JSON for each figure: nanoseconds per item.

use std::hint::black_box;
use std::time::Instant;

use loopscope_bench::{generators, turns};

const ITEMS: u64 = 200_000;
const ROUNDS: usize = 21;

/// A name, and a program that reads so many items and gives their sum.
type Program = (&'static str, fn(u64) -> u64);

/// What a build is measured at that has no code that asks for a recorder.
const BARE: [Program; 1] = [("ours without recording built in, one turn", turns::unrecorded)];

const PROGRAMS: [Program; 10] = [
    ("ours", generators::ours_flat),
    ("async-stream", generators::async_stream_flat),
    ("genawaiter", generators::genawaiter_flat),
    ("futures unfold", generators::unfold_flat),
    ("ours, chain of 5", generators::ours_chain::<5>),
    ("async-stream, chain of 5", generators::async_stream_chain::<5>),
    ("ours, chain of 10", generators::ours_chain::<10>),
    ("ours, chain of 20", generators::ours_chain::<20>),
    ("ours, one turn", turns::unrecorded),
    ("recorded, one turn", turns::recorded),
];

fn main() {
    let programs = if cfg!(loopscope_bare) { &BARE[..] } else { &PROGRAMS };
    let mut times = vec![Vec::new(); programs.len()];
    // Interleaved, so that a noisy minute hits everyone.
    for _ in 0..ROUNDS {
        for ((_, program), times) in programs.iter().zip(&mut times) {
            let start = Instant::now();
            black_box(program(black_box(ITEMS)));
            times.push(start.elapsed().as_nanos() as f64 / ITEMS as f64);
        }
    }
    for ((name, _), mut times) in programs.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        println!(
            "{{\"name\": \"{name}\", \"least\": {:.3}, \"median\": {:.3}}}",
            times[0],
            times[ROUNDS / 2]
        );
    }
}
