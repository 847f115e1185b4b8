use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::error::Result;
use crate::executor::{Alarm, Current, WaitFor, current, no_loop, now, take_injection, with_current};
use crate::time::{Duration, Instant, Seconds};
use crate::trace::{Entry, Kind, Place};

/// Waits for a time. Made by [`sleep`] and [`sleep_until`].
#[must_use = "a sleep that is not awaited does not wait"]
pub struct Sleep {
    state: State,
    place: Place,
    /// What the time is that passes, for the trace.
    what: &'static str,
}

/// - fresh: not polled yet, nothing is set;
/// - yielded: a sleep of no length, which waits for the next turn and no timer;
/// - waiting: the timer is set;
/// - over: nothing is left to give back.
enum State {
    Fresh(Deadline),
    Yielded,
    Waiting { alarm: Alarm, until: Instant, length: Duration },
    Over,
}

pub(super) enum Deadline {
    In(Duration),
    At(Instant),
}

/// Waits for this long. With no length it gives way to the others for one turn.
///
/// # Errors
///
/// A `CancelledError` when the task is asked to stop meanwhile.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, now, sleep};
///
/// let times = VirtualLoop::new().run(async {
///     sleep(Duration::ZERO).await?; // the others' turn
///     let before = now().as_secs_f64();
///     sleep(Duration::from_millis(1500)).await?;
///     Ok((before, now().as_secs_f64()))
/// });
/// assert_eq!(times?, (0.0, 1.5));
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Deadline::In(duration), Location::caller(), "to pass")
}

/// Waits until a moment of the run's clock; a moment that has passed gives way for one turn.
///
/// # Errors
///
/// A `CancelledError` when the task is asked to stop meanwhile.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, now, sleep, sleep_until};
///
/// let woken = VirtualLoop::new().run(async {
///     let alarm = now() + Duration::from_secs(5);
///     sleep(Duration::from_secs(2)).await?;
///     sleep_until(alarm).await?;
///     sleep_until(alarm).await?; // it has passed
///     Ok(now() == alarm)
/// });
/// assert!(woken?);
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn sleep_until(moment: Instant) -> Sleep {
    Sleep::new(Deadline::At(moment), Location::caller(), "to pass")
}

impl Sleep {
    pub(super) fn new(deadline: Deadline, place: Place, what: &'static str) -> Self {
        Sleep { state: State::Fresh(deadline), place, what }
    }

    /// Gives way for a turn.
    #[inline(always)]
    fn give_way(&mut self, context: &Context<'_>) -> Poll<Result<()>> {
        let given = with_current(|Current { core, task }| {
            core.wake_running(task);
            task.look_inside(context, None);
            core.record_with(task.id(), || Entry::new(Kind::Wait).text("the next turn").at(self.place));
        });
        if given.is_none() {
            return Poll::Ready(Err(no_loop()));
        }
        self.state = State::Yielded;
        Poll::Pending
    }

    /// Polls one that may have to wait for a time. Out of line: tight loops have no use for it.
    #[inline(never)]
    fn poll_time(&mut self, context: &Context<'_>) -> Poll<Result<()>> {
        match self.state {
            State::Fresh(Deadline::In(length)) => self.begin(context, now() + length, length),
            State::Fresh(Deadline::At(until)) if until <= now() => self.give_way(context),
            State::Fresh(Deadline::At(until)) => self.begin(context, until, until - now()),
            State::Waiting { .. } => self.wait(context),
            State::Yielded | State::Over => Poll::Ready(take_injection().map_or(Ok(()), Err)),
        }
    }

    /// Sets the timer and waits for it.
    fn begin(&mut self, context: &Context<'_>, until: Instant, length: Duration) -> Poll<Result<()>> {
        let Some(current) = current() else { return Poll::Ready(Err(no_loop())) };
        let alarm = Alarm::set(&current.core, until, "the time has come");
        self.state = State::Waiting { alarm, until, length };
        self.wait(context)
    }

    fn wait(&mut self, context: &Context<'_>) -> Poll<Result<()>> {
        let (place, what) = (self.place, self.what);
        let State::Waiting { alarm, until, length } = &mut self.state else { return Poll::Pending };
        let (until, length) = (*until, *length);
        let polled = alarm.poll(context, || {
            let why = format!("{} s {what}", Seconds(length));
            WaitFor { on: 0, until: Some(until), why, place: Some(place) }
        });
        if polled.is_ready() {
            self.state = State::Over;
        }
        polled
    }
}

impl Future for Sleep {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        match self.state {
            // Giving way is what tight loops do: it does not ask for the time.
            State::Fresh(Deadline::In(Duration::ZERO)) => self.give_way(context),
            State::Yielded => Poll::Ready(take_injection().map_or(Ok(()), Err)),
            _ => self.poll_time(context),
        }
    }
}
