use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::{FusedStream, Stream};

use super::async_gen::AsyncGen;
use super::channel::State;
use super::drive::already_running;
use crate::error::{Error, Result};

/// The generator as a stream of results: all of `futures::StreamExt` works on it.
impl<Y: 'static, S: 'static> Stream for AsyncGen<Y, S> {
    type Item = Result<Y>;

    #[inline(always)]
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Y>>> {
        self.poll_stream(context)
    }
}

/// What [`AsyncGen::by_ref`] gives.
impl<Y: 'static, S: 'static> Stream for &AsyncGen<Y, S> {
    type Item = Result<Y>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Y>>> {
        self.poll_stream(context)
    }
}

impl<Y: 'static, S: 'static> AsyncGen<Y, S> {
    /// Borrows the generator as a stream: for one that others hold too, such as what [`aclosing`](crate::aclosing)
    /// hands out.
    ///
    /// ```
    /// use futures::TryStreamExt;
    /// use loopscope::{AsyncGen, VirtualLoop, aclosing, async_with};
    ///
    /// let first = VirtualLoop::new().run(async {
    ///     let letters = AsyncGen::new(async |co| {
    ///         for letter in 'a'..='z' {
    ///             co.yield_(letter).await?;
    ///         }
    ///         Ok(())
    ///     });
    ///     async_with(aclosing(letters), async |letters| letters.by_ref().try_next().await).await
    /// });
    /// assert_eq!(first.unwrap(), Some(Some('a')));
    /// ```
    pub fn by_ref(&self) -> &Self {
        self
    }

    // Inlined, and what is out of line speaks of no values: what a function returns by way of memory is read there in
    // other pieces than it was written in, for which a processor waits longer than all the rest takes.
    #[inline(always)]
    fn poll_stream(&self, context: &mut Context<'_>) -> Poll<Option<Result<Y>>> {
        if !self.machine.give_turn_again()
            && let Some(refusal) = self.begin_stream()
        {
            return Poll::Ready(Some(Err(refusal)));
        }
        if let Some(value) = self.machine.advance(context) {
            return Poll::Ready(Some(Ok(value)));
        }
        if self.halts() {
            return Poll::Pending;
        }
        Poll::Ready(self.machine.raised().map(Err))
    }

    /// Gives the body the turn, if it still is one, or says why it cannot have it.
    #[cold]
    #[inline(never)]
    fn begin_stream(&self) -> Option<Error> {
        match self.machine.state() {
            // Polled again at the same await: the same "next" as before.
            state @ (State::Adrift | State::AdriftAtYield) => {
                self.machine.channel.state.set(state.driven());
                return None;
            }
            state if state.is_suspended() => {}
            State::Created => self.tell_loop(),
            State::Closed => return None,
            // Its own frame is running: it asks itself, through a pointer that was cloned from the inside.
            _ => return Some(already_running("anext()")),
        }
        self.machine.give_turn();
        None
    }

    /// Sees to a body that, driven as a stream, has not yielded; says whether it waits for something else.
    #[cold]
    #[inline(never)]
    fn halts(&self) -> bool {
        if !self.machine.ended::<true>() {
            // Nobody tells a stream that it will not be polled again, so nobody holds it between two polls.
            self.machine.channel.state.set(self.machine.state().given_up());
        }
        !self.is_closed()
    }
}

impl<Y: 'static, S: 'static> FusedStream for AsyncGen<Y, S> {
    fn is_terminated(&self) -> bool {
        self.is_closed()
    }
}
