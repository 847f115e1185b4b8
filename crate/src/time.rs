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

/// Returns a duration in seconds: the float that is nearest to it, whose text has no digits that are not the duration's.
///
/// ```
/// use loopscope::{Duration, seconds};
///
/// let duration = Duration::from_millis(1118);
/// assert_eq!(seconds(duration).to_string(), "1.118");
/// // Whole seconds and the rest are rounded one by one, and their sum once more.
/// assert_eq!(duration.as_secs_f64().to_string(), "1.1179999999999999");
/// ```
pub fn seconds(duration: Duration) -> f64 {
    (Instant::START + duration).as_secs_f64()
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
        write!(f, "{} s", Seconds(*self - Instant::START))
    }
}

/// Makes a length of seconds, to the nearest nanosecond; a negative one is none.
pub(crate) fn from_secs(seconds: f64) -> Duration {
    Duration::from_nanos((seconds * 1e9).round_ties_even() as u64)
}

/// A length as seconds in decimals: all that it has, or as many as are asked for, as in `{:.2}`. From whole numbers: the
/// noise of floating point is not in them, and its tables are not in the wasm.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: usize = 9;
        let places = f.precision().unwrap_or(DIGITS).min(DIGITS);
        let unit = 10_u32.pow((DIGITS - places) as u32);
        let rounded = self.0.saturating_add(Duration::from_nanos(u64::from(unit / 2)));
        let digits = format!("{:09}", rounded.subsec_nanos());
        let shown = match f.precision() {
            Some(_) => &digits[..places],
            None => digits.trim_end_matches('0'),
        };
        let point = if shown.is_empty() { "" } else { "." };
        write!(f, "{}{point}{shown}", rounded.as_secs())
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Seconds};

    #[test]
    fn seconds_have_the_decimals_that_they_need_or_that_are_asked_for() {
        let shown = |nanos| {
            let seconds = Seconds(Duration::from_nanos(nanos));
            (seconds.to_string(), format!("{seconds:.2}"), format!("{seconds:.0}"))
        };
        let expected = |all: &str, two: &str, none: &str| (all.to_owned(), two.to_owned(), none.to_owned());
        assert_eq!(shown(0), expected("0", "0.00", "0"));
        assert_eq!(shown(50_000_000), expected("0.05", "0.05", "0"));
        assert_eq!(shown(1_500_000_000), expected("1.5", "1.50", "2"));
        assert_eq!(shown(9_995_000_001), expected("9.995000001", "10.00", "10"));
        assert_eq!(Seconds(Duration::MAX).to_string(), "18446744073709551615.999999999");
    }

    #[test]
    fn lengths_of_a_run_are_shown_as_floating_point_shows_them() {
        for nanos in (0..40_000_000_000_u64).step_by(7_919_007) {
            let length = Seconds(Duration::from_nanos(nanos));
            assert_eq!(length.to_string(), (nanos as f64 / 1e9).to_string());
        }
    }
}
