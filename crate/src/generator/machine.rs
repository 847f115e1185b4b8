use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::channel::{Channel, State};
use super::co::Co;
use crate::error::{Error, Kind, Result};
use crate::executor::current;

/// What a machine sees of a body: whether it still stands somewhere, and only else how it has ended. A function that may
/// be any returns one word in a register, and a `Poll` of a result by way of memory, anew for every value.
trait Body<R> {
    /// Lets the body go on; says whether it stands again, and else leaves how it has ended.
    fn go_on(self: Pin<&mut Self>, context: &mut Context<'_>, end: &Cell<Option<Result<R>>>) -> bool;
}

impl<R, F: Future<Output = Result<R>>> Body<R> for F {
    fn go_on(self: Pin<&mut Self>, context: &mut Context<'_>, end: &Cell<Option<Result<R>>>) -> bool {
        match self.poll(context) {
            Poll::Ready(result) => {
                leave(end, result);
                false
            }
            Poll::Pending => true,
        }
    }
}

/// Out of line: what it needs would be made room for at the beginning of the body, for every value.
#[cold]
#[inline(never)]
fn leave<R>(end: &Cell<Option<Result<R>>>, result: Result<R>) {
    end.set(Some(result));
}

/// The body of a generator, frozen or running. Owned, so that it can be handed to whoever closes it.
type Frame<R> = Pin<Box<dyn Body<R>>>;

/// A generator without a way to drive it: the frame, and the channel to the body.
pub(super) struct Machine<Y, S, R> {
    pub(super) channel: Rc<Channel<Y, S>>,
    /// It yielded when it was asked to close: as in Python it can still be read, but is not asked again.
    pub(super) refused: Cell<bool>,
    /// Somebody sees to it that it is closed: nobody else need.
    pub(super) claimed: Cell<bool>,
    frame: RefCell<Option<Frame<R>>>,
    /// How the body ended, until somebody takes it.
    end: Cell<Option<Result<R>>>,
}

impl<Y, S, R> Machine<Y, S, R> {
    pub(super) fn new<F>(body: impl FnOnce(Co<Y, S>) -> F) -> Self
    where
        F: Future<Output = Result<R>> + 'static,
    {
        let channel = Rc::new(Channel::new());
        let frame: Frame<R> = Box::pin(body(Co::new(channel.clone())));
        Machine {
            channel,
            refused: Cell::new(false),
            claimed: Cell::new(false),
            frame: RefCell::new(Some(frame)),
            end: Cell::new(None),
        }
    }

    pub(super) fn state(&self) -> State {
        self.channel.state.get()
    }

    /// Gives the turn to a body that stands at a yield, and which nobody watches: all that a "next" in a loop has to do.
    #[inline(always)]
    pub(super) fn give_turn_again(&self) -> bool {
        let again = self.state() == State::Suspended;
        if again {
            self.channel.state.set(State::Resumed);
        }
        again
    }

    /// Gives the body the turn, and says so in the trace. A frame that begins gets its number there.
    pub(super) fn give_turn(&self) {
        let state = self.state();
        if state == State::Created || self.channel.told.is_told() {
            self.channel.told.resume();
        }
        self.channel.state.set(state.driven());
    }

    /// Lets the body go on until it yields, and takes the value. Else it waits, or has ended: that is not what loops are
    /// made of.
    #[inline(always)]
    pub(super) fn advance(&self, context: &mut Context<'_>) -> Option<Y> {
        let mut frame = self.frame.borrow_mut();
        // Only a closed generator has no frame, and that yields nothing.
        let stands = frame.as_mut()?.as_mut().go_on(context, &self.end);
        drop(frame);
        let taken = match (stands, self.state()) {
            (true, State::Full) => State::Suspended,
            (true, State::FullWatched) => self.channel.told.receive(),
            _ => return None,
        };
        self.channel.state.set(taken);
        self.channel.value.take()
    }

    /// Ends the generator after its body, if that has ended; says whether it has, now or before. Whether it is an async
    /// one decides how an end that comes out of the body is told off.
    #[cold]
    #[inline(never)]
    pub(super) fn ended<const ASYNC: bool>(&self) -> bool {
        if self.state() == State::Closed {
            return true;
        }
        let Some(result) = self.end.take() else { return false };
        self.discard();
        let (what, stop) = match ASYNC {
            true => ("async generator", Kind::StopAsyncIteration),
            false => ("generator", Kind::StopIteration),
        };
        // An end that comes out of a body is a mistake, not the end of the generator (PEP 479).
        let result = result.map_err(|error| match error.is(Kind::StopIteration) || error.is(stop) {
            true => Error::runtime(format!("{what} raised {}", error.kind().name())).raise_from(error),
            false => error,
        });
        self.channel.told.ended(result.as_ref().err());
        self.end.set(Some(result));
        true
    }

    /// Takes what the body raised.
    pub(super) fn raised(&self) -> Option<Error> {
        match self.end.take()? {
            Ok(returned) => {
                self.end.set(Some(Ok(returned)));
                None
            }
            Err(error) => Some(error),
        }
    }

    /// Takes what the body returned.
    pub(super) fn returned(&self) -> Option<R> {
        self.end.take().and_then(Result::ok)
    }

    /// Ends the generator where it stands: destructors run, the body does not.
    pub(super) fn discard(&self) {
        self.channel.state.set(State::Closed);
        // The frame's destructors may look at this generator: it has ended, and nothing is borrowed.
        let frame = self.frame.borrow_mut().take();
        drop(frame);
    }

    /// Ends the generator where it stands, and says so in the trace.
    pub(super) fn give_up(&self) {
        if self.state() != State::Closed {
            self.channel.told.drop();
        }
        self.discard();
    }

    /// Reports what a body raised when it was closed because nobody had it any more, if a loop runs.
    #[cold]
    pub(super) fn report(&self, error: Error) {
        if let Some(current) = current() {
            let label = &self.channel.told.label;
            let message = "Exception ignored while closing a generator";
            current.core.reports().report(message, error, label.known_id(), &label.given_name());
        }
    }

    /// Leaves an error where the body stands: at its yield, or at the await that nobody drives any more.
    pub(super) fn throw(&self, error: Error) {
        self.channel.told.throw(&error);
        if self.state().is_suspended() {
            self.channel.throw(error);
        } else if let Some(current) = current() {
            current.task.inject(error);
        }
    }
}

/// What a body raises while it handles what was thrown into it has that as its context.
pub(super) fn blame(error: Error, thrown: &Error) -> Error {
    error.append_context(thrown);
    error
}
