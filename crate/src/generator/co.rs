use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::channel::{Channel, State};
use crate::error::Result;
use crate::executor::current;
use crate::trace::Place;

/// The body's side of a generator: yields values of type `Y`, receives values of type `S`.
pub struct Co<Y, S = ()> {
    channel: Rc<Channel<Y, S>>,
}

impl<Y, S> Co<Y, S> {
    pub(super) fn new(channel: Rc<Channel<Y, S>>) -> Self {
        Co { channel }
    }

    /// Hands out a value and stands still until the consumer asks for more. Gives what the consumer sent, if anything.
    ///
    /// It stands in the body itself, or in `join!` and the like. What polls only those whose waker was called, as
    /// `FuturesUnordered` does, does not go on with it: yield what comes out of that.
    ///
    /// # Errors
    ///
    /// What the consumer threw: a `GeneratorExit` when it closes the generator. Pass it on with `?` after cleaning up.
    ///
    /// ```
    /// use loopscope::{Co, Gen};
    ///
    /// let polite = Gen::receiving(async |co: Co<&str, i32>| {
    ///     let first = co.yield_("send me a number").await?;
    ///     let second = co.yield_("and another one").await?;
    ///     Ok((first, second))
    /// });
    /// assert_eq!(polite.send(None)?, "send me a number");
    /// assert_eq!(polite.send(5)?, "and another one");
    /// assert!(polite.send(None).is_err());
    /// assert_eq!(polite.take_return(), Some((Some(5), None)));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn yield_(&self, value: Y) -> Yield<'_, Y, S> {
        self.yield_at(Location::caller(), value)
    }

    /// As [`Co::yield_`], on behalf of the line that made the generator.
    #[inline(always)]
    pub(super) fn yield_at(&self, place: Place, value: Y) -> Yield<'_, Y, S> {
        Yield { channel: &self.channel, stand: Stand::Fresh(value), place }
    }
}

/// A value on its way to the consumer. Made by [`Co::yield_`].
#[must_use = "a value is only yielded when this is awaited: `co.yield_(value).await?`"]
pub struct Yield<'c, Y, S> {
    channel: &'c Channel<Y, S>,
    stand: Stand<Y>,
    place: Place,
}

/// - fresh: the value is still here, not polled yet or held back because another yield stands;
/// - standing: the value is in the channel or with the consumer, the body stands here;
/// - over: the body went on.
enum Stand<Y> {
    Fresh(Y),
    Standing,
    Over,
}

/// Nothing in it refers to itself: the value is moved out, never pinned.
impl<Y, S> Unpin for Yield<'_, Y, S> {}

impl<Y, S> Future for Yield<'_, Y, S> {
    type Output = Result<Option<S>>;

    #[inline(always)]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let channel = self.channel;
        match (&self.stand, channel.state.get()) {
            (Stand::Standing, State::Resumed) => {
                channel.state.set(State::Running);
                self.stand = Stand::Over;
                Poll::Ready(Ok(None))
            }
            (Stand::Standing, State::Answered) => {
                channel.state.set(State::Running);
                self.stand = Stand::Over;
                Poll::Ready(match channel.thrown.take() {
                    Some(error) => Err(error),
                    None => Ok(channel.sent.take()),
                })
            }
            (Stand::Fresh(_), State::Running) => {
                if let Stand::Fresh(value) = std::mem::replace(&mut self.stand, Stand::Standing) {
                    channel.value.set(Some(value));
                }
                channel.state.set(State::Full);
                if channel.told.is_told() {
                    record_yield(channel, self.place);
                }
                Poll::Pending
            }
            (Stand::Over, _) => panic!("a yield was polled after it had given its result"),
            // Another yield of the same body stands, or this one was polled again before the driver saw the value.
            _ => Poll::Pending,
        }
    }
}

impl<Y, S> Yield<'_, Y, S> {
    #[cold]
    #[inline(never)]
    fn give_up(&mut self) {
        self.channel.state.set(match self.channel.state.get() {
            State::Closed => State::Closed,
            state if state.is_driven() => State::Running,
            _ => State::Adrift,
        });
        self.channel.value.take();
        self.channel.sent.take();
        if let Some(error) = self.channel.thrown.take()
            && let Some(current) = current()
        {
            current.task.inject(error);
        }
    }
}

#[cold]
#[inline(never)]
fn record_yield<Y, S>(channel: &Channel<Y, S>, place: Place) {
    channel.state.set(State::FullWatched);
    if channel.told.is_counted() {
        return;
    }
    let value = channel.value.take();
    let show = || channel.show.get().zip(value.as_ref()).map(|(show, value)| show(value)).unwrap_or_default();
    channel.told.yields(&show, place);
    channel.value.set(value);
}

/// A yield that is given up gives its place back; an error that was on its way to it goes to the next await.
impl<Y, S> Drop for Yield<'_, Y, S> {
    fn drop(&mut self) {
        if let Stand::Standing = self.stand {
            self.give_up();
        }
    }
}
