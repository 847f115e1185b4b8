use std::cell::Cell;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::gauge::Gauge;
use super::home::Home;
use super::line::Line;
use crate::error::{Error, Result};
use crate::executor::{WaitFor, current};
use crate::trace::Place;

/// Lets one task at a time go on: Python's `asyncio.Lock`. Strictly first come, first served.
///
/// ```
/// use loopscope::{Duration, Lock, VirtualLoop, now, sleep, spawn};
///
/// let took = VirtualLoop::new().run(async {
///     let lock = Lock::new();
///     let careful = |lock: Lock| async move {
///         let _guard = lock.acquire().await?;
///         sleep(Duration::from_secs(1)).await
///     };
///     let (first, second) = (spawn(careful(lock.clone())), spawn(careful(lock.clone())));
///     first.await?;
///     assert!(lock.locked(), "the second one has it now");
///     second.await?;
///     Ok(now())
/// });
/// assert_eq!(took.unwrap().as_secs_f64(), 2.0);
/// ```
#[derive(Clone)]
pub struct Lock(Rc<Inner>);

struct Inner {
    hold: Cell<Option<Hold>>,
    last_ticket: Cell<u64>,
    line: Line,
    home: Home,
    gauge: Gauge,
}

/// Who holds a lock.
#[derive(Clone, Copy)]
struct Hold {
    /// A guard releases only what it took: the lock may be released, and taken by another one, under its eyes.
    ticket: u64,
    task: u32,
}

impl Default for Lock {
    fn default() -> Self {
        Self::new()
    }
}

impl Lock {
    /// Creates a lock that nobody holds.
    pub fn new() -> Self {
        Lock(Rc::new(Inner {
            hold: Cell::new(None),
            last_ticket: Cell::new(0),
            line: Line::default(),
            home: Home::default(),
            gauge: Gauge::new("lock", 1),
        }))
    }

    /// Gives the lock a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.gauge.label.name(name);
        self
    }

    /// Says whether somebody holds it.
    pub fn locked(&self) -> bool {
        self.0.hold.get().is_some()
    }

    /// Waits until the lock can be taken, and takes it until the guard is dropped.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    ///
    /// ```
    /// use loopscope::{Lock, VirtualLoop};
    ///
    /// let held = VirtualLoop::new().run(async {
    ///     let lock = Lock::new().named("door");
    ///     let guard = lock.acquire().await?;
    ///     let held = lock.locked();
    ///     drop(guard);
    ///     Ok((held, lock.locked()))
    /// });
    /// assert_eq!(held?, (true, false));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<LockGuard>> + use<> {
        let (lock, place) = (self.clone(), Location::caller());
        async move {
            lock.wait(place).await?;
            let ticket = lock.0.last_ticket.get() + 1;
            lock.0.last_ticket.set(ticket);
            lock.take(ticket, place);
            Ok(LockGuard { lock, ticket: Some(ticket) })
        }
    }

    /// Releases the lock, whoever holds it; a guard that took it holds nothing then.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when nobody holds it.
    ///
    /// ```
    /// use loopscope::{Lock, VirtualLoop};
    ///
    /// let told = VirtualLoop::new().run(async {
    ///     let lock = Lock::new();
    ///     let guard = lock.acquire().await?;
    ///     lock.release()?;
    ///     assert!(!lock.locked());
    ///     drop(guard); // it holds nothing
    ///     Ok(lock.release().unwrap_err())
    /// });
    /// assert_eq!(told?.to_string(), "RuntimeError: Lock is not acquired.");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn release(&self) -> Result<()> {
        match self.0.hold.take() {
            None => Err(Error::runtime("Lock is not acquired.")),
            Some(_) => {
                self.0.gauge.down();
                self.0.line.wake_front();
                Ok(())
            }
        }
    }

    /// Waits until it may be taken. The caller takes it before anything else can happen.
    pub(super) async fn wait(&self, place: Place) -> Result<()> {
        let Inner { hold, line, .. } = &*self.0;
        if hold.get().is_none() && !line.is_wanted() {
            return Ok(());
        }
        self.0.home.enter(self)?;
        let give_up = |_| {
            // Woken or not: whoever is in front now may not know that the lock is free.
            if hold.get().is_none() {
                line.wake_front();
            }
        };
        line.wait("the lock was released", || self.describe(place), give_up).await
    }

    pub(super) fn take(&self, ticket: u64, place: Place) {
        let task = current().map_or(0, |current| current.task.id());
        self.0.hold.set(Some(Hold { ticket, task }));
        self.0.gauge.up(place);
    }

    /// Returns by what the present holder knows that it is the holder.
    pub(super) fn ticket(&self) -> Option<u64> {
        self.0.hold.get().map(|hold| hold.ticket)
    }

    fn describe(&self, place: Place) -> WaitFor {
        let why = match self.0.hold.get() {
            Some(Hold { task: 0, .. }) => "the lock (held outside of the loop)".to_owned(),
            Some(Hold { task, .. }) => format!("the lock (held by task {task})"),
            // The one who waits stands in line already.
            None => format!("the lock ({} ahead)", self.0.line.len() - 1),
        };
        WaitFor { on: self.0.gauge.label.id(), until: None, why, place: Some(place) }
    }
}

/// Tells what Python's `repr` tells.
impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.locked() { "locked" } else { "unlocked" };
        write!(f, "<Lock [{state}{}]>", self.0.line)
    }
}

/// A lock that is held; dropping it releases the lock. Made by [`Lock::acquire`].
#[must_use = "the lock is released when its guard is dropped: bind it to a name, and not to `_`"]
pub struct LockGuard {
    lock: Lock,
    /// None once it holds nothing.
    ticket: Option<u64>,
}

impl LockGuard {
    /// Releases the lock now, and tells what dropping would hide.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when the lock was released by [`Lock::release`] before.
    ///
    /// ```
    /// use loopscope::{Lock, VirtualLoop};
    ///
    /// let told = VirtualLoop::new().run(async {
    ///     let lock = Lock::new();
    ///     lock.acquire().await?.release()?;
    ///     let guard = lock.acquire().await?;
    ///     lock.release()?; // behind its back
    ///     Ok(guard.release().unwrap_err())
    /// });
    /// assert_eq!(told?.to_string(), "RuntimeError: Lock is not acquired.");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn release(mut self) -> Result<()> {
        let ticket = self.ticket.take();
        if self.lock.ticket() == ticket {
            self.lock.release()
        } else {
            Err(Error::runtime("Lock is not acquired."))
        }
    }

    /// Leaves the lock held after the guard is gone, until somebody calls [`Lock::release`].
    ///
    /// ```
    /// use loopscope::{Lock, VirtualLoop};
    ///
    /// let held = VirtualLoop::new().run(async {
    ///     let lock = Lock::new();
    ///     lock.acquire().await?.keep();
    ///     let held = lock.locked();
    ///     lock.release()?;
    ///     Ok(held)
    /// });
    /// assert!(held?);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn keep(mut self) {
        self.ticket = None;
    }
}

impl Drop for LockGuard {
    fn drop(&mut self) {
        if self.ticket.is_some() && self.lock.ticket() == self.ticket {
            // It is held, so this cannot fail.
            let _ = self.lock.release();
        }
    }
}
