use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::error::Result;
use crate::executor::{Promise, Wait, WaitFor, current, no_loop, now, record};
use crate::time::{Duration, Instant};
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
    Waiting { wait: Wait, until: Instant, length: Duration },
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
#[track_caller]
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Deadline::In(duration), Location::caller(), "to pass")
}

/// Waits until a moment of the run's clock; a moment that has passed gives way for one turn.
///
/// # Errors
///
/// A `CancelledError` when the task is asked to stop meanwhile.
#[track_caller]
pub fn sleep_until(moment: Instant) -> Sleep {
    Sleep::new(Deadline::At(moment), Location::caller(), "to pass")
}

impl Sleep {
    pub(super) fn new(deadline: Deadline, place: Place, what: &'static str) -> Self {
        Sleep { state: State::Fresh(deadline), place, what }
    }

    /// Sets the timer, or only asks for another turn.
    fn start(&mut self) -> Result<()> {
        let current = current().ok_or_else(no_loop)?;
        let State::Fresh(deadline) = &self.state else { return Ok(()) };
        let (until, length) = match *deadline {
            // Giving way is what tight loops do: it does not ask for the time.
            Deadline::In(Duration::ZERO) => (Instant::START, Duration::ZERO),
            Deadline::In(length) => (now() + length, length),
            Deadline::At(until) => (until, until - now()),
        };
        if length.is_zero() {
            current.core.wake(current.task.key());
            record(Entry::new(Kind::Wait).text("the next turn").at(self.place));
            self.state = State::Yielded;
        } else {
            let promise = Promise::new("the time has come");
            current.core.set_timer(until, promise.clone());
            self.state = State::Waiting { wait: Wait::new(promise), until, length };
        }
        Ok(())
    }
}

impl Future for Sleep {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        if let State::Fresh(_) = this.state {
            if let Err(error) = this.start() {
                return Poll::Ready(Err(error));
            }
            if let State::Yielded = this.state {
                return Poll::Pending;
            }
        }
        let (place, what) = (this.place, this.what);
        let polled = match &mut this.state {
            State::Waiting { wait, until, length } => {
                let (until, length) = (*until, *length);
                wait.poll(|| {
                    let why = format!("{} s {what}", length.as_secs_f64());
                    WaitFor { on: 0, until: Some(until), why, place: Some(place) }
                })
            }
            _ => match current().and_then(|current| current.task.take_injection()) {
                Some(error) => Poll::Ready(Err(error)),
                None => Poll::Ready(Ok(())),
            },
        };
        if polled.is_ready() {
            this.clear();
        }
        polled
    }
}

impl Sleep {
    /// Gives the timer back if it has not fired.
    fn clear(&mut self) {
        if let State::Waiting { wait, .. } = std::mem::replace(&mut self.state, State::Over) {
            let promise: &Rc<Promise> = wait.promise();
            let fired = promise.is_done();
            promise.abandon();
            if let Some(current) = current().filter(|_| !fired) {
                current.core.timer_died();
            }
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.clear();
    }
}
