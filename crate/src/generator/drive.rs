use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use super::channel::State;
use super::machine::{Machine, blame};
use crate::error::{Error, Kind, Result};
use crate::executor::{TaskCell, current};

pub(super) type AsyncMachine<Y, S> = Machine<Y, S, ()>;

/// What driving a body led to.
enum Step<Y> {
    Yielded(Y),
    Returned,
    Raised(Error),
}

/// What a call of an async generator wants.
enum Wish<S> {
    Send(Option<S>),
    Throw(Error),
    /// With the `GeneratorExit`.
    Close(Error),
}

impl<S> Wish<S> {
    /// Returns the names by which Python speaks of the call: when it is refused, and when it is awaited twice.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Wish::Send(_) => ("anext()", "__anext__()/asend()"),
            Wish::Throw(_) => ("athrow()", "aclose()/athrow()"),
            Wish::Close(_) => ("aclose()", "aclose()/athrow()"),
        }
    }

    /// Gives what the body raised the context that it has in Python.
    fn answered_by(&self, error: Error) -> Error {
        match self {
            Wish::Send(_) => error,
            Wish::Throw(thrown) | Wish::Close(thrown) => blame(error, thrown),
        }
    }
}

/// - fresh: not awaited yet, the generator knows nothing of it;
/// - running: it drives the body, nobody else may;
/// - over: it has given its result.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Fresh,
    Running,
    Over,
}

/// One call of an async generator, from its first poll to its result.
struct Drive<'g, Y, S> {
    machine: &'g AsyncMachine<Y, S>,
    wish: Wish<S>,
    phase: Phase,
    /// The task whose next await may raise what is thrown, when the body does not stand at a yield.
    thrower: Weak<TaskCell>,
}

/// Nothing in it refers to itself.
impl<Y, S> Unpin for Drive<'_, Y, S> {}

impl<'g, Y, S> Drive<'g, Y, S> {
    fn new(machine: &'g AsyncMachine<Y, S>, wish: Wish<S>) -> Self {
        Drive { machine, wish, phase: Phase::Fresh, thrower: Weak::new() }
    }

    /// Drives the body. `Ok(None)` is a call that has nothing to do because the generator has ended.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Step<Y>>>> {
        match self.phase {
            Phase::Running => {}
            Phase::Over => {
                let (_, name) = self.wish.names();
                return Poll::Ready(Err(Error::runtime(format!("cannot reuse already awaited {name}"))));
            }
            Phase::Fresh => {
                self.phase = Phase::Over;
                match self.start() {
                    Ok(true) => self.phase = Phase::Running,
                    Ok(false) => return Poll::Ready(Ok(None)),
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
        }
        let machine = self.machine;
        let step = match machine.advance(context) {
            Some(value) => Poll::Ready(Step::Yielded(value)),
            None if machine.ended::<true>() => {
                Poll::Ready(machine.raised().map_or(Step::Returned, Step::Raised))
            }
            None => Poll::Pending,
        };
        if step.is_ready() {
            self.phase = Phase::Over;
            self.take_back();
        }
        step.map(|step| Ok(Some(step)))
    }

    /// Tells the body what is wanted; false when the generator has ended and nothing is to be driven.
    fn start(&mut self) -> Result<bool> {
        let machine = self.machine;
        let state = machine.state();
        match (state, &mut self.wish) {
            (state, wish) if state.is_driven() => {
                let (name, _) = wish.names();
                return Err(already_running(name));
            }
            (State::Closed, _) => return Ok(false),
            (_, Wish::Throw(_) | Wish::Close(_)) if machine.refused.get() => {
                return Err(Error::stop_async_iteration());
            }
            (State::Created, Wish::Send(Some(_))) => {
                return Err(Error::type_error("can't send non-None value to a just-started async generator"));
            }
            (State::Adrift | State::AdriftAtYield, Wish::Send(Some(_))) => {
                return Err(Error::type_error(
                    "can't send a value to an async generator that stands at an await",
                ));
            }
            (State::Created, Wish::Throw(error)) => {
                machine.discard();
                return Err(error.clone());
            }
            (State::Created, Wish::Close(_)) => {
                machine.discard();
                return Ok(false);
            }
            (_, Wish::Send(value)) => {
                if let Some(value) = value.take() {
                    machine.channel.send(value);
                }
            }
            (_, Wish::Throw(error) | Wish::Close(error)) => {
                self.thrower = current().map(|current| Rc::downgrade(&current.task)).unwrap_or_default();
                machine.throw(error.clone());
            }
        }
        machine.give_turn();
        Ok(true)
    }

    /// Sees to it that what was thrown into the body, and not raised there, is not raised elsewhere.
    #[inline]
    fn take_back(&self) {
        if let Wish::Throw(error) | Wish::Close(error) = &self.wish
            && let Some(thrower) = self.thrower.upgrade()
        {
            thrower.take_back(error);
        }
    }
}

/// A driver that is given up leaves the body at the await where it stands, which does not raise what was thrown: another
/// await of the same task would.
impl<Y, S> Drop for Drive<'_, Y, S> {
    fn drop(&mut self) {
        if self.phase == Phase::Running && self.machine.state().is_driven() {
            self.machine.channel.state.set(self.machine.state().given_up());
            self.take_back();
        }
    }
}

/// Declares the future of a call: what it wants and what it makes of the step.
macro_rules! call {
    ($(#[$doc:meta])* $name:ident -> $output:ty, $finish:expr) => {
        $(#[$doc])*
        #[must_use = "nothing happens until this is awaited"]
        pub struct $name<'g, Y, S>(Drive<'g, Y, S>);

        impl<Y, S> Future for $name<'_, Y, S> {
            type Output = Result<$output>;

            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                let step = std::task::ready!(self.0.poll(context));
                let finish: fn(&mut Drive<'_, Y, S>, Option<Step<Y>>) -> Self::Output = $finish;
                Poll::Ready(step.and_then(|step| finish(&mut self.0, step)))
            }
        }
    };
}

call! {
    /// The next value. Made by [`AsyncGen::anext`](super::AsyncGen::anext) and [`AsyncGen::asend`](super::AsyncGen::asend).
    Anext -> Y, |_, step| match step {
        Some(Step::Yielded(value)) => Ok(value),
        Some(Step::Raised(error)) => Err(error),
        Some(Step::Returned) | None => Err(Error::stop_async_iteration()),
    }
}

call! {
    /// What comes of a throw. Made by [`AsyncGen::athrow`](super::AsyncGen::athrow).
    Athrow -> Option<Y>, |drive, step| match step {
        Some(Step::Yielded(value)) => Ok(Some(value)),
        Some(Step::Raised(error)) => Err(drive.wish.answered_by(error)),
        Some(Step::Returned) => Err(Error::stop_async_iteration()),
        None => Ok(None),
    }
}

call! {
    /// The end of a generator. Made by [`AsyncGen::aclose`](super::AsyncGen::aclose).
    Aclose -> (), |drive, step| match step {
        Some(Step::Yielded(_)) => {
            drive.machine.refused.set(true);
            Err(ignored_exit())
        }
        Some(Step::Raised(error)) if error.is(Kind::GeneratorExit) || error.is(Kind::StopAsyncIteration) => Ok(()),
        Some(Step::Raised(error)) => Err(drive.wish.answered_by(error)),
        Some(Step::Returned) | None => Ok(()),
    }
}

impl<'g, Y, S> Anext<'g, Y, S> {
    pub(super) fn new(machine: &'g AsyncMachine<Y, S>, value: Option<S>) -> Self {
        Anext(Drive::new(machine, Wish::Send(value)))
    }
}

impl<'g, Y, S> Athrow<'g, Y, S> {
    pub(super) fn new(machine: &'g AsyncMachine<Y, S>, error: Error) -> Self {
        Athrow(Drive::new(machine, Wish::Throw(error)))
    }
}

impl<'g, Y, S> Aclose<'g, Y, S> {
    pub(super) fn new(machine: &'g AsyncMachine<Y, S>) -> Self {
        Aclose(Drive::new(machine, Wish::Close(Error::generator_exit())))
    }
}

/// The error of a generator that yields when it is asked to close.
#[cold]
pub(super) fn ignored_exit() -> Error {
    Error::runtime("async generator ignored GeneratorExit")
}

/// The error of a call that comes while another one runs.
#[cold]
pub(super) fn already_running(name: &str) -> Error {
    Error::runtime(format!("{name}: asynchronous generator is already running"))
}
