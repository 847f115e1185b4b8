//! Chance that can be repeated: numbers that a seed decides.

use crate::time::Duration;

/// Numbers that look random and are the same for the same seed, natively and in every browser.
///
/// ```
/// use loopscope::{Duration, Random};
///
/// let (second, two) = (Duration::from_secs(1), Duration::from_secs(2));
/// let mut random = Random::new(7);
/// let delays = [random.seconds(second, two), random.seconds(second, two)];
/// assert_eq!(delays, [Duration::from_millis(1774), Duration::from_millis(1222)]);
///
/// let mut again = Random::new(7);
/// assert_eq!(again.seconds(second, two), delays[0]);
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    random: fastrand::Rng,
}

impl Random {
    /// Creates a generator from a seed.
    pub fn new(seed: u64) -> Self {
        Random { random: fastrand::Rng::with_seed(seed) }
    }

    /// Draws a whole number below `n`; 0 when there is none.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 { 0 } else { self.random.u64(0..n) }
    }

    /// Draws a time between two, both included, in whole milliseconds: what people can read.
    pub fn seconds(&mut self, shortest: Duration, longest: Duration) -> Duration {
        let millis = |time: Duration| {
            time.as_secs().saturating_mul(1000).saturating_add(u64::from(time.subsec_millis()))
        };
        let (shortest, longest) = (millis(shortest), millis(longest));
        let span = longest.saturating_sub(shortest).saturating_add(1);
        Duration::from_millis(shortest.saturating_add(self.below(span)))
    }

    /// Says yes in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}
