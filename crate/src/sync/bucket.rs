use std::cell::Cell;
use std::fmt;

use crate::time::{Duration, Instant};

/// A bucket of tokens that fills evenly, to the nanosecond and without ever rounding.
///
/// It counts drops: in each nanosecond `rate` drops fall, `token` drops are a token.
pub(super) struct Bucket {
    /// How many tokens come in a period, which is how many drops come in a nanosecond.
    rate: u128,
    /// How many nanoseconds a period has, which is how many drops a token has.
    token: u128,
    /// How many drops it holds.
    size: u128,
    level: Cell<u128>,
    /// When the level was that.
    at: Cell<Instant>,
}

impl Bucket {
    /// Creates a full bucket.
    pub(super) fn new(rate: u32, period: Duration, burst: u32) -> Self {
        let token = period.as_nanos();
        let size = token * u128::from(burst);
        Bucket { rate: rate.into(), token, size, level: Cell::new(size), at: Cell::default() }
    }

    /// Takes in what has fallen until now.
    ///
    /// Who has waited for a token comes up to a nanosecond after it: what fell meanwhile is not spilled.
    pub(super) fn fill(&self, now: Instant, has_waited: bool) {
        let fallen = (now - self.at.get()).as_nanos() * self.rate;
        let size = if has_waited { self.size + self.rate - 1 } else { self.size };
        self.level.set((self.level.get() + fallen).min(size));
        self.at.set(now);
    }

    /// Takes a token, or says when there will be one if nobody takes one before.
    pub(super) fn take(&self) -> Result<(), Instant> {
        let level = self.level.get();
        if level >= self.token {
            self.level.set(level - self.token);
            return Ok(());
        }
        let nanos = (self.token - level).div_ceil(self.rate);
        Err(self.at.get() + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)))
    }

    /// Returns how many whole tokens are missing.
    pub(super) fn missing(&self) -> u128 {
        self.size.saturating_sub(self.level.get()).div_ceil(self.token)
    }
}

/// Tells how fast it fills, and how many tokens it holds.
impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = Duration::from_nanos(u64::try_from(self.token).unwrap_or(u64::MAX));
        write!(f, "{} in {period:?}, {} at once", self.rate, self.size / self.token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_woken_late_finds_what_falls_in_a_nanosecond_less_a_drop_above_a_full_bucket() {
        let bucket = Bucket::new(3, Duration::from_nanos(6), 1);
        assert_eq!(bucket.take(), Ok(()));
        bucket.fill(Instant::from_nanos(100), true);
        assert_eq!((bucket.missing(), bucket.take()), (0, Ok(())));
        // Two drops are left of eight, and four more fall in two nanoseconds.
        assert_eq!(bucket.take(), Err(Instant::from_nanos(102)));
        bucket.fill(Instant::from_nanos(200), false);
        assert_eq!(bucket.take(), Ok(()));
        assert_eq!(bucket.take(), Err(Instant::from_nanos(202)));
    }
}
