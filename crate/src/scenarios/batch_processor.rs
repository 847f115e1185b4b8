//! Works through many items in batches: those of a batch together, a pause before the next one.

use loopscope::value::{Value, json};
use loopscope::{Duration, Error, Kind, Result, gather_results, now, print, sleep, spawn_named};

async fn request(item: u64, takes: Duration, fails: bool) -> Result<u64> {
    sleep(takes).await?;
    if fails {
        return Err(Error::new(Kind::ConnectionError, format!("item {item} is lost")));
    }
    Ok(item)
}

pub(super) async fn run(
    items: u64,
    batch: u64,
    pause: Duration,
    takes: Duration,
    fail_every: u64,
) -> Result<Value> {
    let items: Vec<u64> = (1..=items).collect();
    let (mut batches, mut done) = (0, 0);
    for batch in items.chunks(batch as usize) {
        if batches > 0 {
            // Before every batch but the first: none comes after the last.
            sleep(pause).await?;
        }
        batches += 1;
        let requests = batch.iter().map(|&item| {
            let fails = fail_every > 0 && item % fail_every == 0;
            spawn_named(&format!("item {item}"), request(item, takes, fails))
        });
        let results = gather_results(requests).await?;
        // The failures are dropped.
        let good = results.iter().flatten().count();
        print(format!("batch {batches}: {good} of {} done", batch.len()));
        done += good;
    }
    let dropped = items.len() - done;
    Ok(json!({ "batches": batches, "done": done, "dropped": dropped, "total_s": now().as_secs_f64() }))
}
