use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::gauge::Gauge;
use super::permits::Permits;
use crate::error::{Error, Result};
use crate::executor::WaitFor;
use crate::trace::Place;

/// Lets so many tasks at a time go on: Python's `asyncio.Semaphore`. Strictly first come, first served.
///
/// ```
/// use loopscope::{Duration, Semaphore, VirtualLoop, now, sleep, spawn};
///
/// let took = VirtualLoop::new().run(async {
///     let semaphore = Semaphore::new(2);
///     let fetch = |semaphore: Semaphore| async move {
///         let _permit = semaphore.acquire().await?;
///         sleep(Duration::from_secs(1)).await
///     };
///     let fetches: Vec<_> = (0..5).map(|_| spawn(fetch(semaphore.clone()))).collect();
///     for fetch in fetches {
///         fetch.await?;
///     }
///     Ok(now())
/// });
/// assert_eq!(took.unwrap().as_secs_f64(), 3.0);
/// ```
#[derive(Clone)]
pub struct Semaphore(Rc<Inner>);

struct Inner {
    permits: Permits,
    gauge: Gauge,
    /// What the counter may not exceed.
    bound: usize,
}

impl Semaphore {
    /// Creates a semaphore with so many permits. There may be more later, see [`Semaphore::release`].
    pub fn new(value: usize) -> Self {
        Self::with_bound(value, usize::MAX)
    }

    pub(super) fn with_bound(value: usize, bound: usize) -> Self {
        let (permits, gauge) = (Permits::new(value), Gauge::new("semaphore", value));
        Semaphore(Rc::new(Inner { permits, gauge, bound }))
    }

    /// Gives the semaphore a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.gauge.label.name(name);
        self
    }

    /// Says whether [`Semaphore::acquire`] would have to wait.
    pub fn locked(&self) -> bool {
        self.0.permits.locked()
    }

    /// Returns how many permits are left, without those that are on their way to who waits.
    ///
    /// ```
    /// use loopscope::{Semaphore, VirtualLoop};
    ///
    /// let values = VirtualLoop::new().run(async {
    ///     let semaphore = Semaphore::new(1).named("connections");
    ///     let permit = semaphore.acquire().await?;
    ///     let taken = (semaphore.value(), semaphore.locked());
    ///     drop(permit);
    ///     Ok((taken, (semaphore.value(), semaphore.locked())))
    /// });
    /// assert_eq!(values?, ((0, true), (1, false)));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn value(&self) -> usize {
        self.0.permits.value()
    }

    /// Waits for a permit, which is held until it is dropped.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<Permit>> + use<> {
        let (semaphore, place) = (self.clone(), Location::caller());
        async move {
            let Inner { permits, gauge, .. } = &*semaphore.0;
            permits.acquire(&semaphore, "a permit is free", || semaphore.describe(place)).await?;
            gauge.up(place);
            Ok(Permit { semaphore: Some(semaphore) })
        }
    }

    /// Adds a permit. Those that were acquired come back by themselves; this is for one that was
    /// [kept](Permit::keep), or for a semaphore that counts something.
    ///
    /// ```
    /// use loopscope::{Duration, Semaphore, VirtualLoop, now, sleep, spawn};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let arrived = Semaphore::new(0);
    ///     for seconds in [1, 4, 2] {
    ///         let arrived = arrived.clone();
    ///         spawn(async move {
    ///             sleep(Duration::from_secs(seconds)).await?;
    ///             Ok(arrived.release())
    ///         });
    ///     }
    ///     for _ in 0..3 {
    ///         arrived.acquire().await?.keep();
    ///     }
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 4.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn release(&self) {
        // Only a bounded one can fail.
        let _ = self.give_back();
    }

    pub(super) fn give_back(&self) -> Result<()> {
        let Inner { permits, gauge, bound, .. } = &*self.0;
        if permits.value() >= *bound {
            return Err(Error::value("BoundedSemaphore released too many times"));
        }
        gauge.down();
        permits.release();
        Ok(())
    }

    fn describe(&self, place: Place) -> WaitFor {
        let Inner { gauge, .. } = &*self.0;
        let why = format!("a permit ({} held)", gauge.held());
        WaitFor { on: gauge.label.id(), until: None, why, place: Some(place) }
    }
}

/// Tells what Python's `repr` tells.
impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { permits, bound, .. } = &*self.0;
        let name = if *bound == usize::MAX { "Semaphore" } else { "BoundedSemaphore" };
        let line = &permits.line;
        if self.locked() {
            write!(f, "<{name} [locked{line}]>")
        } else {
            write!(f, "<{name} [unlocked, value:{}{line}]>", self.value())
        }
    }
}

/// A permit of a semaphore; dropping it gives it back. Made by [`Semaphore::acquire`].
#[must_use = "a permit is given back when it is dropped: bind it to a name, and not to `_`"]
pub struct Permit {
    /// None once it is given back, or kept.
    semaphore: Option<Semaphore>,
}

impl Permit {
    /// Gives it back now, and tells what dropping would hide.
    ///
    /// # Errors
    ///
    /// A `ValueError` when the semaphore is bounded and has all its permits already.
    ///
    /// ```
    /// use loopscope::{BoundedSemaphore, VirtualLoop};
    ///
    /// let told = VirtualLoop::new().run(async {
    ///     let semaphore = BoundedSemaphore::new(1);
    ///     let permit = semaphore.acquire().await?;
    ///     semaphore.release()?; // behind its back
    ///     Ok(permit.release().unwrap_err())
    /// });
    /// assert_eq!(told?.to_string(), "ValueError: BoundedSemaphore released too many times");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn release(mut self) -> Result<()> {
        self.semaphore.take().map_or(Ok(()), |semaphore| semaphore.give_back())
    }

    /// Does not give it back, until somebody calls [`Semaphore::release`].
    ///
    /// ```
    /// use loopscope::{Semaphore, VirtualLoop};
    ///
    /// let left = VirtualLoop::new().run(async {
    ///     let semaphore = Semaphore::new(2);
    ///     semaphore.acquire().await?.keep();
    ///     drop(semaphore.acquire().await?);
    ///     Ok(semaphore.value())
    /// });
    /// assert_eq!(left?, 1);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn keep(mut self) {
        self.semaphore = None;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(semaphore) = self.semaphore.take() {
            // A drop cannot fail; `release` would have told.
            let _ = semaphore.give_back();
        }
    }
}
