//! Many tasks asleep at once, on the browser's clock.

use loopscope::memory::Meter;
use loopscope::{Duration, Task, sleep, spawn};

use crate::browser;

/// Puts so many tasks to sleep at once, for so many milliseconds, and waits for all of them; returns how many bytes they
/// have while they sleep.
pub async fn ours(tasks: u32, milliseconds: u32) -> Option<u64> {
    browser::run(async move {
        let meter = Meter::start();
        let length = Duration::from_millis(milliseconds.into());
        let sleepers: Vec<Task<()>> = (0..tasks).map(|_| spawn(sleep(length))).collect();
        // They begin to sleep in the next turn.
        sleep(Duration::ZERO).await?;
        let bytes = meter.live_bytes();
        for sleeper in sleepers {
            sleeper.await?;
        }
        Ok(bytes)
    })
    .await
}
