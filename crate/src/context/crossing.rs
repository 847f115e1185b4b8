use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use futures::future::LocalBoxFuture;

use crate::error::{Error, Kind, Result};
use crate::executor::{current, spawn_closer};

/// An enter or an exit that has begun. When the one who waits for it is given up, a task of its own sees it to its end:
/// the await at which it stands raises a `GeneratorExit`, as in a coroutine that Python closes.
pub(super) struct Crossing<T: 'static>(Option<LocalBoxFuture<'static, Result<T>>>);

impl<T: 'static> Crossing<T> {
    pub(super) fn new(crossing: impl Future<Output = Result<T>> + 'static) -> Self {
        Crossing(Some(Box::pin(crossing)))
    }
}

impl<T: 'static> Future for Crossing<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let crossing = self.0.as_mut().expect("a crossing is polled to its end and no further");
        let polled = crossing.as_mut().poll(context);
        if polled.is_ready() {
            self.0 = None;
        }
        polled
    }
}

impl<T: 'static> Drop for Crossing<T> {
    fn drop(&mut self) {
        let Some(crossing) = self.0.take() else { return };
        clean_up(async move |exit| {
            if let Some(current) = current() {
                current.task.inject(exit);
            }
            crossing.await.map(drop)
        });
    }
}

/// Sees to something that nobody waits for: in a task of its own, or as far as it comes when there is no loop. It gets
/// a `GeneratorExit`, or the `CancelledError` of a task that was asked to stop before it began. What it raises instead
/// is reported, as the error of a task that nobody awaits.
pub(super) fn clean_up(act: impl AsyncFnOnce(Error) -> Result<()> + 'static) {
    let close = async move |asked: Option<Error>| match act(asked.unwrap_or_else(Error::generator_exit)).await
    {
        Err(error) if !error.is(Kind::GeneratorExit) => Err(error),
        _ => Ok(()),
    };
    match current() {
        Some(current) => spawn_closer(&current.core, close),
        // What is still to be done then waits for what will never come.
        None => drop(std::pin::pin!(close(None)).poll(&mut Context::from_waker(Waker::noop()))),
    }
}
