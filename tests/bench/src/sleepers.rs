//! Many tasks asleep at once.

use loopscope::memory::Meter;
use loopscope::{Duration, VirtualLoop, sleep, spawn};

/// Puts so many tasks to sleep at once and waits for all of them; returns how many woke.
pub fn ours(tasks: u32) -> u32 {
    let woken = VirtualLoop::new().run(async move {
        let sleepers: Vec<_> = (0..tasks).map(|_| spawn(sleep(Duration::from_millis(1)))).collect();
        let mut woken = 0;
        for sleeper in sleepers {
            sleeper.await?;
            woken += 1;
        }
        Ok(woken)
    });
    woken.unwrap_or_default()
}

/// Puts so many tasks to sleep at once; returns how many bytes they have while they sleep.
pub fn our_bytes(tasks: u32) -> u64 {
    let bytes = VirtualLoop::new().run(async move {
        let meter = Meter::start();
        let sleepers: Vec<_> = (0..tasks).map(|_| spawn(sleep(Duration::from_millis(1)))).collect();
        // They begin to sleep in the next turn.
        sleep(Duration::ZERO).await?;
        let bytes = meter.live_bytes();
        for sleeper in sleepers {
            sleeper.await?;
        }
        Ok(bytes)
    });
    bytes.unwrap_or_default()
}
