//! Fetches item by item, each when the loop asks for it.

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Random, Result, now, print, seconds, sleep};

/// The server takes some time between these two.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(2);

async fn fetch(item: u64, delay: Duration) -> Result<u64> {
    print(format!("fetching item {item}, which takes {} ms", delay.as_millis()));
    sleep(delay).await?;
    Ok(item)
}

fn fetch_items(delays: Vec<Duration>) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for (item, delay) in (1..).zip(delays) {
            // The next one begins when the loop has come back for it: no two of them overlap.
            let item = fetch(item, delay).await?;
            co.yield_(item).await?;
        }
        Ok(())
    })
    .named("fetch_items")
}

pub(super) async fn run(items: u64, seed: u64) -> Result<Value> {
    let mut random = Random::new(seed);
    let delays: Vec<_> = (0..items).map(|_| random.seconds(SHORTEST, LONGEST)).collect();
    let mut fetched = vec![];
    let mut source = fetch_items(delays.clone());
    while let Some(item) = source.try_next().await? {
        print(format!("got item {item}"));
        fetched.push(item);
    }
    if items > 1 {
        print("a loop awaits one fetch at a time: their delays add up");
    }
    let delays: Vec<_> = delays.into_iter().map(seconds).collect();
    Ok(json!({ "items": fetched, "delays_s": delays, "total_s": now().as_secs_f64() }))
}
