use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::current::need_task;
use super::timer::Timer;
use crate::error::{Error, Kind, Result};
use crate::executor::{Core, TaskCell};
use crate::time::{Duration, Instant, Seconds};

/// A limit of time on the task that entered it. The body of [`timeout()`](super::timeout()) has one; clones are the same.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, now, sleep, timeout};
///
/// let seconds = VirtualLoop::new().run(async {
///     timeout(Duration::from_secs(1), async |limit| {
///         limit.reschedule(now() + Duration::from_secs(5))?;
///         sleep(Duration::from_secs(3)).await
///     })
///     .await?;
///     Ok(now().as_secs_f64())
/// });
/// assert_eq!(seconds.unwrap(), 3.0);
/// ```
#[derive(Clone)]
pub struct Timeout(Rc<Inner>);

struct Inner {
    state: Cell<State>,
    when: Cell<Option<Instant>>,
    timer: RefCell<Option<Rc<Timer>>>,
    /// Who entered, and how many requests to stop it had then.
    entered: RefCell<Option<(Rc<TaskCell>, u32)>>,
}

/// ```text
///   Created ── enter ──▶ Active ── the time has come ──▶ Expiring ── exit ──▶ Expired
///                           └────────── exit ──────────▶ Finished
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Created,
    Active,
    Expiring,
    Expired,
    Finished,
}

impl State {
    /// Returns Python's name.
    fn name(self) -> &'static str {
        match self {
            State::Created => "created",
            State::Active => "active",
            State::Expiring => "expiring",
            State::Expired => "expired",
            State::Finished => "finished",
        }
    }
}

impl Timeout {
    /// Creates a limit that counts once it is entered; [`timeout()`](super::timeout()) does all that.
    pub fn new(when: impl Into<Option<Instant>>) -> Self {
        let when = Cell::new(when.into());
        let (timer, entered) = Default::default();
        Timeout(Rc::new(Inner { state: Cell::new(State::Created), when, timer, entered }))
    }

    /// Returns the deadline, if there is one.
    ///
    /// ```
    /// use loopscope::{Duration, Instant, VirtualLoop, sleep, timeout};
    ///
    /// let late = VirtualLoop::new().run(async {
    ///     timeout(Duration::from_secs(2), async |limit| {
    ///         assert_eq!(limit.when(), Some(Instant::START + Duration::from_secs(2)));
    ///         // The body refuses to stop, which is its right; the limit tells.
    ///         sleep(Duration::from_secs(3)).await.unwrap_err();
    ///         Ok(limit.expired())
    ///     })
    ///     .await
    /// });
    /// assert!(late?);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn when(&self) -> Option<Instant> {
        self.0.when.get()
    }

    /// Says whether the time has come while the body ran.
    pub fn expired(&self) -> bool {
        matches!(self.0.state.get(), State::Expiring | State::Expired)
    }

    /// Moves the deadline, or takes it away. One that has passed lets the time come in the next turn.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` before the body has begun, and once the time has come or the body has ended.
    ///
    /// ```
    /// use loopscope::{Duration, Kind, VirtualLoop, now, sleep, timeout};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     // No limit at first; one that starts when the first step is done.
    ///     let slow = timeout(None, async |limit| {
    ///         sleep(Duration::from_secs(10)).await?;
    ///         limit.reschedule(now() + Duration::from_secs(1))?;
    ///         sleep(Duration::from_secs(60)).await
    ///     });
    ///     assert!(slow.await.unwrap_err().is(Kind::TimeoutError));
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 11.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn reschedule(&self, when: impl Into<Option<Instant>>) -> Result<()> {
        let (State::Active, Some((task, _))) = (self.0.state.get(), &*self.0.entered.borrow()) else {
            return Err(Error::runtime(match self.0.state.get() {
                State::Created => "Timeout has not been entered".to_owned(),
                state => format!("Cannot change state of {} Timeout", state.name()),
            }));
        };
        let when = when.into();
        self.0.when.set(when);
        self.stop_timer();
        if let Some((when, core)) = when.zip(task.core()) {
            let timeout = Rc::downgrade(&self.0);
            let expire = move |core: &Rc<Core>| {
                if let Some(timeout) = timeout.upgrade() {
                    Timeout(timeout).expire(core);
                }
            };
            let timer =
                if when <= core.now() { Timer::soon(&core, expire) } else { Timer::at(&core, when, expire) };
            *self.0.timer.borrow_mut() = Some(timer);
        }
        Ok(())
    }

    /// Begins to count, for the task that runs.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when it was entered before, or when no task runs.
    ///
    /// ```
    /// use loopscope::task::Timeout;
    /// use loopscope::{Duration, Kind, VirtualLoop, now, sleep};
    ///
    /// let raised = VirtualLoop::new().run(async {
    ///     // By hand: an async manager would do this on its way in and out.
    ///     let limit = Timeout::new(now() + Duration::from_secs(1));
    ///     limit.enter()?;
    ///     let body = sleep(Duration::from_secs(60)).await;
    ///     limit.exit(body.as_ref().err())?;
    ///     body
    /// });
    /// assert!(raised.unwrap_err().is(Kind::TimeoutError));
    /// ```
    pub fn enter(&self) -> Result<()> {
        if self.0.state.get() != State::Created {
            return Err(Error::runtime("Timeout has already been entered"));
        }
        let (_, task) = need_task(|| OUTSIDE.to_owned())?;
        self.0.state.set(State::Active);
        let cancelling = task.cancelling();
        *self.0.entered.borrow_mut() = Some((task, cancelling));
        self.reschedule(self.when())
    }

    /// Ends the count. `raised` is the body's error, if it ended with one.
    ///
    /// # Errors
    ///
    /// A `TimeoutError` when the body's error is the timeout's own request to stop; that takes the error's place.
    pub fn exit(&self, raised: Option<&Error>) -> Result<()> {
        self.stop_timer();
        match (self.0.state.get(), self.0.entered.take()) {
            (State::Expiring, Some((task, cancelling))) => {
                self.0.state.set(State::Expired);
                match raised {
                    // Somebody else has asked too: that one's request goes through.
                    _ if task.uncancel() > cancelling => Ok(()),
                    Some(error) if error.is(Kind::CancelledError) => {
                        Err(Error::timeout().raise_from(error.clone()))
                    }
                    Some(error) => {
                        blame_timeout(error);
                        if error.is(Kind::ExceptionGroup) {
                            error.errors().iter().for_each(blame_timeout);
                        }
                        Ok(())
                    }
                    None => Ok(()),
                }
            }
            (State::Active, _) => {
                self.0.state.set(State::Finished);
                Ok(())
            }
            (state, _) => Err(Error::runtime(format!("Cannot exit {} Timeout", state.name()))),
        }
    }

    fn expire(&self, core: &Rc<Core>) {
        self.0.timer.borrow_mut().take();
        if let Some((task, _)) = &*self.0.entered.borrow() {
            core.cancel(task, &None, "its timeout has expired");
        }
        self.0.state.set(State::Expiring);
    }

    /// Ends the count of a body that was dropped: its request to stop, if it was made, is for nobody.
    pub(super) fn abandon(&self) {
        self.stop_timer();
        if let Some((task, _)) = self.0.entered.take()
            && self.0.state.replace(State::Finished) == State::Expiring
        {
            task.uncancel();
            self.0.state.set(State::Expired);
        }
    }

    fn stop_timer(&self) {
        let timer = self.0.timer.borrow_mut().take();
        if let Some(timer) = timer {
            timer.cancel();
        }
    }
}

/// What is said where no task runs.
pub(super) const OUTSIDE: &str = "Timeout should be used inside a task";

/// Puts a `TimeoutError` between an error and the request to stop that it came from.
fn blame_timeout(error: &Error) {
    let mut at = error.clone();
    while let Some(context) = at.context() {
        if context.is(Kind::CancelledError) {
            at.while_handling(&Error::timeout().raise_from(context));
            return;
        }
        at = context;
    }
}

/// What Python's `repr` tells.
impl fmt::Debug for Timeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.0.state.get();
        write!(f, "<Timeout [{}]", state.name())?;
        match (state, self.when()) {
            (State::Active, Some(when)) => {
                let millis = when.as_nanos().saturating_add(500_000) / 1_000_000;
                let point = if millis.is_multiple_of(1000) { ".0" } else { "" };
                write!(f, " when={}{point}>", Seconds(Duration::from_millis(millis)))
            }
            (State::Active, None) => f.write_str(" when=None>"),
            _ => f.write_str(">"),
        }
    }
}
