use std::cell::Cell;
use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::rc::Rc;

use super::bucket::Bucket;
use super::permits::Permits;
use crate::error::{Error, Result};
use crate::executor::{Alarm, Label, WaitFor, current, no_loop, now, record};
use crate::time::{Duration, Instant};
use crate::trace::{Entry, Kind, Place};

/// Lets so many pass in a second, and a few more at once after a pause: a token bucket. Strictly first come, first
/// served.
///
/// In any stretch of time no more pass than tokens came in it and the bucket holds. Exact: tokens come at whole
/// nanoseconds, none early, and what is lost by rounding one up is not lost to the next.
///
/// ```
/// use loopscope::{RateLimiter, VirtualLoop, now};
///
/// let times = VirtualLoop::new().run(async {
///     let limiter = RateLimiter::new(2, 3)?;
///     let mut times = vec![];
///     for _ in 0..6 {
///         limiter.acquire().await?;
///         times.push(now().as_secs_f64());
///     }
///     Ok(times)
/// });
/// assert_eq!(times.unwrap(), [0.0, 0.0, 0.0, 0.5, 1.0, 1.5]);
/// ```
#[derive(Clone)]
pub struct RateLimiter(Rc<Inner>);

struct Inner {
    bucket: Bucket,
    /// One permit: to stand before the bucket and wait for the next token.
    front: Permits,
    label: Label,
    /// How many tokens were missing when the trace was told of it last.
    told: Cell<u128>,
}

impl RateLimiter {
    /// Creates a limiter that lets `rate` pass in a second, and up to `burst` at once. Its bucket is full.
    ///
    /// # Errors
    ///
    /// A `ValueError` when one of them is 0: nothing could ever pass.
    pub fn new(rate: u32, burst: u32) -> Result<Self> {
        Self::per(rate, Duration::from_secs(1), burst)
    }

    /// Creates a limiter that lets `count` pass in a period, evenly spread, and up to `burst` at once.
    ///
    /// # Errors
    ///
    /// A `ValueError` when one of them is 0.
    ///
    /// ```
    /// use loopscope::{Duration, RateLimiter, VirtualLoop, now};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let limiter = RateLimiter::per(3, Duration::from_secs(60), 1)?.named("three a minute");
    ///     limiter.acquire().await?;
    ///     limiter.acquire().await?;
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 20.0);
    /// assert!(RateLimiter::new(0, 1).unwrap_err().message().ends_with("lets nothing pass"));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn per(count: u32, period: Duration, burst: u32) -> Result<Self> {
        if count == 0 || period.is_zero() || burst == 0 {
            let message =
                format!("a rate limiter of {count} per {period:?} with bursts of {burst} lets nothing pass");
            return Err(Error::value(message));
        }
        let (bucket, label) = (Bucket::new(count, period, burst), Label::new("rate limiter", burst as usize));
        Ok(RateLimiter(Rc::new(Inner { bucket, front: Permits::new(1), label, told: Cell::new(0) })))
    }

    /// Gives the limiter a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.label.name(name);
        self
    }

    /// Waits for a token and takes it. Who gives up takes none.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<()>> + use<> {
        let (limiter, place) = (self.clone(), Location::caller());
        async move {
            let Inner { front, label, .. } = &*limiter.0;
            let why = || format!("a token ({} ahead)", front.line.len());
            let describe = || WaitFor { on: label.id(), until: None, why: why(), place: Some(place) };
            front.acquire(&limiter, "its turn has come", describe).await?;
            let _front = Front(front);
            let mut has_waited = false;
            while let Err(moment) = limiter.take(has_waited, place) {
                limiter.wait_until(moment, place).await?;
                has_waited = true;
            }
            Ok(())
        }
    }

    /// Takes a token if there is one and nobody waits.
    ///
    /// ```
    /// use loopscope::{Duration, RateLimiter, VirtualLoop, sleep};
    ///
    /// let passed = VirtualLoop::new().run(async {
    ///     let limiter = RateLimiter::new(1, 2)?;
    ///     let burst = [limiter.try_acquire(), limiter.try_acquire(), limiter.try_acquire()];
    ///     sleep(Duration::from_secs(1)).await?;
    ///     Ok((burst, limiter.try_acquire()))
    /// });
    /// assert_eq!(passed?, ([true, true, false], true));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn try_acquire(&self) -> bool {
        !self.0.front.locked() && self.take(false, Location::caller()).is_ok()
    }

    /// Takes a token, or says when there will be one. What came since the last look is told as well: nobody is called
    /// when a token comes for which nobody waits.
    fn take(&self, has_waited: bool, place: Place) -> Result<(), Instant> {
        let bucket = &self.0.bucket;
        bucket.fill(now(), has_waited);
        if bucket.missing() < self.0.told.get() {
            self.tell(Kind::Refill, None);
        }
        bucket.take()?;
        self.tell(Kind::Acquire, Some(place));
        Ok(())
    }

    async fn wait_until(&self, moment: Instant, place: Place) -> Result<()> {
        self.0.front.home.enter(self)?;
        let core = current().ok_or_else(no_loop)?.core;
        let mut alarm = Alarm::set(&core, moment, "a token has come");
        let on = self.0.label.id();
        let describe = || WaitFor { on, until: Some(moment), why: "a token".to_owned(), place: Some(place) };
        poll_fn(|context| alarm.poll(context, describe)).await
    }

    fn tell(&self, kind: Kind, place: Option<Place>) {
        let missing = self.0.bucket.missing();
        self.0.told.set(missing);
        record(Entry::new(kind).on(self.0.label.id()).value(missing as i64).at(place));
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<RateLimiter [{}{}]>", self.0.bucket, self.0.front.line)
    }
}

/// The place before the bucket. The next one steps there, whatever became of the one before.
struct Front<'l>(&'l Permits);

impl Drop for Front<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
