use std::panic::Location;
use std::pin::pin;
use std::task::{Context, Waker};

use super::bracket::Bracket;
use super::with::settle;
use super::{AsyncContext, Exit};
use crate::error::{Error, Result};
use crate::executor::{current, spawn_closer};

/// Runs a body inside of an async context manager: Python's `async with`. Gives `None` when the manager kept the
/// body's error to itself.
///
/// A task that is asked to stop is asked so at the await where it stands: in the body, the manager is left with the
/// `CancelledError`, and its exit may wait. When the future itself is dropped inside of the body, a task of its own
/// leaves the manager, with a `GeneratorExit`; this is why the manager may not borrow. The body may.
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
    mut manager: M,
    body: impl AsyncFnOnce(M::Value) -> Result<T>,
) -> impl Future<Output = Result<Option<T>>> {
    let place = Location::caller();
    async move {
        let bracket = Bracket::open(place, || manager.name());
        let value = bracket.entered(manager.enter().await)?;
        let mut held = Held { manager: Some(manager), bracket };
        let result = body(value).await;
        let exit = match held.manager.take() {
            Some(mut manager) => leave(&mut manager, bracket, result.as_ref().err()).await,
            None => Ok(Exit::Propagate),
        };
        settle(result, exit)
    }
}

/// Leaves a manager, and tells the trace.
pub(super) async fn leave<M: AsyncContext>(
    manager: &mut M,
    bracket: Bracket,
    error: Option<&Error>,
) -> Result<Exit> {
    bracket.exit_start(error);
    let exit = manager.exit(error).await;
    bracket.exited(error, &exit);
    exit
}

/// A manager while its body runs.
struct Held<M: AsyncContext + 'static> {
    manager: Option<M>,
    bracket: Bracket,
}

/// The body was given up.
impl<M: AsyncContext + 'static> Drop for Held<M> {
    fn drop(&mut self) {
        if let Some(mut manager) = self.manager.take() {
            let bracket = self.bracket;
            clean_up(async move |error| leave(&mut manager, bracket, Some(&error)).await);
        }
    }
}

/// Sees to an exit that nobody waits for: in a task of its own, or as far as it comes when there is no loop. It gets
/// a `GeneratorExit`, or the `CancelledError` of a task that was asked to stop before it began.
pub(super) fn clean_up(exit: impl AsyncFnOnce(Error) -> Result<Exit> + 'static) {
    let close = async move |asked: Option<Error>| {
        let error = asked.unwrap_or_else(Error::generator_exit);
        exit(error).await.map(drop)
    };
    match current() {
        Some(current) => spawn_closer(&current.core, close),
        // What comes of it has nowhere to go.
        None => drop(pin!(close(None)).poll(&mut Context::from_waker(Waker::noop()))),
    }
}
