use super::sleep::sleep_until;
use crate::error::Result;
use crate::executor::now;
use crate::time::{Duration, Instant};

/// A clock that ticks at regular times. Made by [`interval`].
#[derive(Clone, Debug)]
pub struct Interval {
    period: Duration,
    next: Instant,
}

/// Creates a clock whose first tick comes when a period has passed, and each further one a period after the one before,
/// however long was done in between. Ticks that were missed come at once, one by one.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, interval, sleep};
///
/// let ticks = VirtualLoop::new().run(async {
///     let mut clock = interval(Duration::from_secs(2));
///     let mut ticks = vec![];
///     for _ in 0..3 {
///         ticks.push(clock.tick().await?.as_secs_f64());
///         sleep(Duration::from_millis(700)).await?;
///     }
///     Ok(ticks)
/// });
/// assert_eq!(ticks.unwrap(), [2.0, 4.0, 6.0]);
/// ```
pub fn interval(period: Duration) -> Interval {
    Interval { period, next: now() + period }
}

impl Interval {
    /// Waits for the next tick and gives its time.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile; the tick comes again then.
    pub async fn tick(&mut self) -> Result<Instant> {
        let tick = self.next;
        sleep_until(tick).await?;
        self.next = tick + self.period;
        Ok(tick)
    }
}
