//! Many queries share a few connections: who finds none free waits in line until one comes back.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::value::{Value, json};
use loopscope::{Duration, Pool, Random, Result, now, print, sleep, task_group};

/// The numbers of the queries, in the order in which they got a connection.
type Served = Rc<RefCell<Vec<u64>>>;

/// Gives how many connections were lent while it had one. Its own goes back
/// when this function ends, however it does.
async fn query(pool: Pool<u64>, number: u64, takes: Duration, served: Served) -> Result<usize> {
    let connection = pool.acquire().await?;
    let held = pool.held();
    served.borrow_mut().push(number);
    print(format!("query {number} has connection {}", *connection));
    sleep(takes).await?;
    print(format!("query {number} is done"));
    Ok(held)
}

pub(super) async fn run(connections: u64, queries: u64, seed: u64) -> Result<Value> {
    let (shortest, longest) = (Duration::from_millis(100), Duration::from_millis(500));
    let mut random = Random::new(seed);
    let pool = Pool::new(1..=connections).named("connections");
    let served = Served::default();

    let queries = task_group(async |group| {
        let start = |number| {
            let takes = random.seconds(shortest, longest);
            let query = query(pool.clone(), number, takes, served.clone());
            group.spawn_named(&format!("query {number}"), query)
        };
        (1..=queries).map(start).collect::<Result<Vec<_>>>()
    })
    .await?;

    let mut max_held = 0;
    for query in queries {
        max_held = max_held.max(query.await?);
    }
    Ok(json!({
        "served": served.take(),
        "max_held": max_held,
        "held_after": pool.held(),
        "total_s": now().as_secs_f64(),
    }))
}
