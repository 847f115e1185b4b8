use std::panic::Location;

use crate::executor::{current, now, record};
use crate::time::Duration;
use crate::trace::{Entry, Kind};

/// Takes this long without giving anyone else a turn, as a call does that knows nothing of the loop: Python's
/// `time.sleep`. Does nothing outside of a loop.
///
/// In a browser, on the wall clock, the thread is really busy for that time; a virtual clock jumps. Timers that were due
/// meanwhile are late, and fire when the loop has its turn again.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, block, now, sleep, spawn};
///
/// let second = Duration::from_secs(1);
/// let beat = VirtualLoop::new().run(async move {
///     let heart = spawn(async move {
///         sleep(second / 10).await?;
///         Ok(now())
///     });
///     sleep(Duration::ZERO).await?;
///     block(second);
///     heart.await
/// });
/// assert_eq!(beat.unwrap().as_secs_f64(), 1.0);
/// ```
#[track_caller]
pub fn block(length: Duration) {
    let place = Location::caller();
    if let Some(current) = current() {
        let start = now();
        current.core.block(length);
        // What has passed, not what was asked for.
        record(Entry::new(Kind::Block).value((now() - start).as_nanos() as i64).at(place));
    }
}
