use std::fmt;

use super::semaphore::{Permit, Semaphore};
use crate::error::Result;

/// A [`Semaphore`] that never has more permits than in the beginning: Python's `asyncio.BoundedSemaphore`.
///
/// ```
/// use loopscope::BoundedSemaphore;
///
/// let semaphore = BoundedSemaphore::new(1);
/// let once_more = semaphore.release().unwrap_err();
/// assert_eq!(once_more.to_string(), "ValueError: BoundedSemaphore released too many times");
/// ```
#[derive(Clone)]
pub struct BoundedSemaphore(Semaphore);

impl BoundedSemaphore {
    /// Creates a semaphore with so many permits.
    pub fn new(value: usize) -> Self {
        BoundedSemaphore(Semaphore::with_bound(value, value))
    }

    /// Gives the semaphore a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        BoundedSemaphore(self.0.named(name))
    }

    /// Says whether [`BoundedSemaphore::acquire`] would have to wait.
    pub fn locked(&self) -> bool {
        self.0.locked()
    }

    /// Returns how many permits are left, without those that are on their way to who waits.
    pub fn value(&self) -> usize {
        self.0.value()
    }

    /// Waits for a permit, which is held until it is dropped.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    ///
    /// ```
    /// use loopscope::{BoundedSemaphore, VirtualLoop};
    ///
    /// let values = VirtualLoop::new().run(async {
    ///     let semaphore = BoundedSemaphore::new(2).named("seats");
    ///     let first = semaphore.acquire().await?;
    ///     let second = semaphore.acquire().await?;
    ///     let full = (semaphore.value(), semaphore.locked());
    ///     first.release()?;
    ///     drop(second);
    ///     Ok((full, (semaphore.value(), semaphore.locked())))
    /// });
    /// assert_eq!(values?, ((0, true), (2, false)));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<Permit>> + use<> {
        self.0.acquire()
    }

    /// Gives back a permit that was [kept](Permit::keep).
    ///
    /// # Errors
    ///
    /// A `ValueError` when all permits are there.
    pub fn release(&self) -> Result<()> {
        self.0.give_back()
    }
}

/// Tells what Python's `repr` tells.
impl fmt::Debug for BoundedSemaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
