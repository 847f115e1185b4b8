use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::channel::{Answer, Channel, Slot};
use crate::error::Result;
use crate::executor::{current, record};
use crate::trace::{Entry, Kind, Place};

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
    /// # Errors
    ///
    /// What the consumer threw: a `GeneratorExit` when it closes the generator. Pass it on with `?` after cleaning up.
    #[track_caller]
    pub fn yield_(&self, value: Y) -> Yield<'_, Y, S> {
        Yield { channel: &self.channel, state: State::Fresh(value), place: Location::caller() }
    }
}

/// A value on its way to the consumer. Made by [`Co::yield_`].
#[must_use = "a value is only yielded when this is awaited: `co.yield_(value).await?`"]
pub struct Yield<'c, Y, S> {
    channel: &'c Channel<Y, S>,
    state: State<Y>,
    place: Place,
}

/// - fresh: the value is still here, not polled yet or held back because another yield stands;
/// - standing: the value is in the channel or with the consumer, the body stands here;
/// - over: the body went on.
enum State<Y> {
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
        match self.state {
            State::Standing if channel.slot.get() == Slot::Taken => {
                channel.slot.set(Slot::Empty);
                self.state = State::Over;
                Poll::Ready(Ok(None))
            }
            State::Standing if channel.slot.get() == Slot::Answered => self.answered(),
            State::Fresh(_) if channel.slot.get() == Slot::Empty => {
                let place = self.place;
                if let State::Fresh(value) = std::mem::replace(&mut self.state, State::Standing) {
                    if channel.label.known_id() != 0 {
                        record_yield(channel, &value, place);
                    }
                    channel.value.set(Some(value));
                    channel.slot.set(Slot::Full);
                }
                Poll::Pending
            }
            // Another yield of the same body stands, or this one was polled again before the driver saw the value.
            State::Fresh(_) | State::Standing => Poll::Pending,
            State::Over => panic!("a yield was polled after it had given its result"),
        }
    }
}

impl<Y, S> Yield<'_, Y, S> {
    /// Goes on with what was sent or thrown. Out of line: a plain "next" is what loops are made of.
    #[cold]
    #[inline(never)]
    fn answered(&mut self) -> Poll<Result<Option<S>>> {
        self.channel.slot.set(Slot::Empty);
        self.state = State::Over;
        Poll::Ready(match self.channel.take_answer() {
            None => Ok(None),
            Some(Answer::Send(value)) => Ok(Some(value)),
            Some(Answer::Throw(error)) => Err(error),
        })
    }

    #[cold]
    #[inline(never)]
    fn give_up(&mut self) {
        self.channel.slot.set(Slot::Empty);
        self.channel.value.take();
        if let Some(Answer::Throw(error)) = self.channel.take_answer()
            && let Some(current) = current()
        {
            current.task.inject(error);
        }
    }
}

#[cold]
#[inline(never)]
fn record_yield<Y, S>(channel: &Channel<Y, S>, value: &Y, place: Place) {
    let text = channel.show.get().map(|show| show(value)).unwrap_or_default();
    record(Entry::new(Kind::Yield).on(channel.label.known_id()).text(&text).at(place));
    *channel.shown.borrow_mut() = text;
}

/// A yield that is given up gives its place back; an error that was on its way to it goes to the next await.
impl<Y, S> Drop for Yield<'_, Y, S> {
    fn drop(&mut self) {
        if let State::Standing = self.state {
            self.give_up();
        }
    }
}
