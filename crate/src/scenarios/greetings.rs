//! Starts two tasks together: the one that has less to wait for ends first, whichever was started first.

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{Duration, Result, as_completed, now, print, seconds, sleep, spawn_named};

async fn greet(name: &'static str, delay: Duration) -> Result<&'static str> {
    print(format!("{name}: hello"));
    sleep(delay).await?;
    print(format!("{name}: goodbye"));
    Ok(name)
}

pub(super) async fn run(first: Duration, second: Duration) -> Result<Value> {
    let start = now();
    let tasks = [("first", first), ("second", second)];
    let mut ended = as_completed(tasks.map(|(name, delay)| spawn_named(name, greet(name, delay))), None);
    let mut order = vec![];
    while let Some(task) = ended.try_next().await? {
        order.push(task.await?);
    }
    Ok(json!({ "order": order, "total_s": seconds(now() - start) }))
}
