//! The same wait in three ways beside a heartbeat: as a call that blocks, awaited, and moved off the loop.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::value::{Value, json};
use loopscope::{Duration, Result, now, offload_block, print, seconds, sleep, spawn_named};

/// Beats for ever, and notes the longest time between two beats.
async fn heartbeat(beat: Duration, longest: Rc<Cell<Duration>>) -> Result<()> {
    loop {
        let last = now();
        sleep(beat).await?;
        longest.set(longest.get().max(now() - last));
    }
}

/// Waits in one way or another; gives the longest time for which the heart stood still meanwhile.
async fn measure(name: &str, beat: Duration, wait: impl Future<Output = Result<()>>) -> Result<Value> {
    let longest = Rc::new(Cell::new(Duration::ZERO));
    let heart = spawn_named("heart", heartbeat(beat, longest.clone()));
    sleep(Duration::ZERO).await?; // it starts
    wait.await?;
    sleep(beat).await?; // and beats once more
    heart.cancel();
    print(format!("{name}: the heart stood still for up to {} ms", longest.get().as_millis()));
    Ok(json!({ "max_gap_s": seconds(longest.get()) }))
}

pub(super) async fn run(block: Duration, beat: Duration) -> Result<Value> {
    let blocking = async move {
        loopscope::block(block);
        Ok(())
    };
    Ok(json!({
        "blocking": measure("blocking", beat, blocking).await?,
        "awaited": measure("awaited", beat, sleep(block)).await?,
        "offloaded": measure("offloaded", beat, offload_block(block)).await?,
    }))
}
