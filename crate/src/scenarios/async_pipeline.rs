//! A pipeline of async generators: each number goes through all stages before the next one is made.

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Result, now, print, sleep};

fn numbers(count: u64, pause: Duration) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 0..count {
            sleep(pause).await?;
            print(format!("made {number}"));
            co.yield_(number).await?;
        }
        Ok(())
    })
    .named("numbers")
}

fn even(mut numbers: AsyncGen<u64>) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        while let Some(number) = numbers.try_next().await? {
            if number % 2 == 0 {
                co.yield_(number).await?;
            }
        }
        Ok(())
    })
    .named("even")
}

fn doubled(mut numbers: AsyncGen<u64>, pause: Duration) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        while let Some(number) = numbers.try_next().await? {
            sleep(pause).await?;
            co.yield_(2 * number).await?;
        }
        Ok(())
    })
    .named("doubled")
}

pub(super) async fn run(count: u64, source: Duration, transform: Duration) -> Result<Value> {
    let mut pipeline = doubled(even(numbers(count, source)), transform);
    let mut values = vec![];
    while let Some(value) = pipeline.try_next().await? {
        print(format!("got {value}"));
        values.push(value);
    }
    Ok(json!({ "values": values, "total_s": now().as_secs_f64() }))
}
