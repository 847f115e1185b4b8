//! Counts to a limit with a pause before each number.

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Result, now, print, sleep};

fn count_to(limit: u64, delay: Duration) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 1..=limit {
            sleep(delay).await?;
            co.yield_(number).await?;
        }
        Ok(())
    })
    .named("count_to")
}

pub(super) async fn run(limit: u64, delay: Duration) -> Result<Value> {
    let mut values = vec![];
    let mut counter = count_to(limit, delay);
    while let Some(number) = counter.try_next().await? {
        print(format!("got {number}"));
        values.push(number);
    }
    Ok(json!({ "values": values, "total_s": now().as_secs_f64() }))
}
