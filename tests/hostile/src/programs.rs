//! What does harm. Each takes how large it is to be.

use std::hint::black_box;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Gen, Result, gather, print, sleep, spawn_named};

/// Gives way after each value and never ends: what it records has no end either.
pub(crate) async fn endless_generator(_: u64) -> Result<Value> {
    let mut numbers = AsyncGen::new(async |co| {
        for number in 0_u64.. {
            sleep(Duration::from_millis(1)).await?;
            co.yield_(number).await?;
        }
        Ok(())
    });
    let mut sum = 0;
    while let Some(number) = numbers.try_next().await? {
        sum += number;
    }
    Ok(json!(sum))
}

/// Says so, and awaits nothing any more. What was said before is on the page by then, on the wall clock.
pub(crate) async fn never_awaits(_: u64) -> Result<Value> {
    print("from here on nobody else runs");
    sleep(Duration::from_millis(20)).await?;
    let numbers = Gen::new(async |co| {
        for number in 0_u64.. {
            co.yield_(number).await?;
        }
        Ok(())
    });
    let mut sum = 0;
    for number in numbers {
        sum = black_box(sum ^ number?);
    }
    Ok(json!(sum))
}

/// So many tasks that give way all the time.
pub(crate) async fn microtask_storm(size: u64) -> Result<Value> {
    let storm = async || {
        loop {
            sleep(Duration::ZERO).await?;
        }
    };
    gather((0..size).map(|_| storm())).await.map(|done: Vec<()>| json!(done.len()))
}

/// So many tasks that sleep for a second.
pub(crate) async fn many_tasks(size: u64) -> Result<Value> {
    let tasks: Vec<_> =
        (0..size).map(|_| spawn_named("one of many", sleep(Duration::from_secs(1)))).collect();
    for task in tasks {
        task.await?;
    }
    Ok(json!(size))
}

/// Takes pieces of memory of this size and gives none back.
pub(crate) async fn hoard(size: u64) -> Result<Value> {
    let mut hoard: Vec<Vec<u8>> = vec![];
    print("taking all there is");
    loop {
        hoard.push(black_box(vec![1; size as usize]));
        sleep(Duration::from_millis(1)).await?;
    }
}
