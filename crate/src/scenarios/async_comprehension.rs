//! Doubles and squares numbers that come with a pause, in one expression.

use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Result, print, sleep};

fn numbers(items: u64, delay: Duration) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 1..=items {
            sleep(delay).await?;
            print(format!("number {number}"));
            co.yield_(number).await?;
        }
        Ok(())
    })
    .named("numbers")
}

pub(super) async fn run(items: u64, delay: Duration) -> Result<Value> {
    // A generator around a generator: nothing has run so far.
    let doubled = numbers(items, delay).map(|number| 2 * number).named("doubled");
    let squares: Vec<u64> = doubled.map(|number| number * number).named("squares").collect().await?;
    Ok(json!(squares))
}
