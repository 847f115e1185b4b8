//! The same slow calls twice: each one awaited before the next is made, and all of them at once.

use loopscope::value::{Value, json};
use loopscope::{Duration, Result, gather, now, print, seconds, sleep};

async fn call(number: u64, delay: Duration) -> Result<u64> {
    sleep(delay).await?;
    Ok(number)
}

pub(super) async fn run(items: u64, delay: Duration) -> Result<Value> {
    let start = now();
    let mut answers = vec![];
    for number in 1..=items {
        answers.push(call(number, delay).await?);
    }
    let sequential = now() - start;
    print(format!("{} answers, one after the other", answers.len()));

    let start = now();
    let answers = gather((1..=items).map(|number| call(number, delay))).await?;
    let concurrent = now() - start;
    print(format!("{} answers, together", answers.len()));

    // What takes no time cannot be faster.
    let speedup = if concurrent.is_zero() { 1.0 } else { sequential.div_duration_f64(concurrent) };
    Ok(json!({
        "sequential_s": seconds(sequential),
        "concurrent_s": seconds(concurrent),
        "speedup": speedup,
    }))
}
