//! A producer and a consumer with a queue between them that has little room: the faster one waits for the other.

use loopscope::value::{Value, json};
use loopscope::{Duration, Queue, Result, now, print, seconds, sleep, task_group};

/// Makes the items; returns how long it was held back because the queue was full.
async fn producer(queue: Queue<u64>, items: u64, pause: Duration) -> Result<Duration> {
    let mut blocked = Duration::ZERO;
    for item in 1..=items {
        sleep(pause).await?;
        print(format!("made {item}"));
        let asked = now();
        queue.put(item).await?;
        blocked += now() - asked;
    }
    Ok(blocked)
}

/// Works on the items; returns them, and how long it had nothing to do because the queue was empty.
async fn consumer(queue: Queue<u64>, items: u64, pause: Duration) -> Result<(Vec<u64>, Duration)> {
    let (mut received, mut starved) = (vec![], Duration::ZERO);
    for _ in 0..items {
        let asked = now();
        let item = queue.get().await?;
        starved += now() - asked;
        print(format!("got {item}"));
        sleep(pause).await?;
        received.push(item);
    }
    Ok((received, starved))
}

pub(super) async fn run(items: u64, produce: Duration, consume: Duration, capacity: u64) -> Result<Value> {
    let queue = Queue::new(capacity as usize).named("queue");
    let (blocked, (received, starved)) = task_group(async |group| {
        let producer = group.spawn_named("producer", producer(queue.clone(), items, produce))?;
        let consumer = group.spawn_named("consumer", consumer(queue.clone(), items, consume))?;
        Ok((producer.await?, consumer.await?))
    })
    .await?;
    Ok(json!({
        "received": received,
        "blocked_s": seconds(blocked),
        "starved_s": seconds(starved),
        "total_s": now().as_secs_f64(),
    }))
}
