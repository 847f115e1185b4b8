//! Makes breakfast twice: one thing after the other, and both together.

use loopscope::value::{Value, json};
use loopscope::{Duration, Result, block, gather_tuple, now, print, seconds, sleep, spawn_named};

/// Stands beside the machine until it is done.
fn make(what: &str, time: Duration) {
    print(format!("{what} is started, and watched"));
    block(time);
    print(format!("{what} is ready"));
}

/// Starts the machine and leaves the kitchen to others until it is done.
async fn make_async(what: &'static str, time: Duration) -> Result<()> {
    print(format!("{what} is started"));
    sleep(time).await?;
    print(format!("{what} is ready"));
    Ok(())
}

pub(super) async fn run(coffee: Duration, toast: Duration) -> Result<Value> {
    let start = now();
    make("coffee", coffee);
    make("toast", toast);
    let sync = now() - start;

    let start = now();
    let coffee = spawn_named("coffee", make_async("coffee", coffee));
    let toast = spawn_named("toast", make_async("toast", toast));
    gather_tuple((coffee, toast)).await?;
    let together = now() - start;
    Ok(json!({ "sync_s": seconds(sync), "async_s": seconds(together) }))
}
