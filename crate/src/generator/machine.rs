use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::channel::{Answer, Channel, Slot};
use super::co::Co;
use crate::error::{Error, Kind, Result};
use crate::executor::{current, record};
use crate::trace::{Entry, Kind as Event};

/// The body of a generator, frozen or running. Owned, so that it can be handed to whoever closes it.
pub(super) type Frame<R> = Pin<Box<dyn Future<Output = Result<R>>>>;

/// The life of a generator.
///
/// ```text
///                 ┌──────────── a value ────────────┐
///                 ▼                                 │
///   Created ──▶ Running ──▶ Suspended ── driven ──▶ Running ──▶ Closed
///                 │  ▲
///    its driver   ▼  │ driven
///    was dropped Adrift     (the body stands at an await, not at a yield)
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Created,
    Suspended,
    Running,
    Adrift,
    Closed,
}

/// What driving a body led to.
pub(super) enum Step<Y, R> {
    Yielded(Y),
    Returned(R),
    Raised(Error),
}

/// A generator without a way to drive it: the frame, its state, the channel to the body.
pub(super) struct Machine<Y, S, R> {
    pub(super) channel: Rc<Channel<Y, S>>,
    pub(super) state: Cell<State>,
    /// It yielded when it was asked to close: as in Python it can still be read, but is not asked again.
    pub(super) refused: Cell<bool>,
    frame: RefCell<Option<Frame<R>>>,
}

impl<Y, S, R> Machine<Y, S, R> {
    pub(super) fn new<F>(body: impl FnOnce(Co<Y, S>) -> F) -> Self
    where
        F: Future<Output = Result<R>> + 'static,
    {
        let channel = Rc::new(Channel::new());
        let frame = Box::pin(body(Co::new(channel.clone())));
        Machine {
            channel,
            state: Cell::new(State::Created),
            refused: Cell::new(false),
            frame: RefCell::new(Some(frame)),
        }
    }

    /// Lets the body go on until it yields, ends or waits. Whether it is an async generator decides how an end that
    /// comes out of the body is told off; a constant, so that the hot path carries nothing along for it.
    #[inline(always)]
    pub(super) fn advance<const ASYNC: bool>(&self, context: &mut Context<'_>) -> Poll<Step<Y, R>> {
        self.state.set(State::Running);
        let mut slot = self.frame.borrow_mut();
        // Only a closed generator has no frame, and nobody drives that; the next look at its state ends the matter.
        let Some(frame) = slot.as_mut() else { return Poll::Pending };
        match frame.as_mut().poll(context) {
            Poll::Pending => {
                if self.channel.slot.get() == Slot::Full
                    && let Some(value) = self.channel.value.take()
                {
                    self.channel.slot.set(Slot::Taken);
                    self.state.set(State::Suspended);
                    return Poll::Ready(Step::Yielded(value));
                }
                Poll::Pending
            }
            Poll::Ready(result) => {
                // The frame's destructors may look at this generator: it has ended, and nothing is borrowed.
                let frame = slot.take();
                drop(slot);
                Poll::Ready(self.ended::<ASYNC>(frame, result))
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn ended<const ASYNC: bool>(&self, frame: Option<Frame<R>>, result: Result<R>) -> Step<Y, R> {
        self.state.set(State::Closed);
        drop(frame);
        let (what, stop) = match ASYNC {
            true => ("async generator", Kind::StopAsyncIteration),
            false => ("generator", Kind::StopIteration),
        };
        let step = match result {
            Ok(value) => Step::Returned(value),
            // An end that comes out of a body is a mistake, not the end of the generator (PEP 479).
            Err(error) if error.is(Kind::StopIteration) || error.is(stop) => {
                let told = Error::runtime(format!("{what} raised {}", error.kind().name()));
                Step::Raised(told.raise_from(error))
            }
            Err(error) => Step::Raised(error),
        };
        if self.channel.label.known_id() != 0 {
            let outcome = match &step {
                Step::Raised(error) => format!("raised {error}"),
                _ => "returned".to_owned(),
            };
            record(Entry::new(Event::Return).on(self.channel.label.known_id()).text(&outcome));
        }
        step
    }

    /// Ends the generator where it stands: destructors run, the body does not.
    pub(super) fn discard(&self) {
        self.state.set(State::Closed);
        let frame = self.frame.borrow_mut().take();
        drop(frame);
    }

    /// Leaves an error where the body stands: at its yield, or at the await that nobody drives any more.
    pub(super) fn throw(&self, error: Error) {
        if self.channel.label.known_id() != 0 {
            record(Entry::new(Event::Throw).on(self.channel.label.known_id()).text(&error.headline()));
        }
        if self.state.get() == State::Suspended {
            self.channel.answer(Answer::Throw(error));
        } else if let Some(current) = current() {
            current.task.inject(error);
        }
    }

    /// Says in the trace that the frame goes on. A frame that begins gets its number there.
    #[inline]
    pub(super) fn record_resume(&self) {
        if self.state.get() == State::Created || self.channel.label.known_id() != 0 {
            self.tell(Event::Resume);
        }
    }

    /// Says in the trace that the consumer has the value.
    #[inline]
    pub(super) fn record_receive(&self) {
        if self.channel.label.known_id() != 0 {
            self.tell(Event::Receive);
        }
    }

    /// Out of line: what is not recorded should cost a look at one number.
    #[cold]
    #[inline(never)]
    fn tell(&self, event: Event) {
        let id = self.channel.label.id();
        if id != 0 {
            let shown = self.channel.shown.borrow();
            record(Entry::new(event).on(id).text(if event == Event::Receive { &shown } else { "" }));
        }
    }
}

/// What a body raises while it handles what was thrown into it has that as its context.
pub(super) fn blame(error: Error, thrown: &Error) -> Error {
    error.append_context(thrown);
    error
}
