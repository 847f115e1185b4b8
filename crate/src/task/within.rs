use std::panic::Location;

use super::current::need_task;
use super::timeout::{OUTSIDE, Timeout};
use crate::error::Result;
use crate::executor::Bracket;
use crate::time::{Duration, Instant};
use crate::trace::Place;

/// Runs a body that is asked to stop when a time has passed: Python's `asyncio.timeout`. No time means no limit.
///
/// The body gets a handle with which the deadline can be moved. It runs in the task that calls this: what it does to
/// clean up is waited for, and it may refuse to stop. Other requests to stop go through as they are.
///
/// # Errors
///
/// A `TimeoutError` in place of the `CancelledError` of the timeout, which is its cause; else the body's own error.
///
/// ```
/// use loopscope::{Duration, Kind, VirtualLoop, now, sleep, timeout};
///
/// let (error, seconds) = VirtualLoop::new().run(async {
///     let limit = Duration::from_secs(1);
///     let slow = timeout(limit, async |_| sleep(Duration::from_secs(60)).await).await;
///     Ok((slow.unwrap_err(), now().as_secs_f64()))
/// }).unwrap();
/// assert_eq!(error.to_string(), "TimeoutError, caused by CancelledError");
/// assert_eq!(seconds, 1.0);
/// ```
#[track_caller]
pub fn timeout<T, F>(
    delay: impl Into<Option<Duration>>,
    body: impl FnOnce(Timeout) -> F,
) -> impl Future<Output = Result<T>>
where
    F: Future<Output = Result<T>>,
{
    let delay = delay.into();
    limited(Location::caller(), move |now| delay.map(|delay| now + delay), body)
}

/// As [`timeout`], until a moment of the run's clock.
///
/// # Errors
///
/// As [`timeout`].
///
/// ```
/// use loopscope::{Duration, Kind, VirtualLoop, now, sleep, timeout_at};
///
/// let (error, seconds) = VirtualLoop::new().run(async {
///     let noon = now() + Duration::from_secs(12);
///     timeout_at(noon, async |_| sleep(Duration::from_secs(8)).await).await?;
///     let late = timeout_at(noon, async |_| sleep(Duration::from_secs(8)).await).await;
///     Ok((late.unwrap_err(), now().as_secs_f64()))
/// })?;
/// assert!(error.is(Kind::TimeoutError));
/// assert_eq!(seconds, 12.0);
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn timeout_at<T, F>(
    when: impl Into<Option<Instant>>,
    body: impl FnOnce(Timeout) -> F,
) -> impl Future<Output = Result<T>>
where
    F: Future<Output = Result<T>>,
{
    let when = when.into();
    limited(Location::caller(), move |_| when, body)
}

async fn limited<T, F>(
    place: Place,
    when: impl FnOnce(Instant) -> Option<Instant>,
    body: impl FnOnce(Timeout) -> F,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    /// The body may be dropped before its end.
    struct Leave(Timeout);

    impl Drop for Leave {
        fn drop(&mut self) {
            self.0.abandon();
        }
    }

    let (core, _) = need_task(|| OUTSIDE.to_owned())?;
    let bracket = Bracket::open(place, || "Timeout");
    let held = Leave(Timeout::new(when(core.now())));
    bracket.entered(held.0.enter())?;
    let result = body(held.0.clone()).await;
    let raised = result.as_ref().err();
    bracket.exit_start(raised);
    let exit = held.0.exit(raised);
    bracket.exited(raised, exit.as_ref().map(|()| false));
    exit?;
    result
}
