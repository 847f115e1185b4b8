use std::panic::Location;

use super::crossing::{Crossing, clean_up};
use super::with::{settle, suppresses};
use super::{AsyncContext, Exit};
use crate::error::{Error, Result};
use crate::executor::Bracket;
use crate::trace::Place;

/// Runs a body inside of an async context manager: Python's `async with`. Gives `None` when the manager kept the
/// body's error to itself.
///
/// A task that is asked to stop is asked so at the await where it stands: in the body, the manager is left with the
/// `CancelledError`, and its exit may wait. When the future itself is dropped, a task of its own sees to the rest: it
/// leaves the manager with a `GeneratorExit`, or raises that where entering or leaving stands. This is why the manager
/// may not borrow. The body may.
///
/// # Errors
///
/// What entering raised, the body's error itself, or what leaving raised instead.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, async_context, async_with, now, sleep};
///
/// let held = VirtualLoop::new().run(async {
///     let connection = async_context(async |co| {
///         sleep(Duration::from_millis(20)).await?;
///         let used = co.yield_("connected").await;
///         sleep(Duration::from_millis(10)).await?;
///         used.map(drop)
///     });
///     let mut log = vec![];
///     async_with(connection, async |said| {
///         log.push((said, now().as_secs_f64()));
///         Ok(())
///     })
///     .await?;
///     log.push(("released", now().as_secs_f64()));
///     Ok(log)
/// });
/// assert_eq!(held.unwrap(), [("connected", 0.02), ("released", 0.03)]);
/// ```
#[track_caller]
pub fn async_with<M: AsyncContext + 'static, T>(
    manager: M,
    body: impl AsyncFnOnce(M::Value) -> Result<T>,
) -> impl Future<Output = Result<Option<T>>> {
    let place = Location::caller();
    async move {
        let (mut held, value) = enter(manager, place).await?;
        let result = body(value).await;
        let exit = match held.release() {
            Some(leaving) => leaving.leave(result.as_ref().err().cloned()).await,
            None => Ok(Exit::Propagate),
        };
        settle(result, exit)
    }
}

/// Enters a manager, and tells the trace.
pub(super) fn enter<M: AsyncContext + 'static>(
    mut manager: M,
    place: Place,
) -> Crossing<(Held<M>, M::Value)> {
    Crossing::new(async move {
        let bracket = Bracket::open(place, || manager.name());
        let value = bracket.entered(manager.enter().await)?;
        Ok((Held(Some(Entered { manager, bracket })), value))
    })
}

/// A manager that is to be left.
pub(super) struct Entered<M> {
    manager: M,
    bracket: Bracket,
}

impl<M: AsyncContext + 'static> Entered<M> {
    /// Leaves the manager, and tells the trace.
    pub(super) fn leave(mut self, error: Option<Error>) -> Crossing<Exit> {
        Crossing::new(async move {
            self.bracket.exit_start(error.as_ref());
            let exit = self.manager.exit(error.as_ref()).await;
            self.bracket.exited(error.as_ref(), suppresses(&exit));
            exit
        })
    }
}

/// A manager that is left when this is dropped: its body was given up.
pub(super) struct Held<M: AsyncContext + 'static>(Option<Entered<M>>);

impl<M: AsyncContext + 'static> Held<M> {
    /// Hands the manager over to someone else who leaves it.
    pub(super) fn release(&mut self) -> Option<Entered<M>> {
        self.0.take()
    }
}

impl<M: AsyncContext + 'static> Drop for Held<M> {
    fn drop(&mut self) {
        if let Some(entered) = self.release() {
            clean_up(async move |exit| entered.leave(Some(exit)).await.map(drop));
        }
    }
}
