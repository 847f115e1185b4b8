//! Time on the clock of a run: whole nanoseconds since it began.

use std::fmt;
use std::ops::{Add, Sub};

pub use std::time::Duration;

/// A moment of a run: nanoseconds since it began, on the run's own clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The moment at which a run begins.
    pub const START: Instant = Instant(0);

    /// Creates a moment from nanoseconds since the run began.
    ///
    /// ```
    /// use loopscope::{Duration, Instant};
    ///
    /// let moment = Instant::from_nanos(1_500_000_000);
    /// assert_eq!((moment.as_nanos(), moment.as_secs_f64()), (1_500_000_000, 1.5));
    /// assert_eq!(moment - Instant::START, Duration::from_millis(1500));
    /// assert_eq!(Instant::START - moment, Duration::ZERO);
    /// assert_eq!((moment + Duration::from_secs(1)).to_string(), "2.5 s");
    /// ```
    pub const fn from_nanos(nanos: u64) -> Self {
        Instant(nanos)
    }

    /// Returns the nanoseconds since the run began.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// Returns the seconds since the run began.
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

/// Saturates at the end of time, some 584 years after the run began.
impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        let nanos = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
        Instant(self.0.saturating_add(nanos))
    }
}

/// Zero when the other moment is the later one.
impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.as_secs_f64())
    }
}
