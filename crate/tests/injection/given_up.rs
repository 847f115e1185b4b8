use std::pin::Pin;
use std::task::{Context, Poll};

/// Polls a future so many times, and drops it: what the losers of a `select!` know.
pub(crate) struct GivenUp<F> {
    future: Option<Pin<Box<F>>>,
    polls: usize,
    /// Drops it when something has woken it once more, and not as soon as it waits.
    woken: bool,
}

impl<F> GivenUp<F> {
    /// Gives up after so many half steps: a poll, and the wake-up for the next one.
    pub(crate) fn after(half_steps: usize, future: F) -> Self {
        GivenUp {
            future: Some(Box::pin(future)),
            polls: half_steps.div_ceil(2),
            woken: half_steps.is_multiple_of(2),
        }
    }
}

/// Gives `None` when it was given up.
impl<F: Future> Future for GivenUp<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.polls > 0
            && let Some(future) = &mut this.future
        {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            this.polls -= 1;
            if this.polls > 0 || this.woken {
                return Poll::Pending;
            }
        }
        this.future = None;
        Poll::Ready(None)
    }
}
