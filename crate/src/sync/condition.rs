use std::cell::Cell;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::home::Home;
use super::line::Line;
use super::lock::{Lock, LockGuard};
use crate::error::{Error, Kind, Result};
use crate::executor::{Label, WaitFor};
use crate::trace::Place;

/// Lets tasks wait, without holding a lock, until another one that holds it says so: Python's `asyncio.Condition`.
///
/// ```
/// use std::{cell::Cell, rc::Rc};
///
/// use loopscope::{Condition, Duration, VirtualLoop, sleep, spawn};
///
/// let left = VirtualLoop::new().run(async {
///     let (condition, stock) = (Condition::new(), Rc::new(Cell::new(0)));
///     let buyer = spawn({
///         let (condition, stock) = (condition.clone(), stock.clone());
///         async move {
///             let _guard = condition.acquire().await?;
///             condition.wait_for(|| stock.get() >= 3).await?;
///             stock.set(stock.get() - 3);
///             Ok(())
///         }
///     });
///     for _ in 0..4 {
///         sleep(Duration::from_secs(1)).await?;
///         let _guard = condition.acquire().await?;
///         stock.set(stock.get() + 1);
///         condition.notify_all()?;
///     }
///     buyer.await?;
///     Ok(stock.get())
/// });
/// assert_eq!(left.unwrap(), 1);
/// ```
#[derive(Clone)]
pub struct Condition(Rc<Inner>);

struct Inner {
    lock: Lock,
    line: Line,
    home: Home,
    label: Label,
}

impl Default for Condition {
    fn default() -> Self {
        Self::new()
    }
}

impl Condition {
    /// Creates a condition with a lock of its own.
    pub fn new() -> Self {
        Self::with_lock(Lock::new())
    }

    /// Creates a condition on a lock, which several conditions may share.
    ///
    /// ```
    /// use loopscope::{Condition, Lock, VirtualLoop};
    ///
    /// let shared = VirtualLoop::new().run(async {
    ///     let lock = Lock::new();
    ///     let not_empty = Condition::with_lock(lock.clone()).named("not empty");
    ///     let not_full = Condition::with_lock(lock.clone()).named("not full");
    ///     let guard = not_empty.acquire().await?;
    ///     assert!(lock.locked() && not_full.locked());
    ///     drop(guard);
    ///     Ok(not_full.release().unwrap_err())
    /// });
    /// assert_eq!(shared?.to_string(), "RuntimeError: Lock is not acquired.");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn with_lock(lock: Lock) -> Self {
        Condition(Rc::new(Inner {
            lock,
            line: Line::default(),
            home: Home::default(),
            label: Label::new("condition", 0),
        }))
    }

    /// Gives the condition a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.label.name(name);
        self
    }

    /// Takes the lock, as [`Lock::acquire`] does.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<LockGuard>> + use<> {
        self.0.lock.acquire()
    }

    /// Releases the lock, as [`Lock::release`] does.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when nobody holds it.
    pub fn release(&self) -> Result<()> {
        self.0.lock.release()
    }

    /// Says whether somebody holds the lock.
    pub fn locked(&self) -> bool {
        self.0.lock.locked()
    }

    /// Releases the lock, waits to be notified, and takes the lock again, also when the task is asked to stop.
    ///
    /// It may go on without a reason: look again at what you wait for, or use [`Condition::wait_for`]. The guard of
    /// before holds the lock again afterwards; if this future is dropped half way, that guard holds nothing.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when nobody holds the lock, a `CancelledError` when the task is asked to stop.
    ///
    /// ```
    /// use loopscope::{Condition, Duration, VirtualLoop, now, sleep, spawn};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let condition = Condition::new();
    ///     let waiting = spawn({
    ///         let condition = condition.clone();
    ///         async move {
    ///             let _guard = condition.acquire().await?;
    ///             condition.wait().await?;
    ///             Ok(now().as_secs_f64())
    ///         }
    ///     });
    ///     sleep(Duration::from_secs(1)).await?;
    ///     let guard = condition.acquire().await?; // free, although the other one has a guard
    ///     condition.notify(1)?;
    ///     sleep(Duration::from_secs(1)).await?;
    ///     drop(guard);
    ///     waiting.await
    /// });
    /// assert_eq!(seconds?, 2.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = Result<()>> + use<> {
        let (condition, place) = (self.clone(), Location::caller());
        async move { condition.wait_at(place).await }
    }

    /// Waits until the predicate is true; it is asked while the lock is held.
    ///
    /// # Errors
    ///
    /// As [`Condition::wait`], if it has to wait.
    #[track_caller]
    pub fn wait_for<P: FnMut() -> bool>(
        &self,
        mut predicate: P,
    ) -> impl Future<Output = Result<()>> + use<P> {
        let (condition, place) = (self.clone(), Location::caller());
        async move {
            while !predicate() {
                condition.wait_at(place).await?;
            }
            Ok(())
        }
    }

    async fn wait_at(&self, place: Place) -> Result<()> {
        let Inner { lock, line, home, label } = &*self.0;
        let ticket = lock.ticket().ok_or_else(|| Error::runtime("cannot wait on un-acquired lock"))?;
        home.enter(self)?;
        lock.release()?;
        let baton = Baton { line, owed: Cell::new(false) };
        let why = || "a notification".to_owned();
        let describe = || WaitFor { on: label.id(), until: None, why: why(), place: Some(place) };
        let mut outcome = line.wait("it was notified", describe, |woken| baton.owed.set(woken)).await;
        if outcome.is_ok() {
            baton.owed.set(true);
        }
        let first = outcome.as_ref().err().cloned();
        // As often as it is asked to stop meanwhile: the lock is held when the caller goes on.
        while let Err(error) = lock.wait(place).await {
            let error = first.iter().fold(error, Error::while_handling);
            if !error.is(Kind::CancelledError) {
                return Err(error);
            }
            outcome = Err(error);
        }
        lock.take(ticket, place);
        // With an error it may still have been notified: another one looks instead.
        baton.owed.set(outcome.is_err());
        outcome
    }

    /// Wakes so many of those who wait; they go on when they have the lock.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when nobody holds the lock.
    ///
    /// ```
    /// use loopscope::{Condition, Duration, VirtualLoop, sleep, spawn};
    ///
    /// let woken = VirtualLoop::new().run(async {
    ///     let condition = Condition::new();
    ///     let wait = |condition: Condition| async move {
    ///         let _guard = condition.acquire().await?;
    ///         condition.wait().await
    ///     };
    ///     let waiting = [0; 3].map(|_| spawn(wait(condition.clone())));
    ///     sleep(Duration::from_secs(1)).await?;
    ///     let guard = condition.acquire().await?;
    ///     condition.notify(2)?;
    ///     drop(guard);
    ///     assert!(condition.notify(1).is_err(), "who notifies must hold the lock");
    ///     sleep(Duration::from_secs(1)).await?;
    ///     Ok(waiting.map(|task| task.is_finished()))
    /// });
    /// assert_eq!(woken?, [true, true, false]);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn notify(&self, count: usize) -> Result<()> {
        if !self.locked() {
            return Err(Error::runtime("cannot notify on un-acquired lock"));
        }
        self.0.line.wake(count);
        Ok(())
    }

    /// Wakes all who wait; they go on when they have the lock, one after the other.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when nobody holds the lock.
    pub fn notify_all(&self) -> Result<()> {
        self.notify(self.0.line.len())
    }
}

/// Wakes another one if the one who was notified does not come to see to it, in whatever way it goes.
struct Baton<'l> {
    line: &'l Line,
    owed: Cell<bool>,
}

impl Drop for Baton<'_> {
    fn drop(&mut self) {
        if self.owed.get() {
            self.line.wake_next();
        }
    }
}

/// Tells what Python's `repr` tells.
impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.locked() { "locked" } else { "unlocked" };
        write!(f, "<Condition [{state}{}]>", self.0.line)
    }
}
