use std::fmt::Debug;
use std::task::{Context, Waker};

use super::channel::State;
use super::co::Co;
use super::machine::{Machine, blame};
use super::values::Values;
use crate::error::{Error, Kind, Result};
use crate::executor::current;

/// A generator: a program that hands out values one by one, and an [`Iterator`] of results.
///
/// The body is written as an async closure because that is how Rust freezes a program; it can wait for nothing but its
/// own yields. Its calls take `&self`, as those of [`AsyncGen`](crate::AsyncGen) do. A generator that is dropped
/// before its end is closed: its body sees a `GeneratorExit` at the yield where it stands.
///
/// ```
/// use loopscope::Gen;
///
/// let squares = Gen::new(async |co| {
///     for number in 1..=3 {
///         co.yield_(number * number).await?;
///     }
///     Ok("no more")
/// });
/// let squares = squares.named("squares"); // in the trace
/// let mut sum = 0;
/// for square in squares.by_ref() {
///     sum += square?;
/// }
/// assert_eq!(sum, 14);
/// assert_eq!(squares.take_return(), Some("no more"));
/// # Ok::<(), loopscope::Error>(())
/// ```
pub struct Gen<Y, R = (), S = ()> {
    machine: Machine<Y, S, R>,
}

impl<Y, R> Gen<Y, R> {
    /// Creates a generator from its body, which starts when the first value is asked for.
    pub fn new<F>(body: impl FnOnce(Co<Y>) -> F) -> Self
    where
        F: Future<Output = Result<R>> + 'static,
    {
        Self::receiving(body)
    }
}

impl<Y, R, S> Gen<Y, R, S> {
    /// Creates a generator to which values of type `S` can be sent.
    ///
    /// ```
    /// use loopscope::Gen;
    ///
    /// let average = Gen::receiving(async |co| {
    ///     let (mut sum, mut count) = (0.0, 0.0);
    ///     while let Some(number) = co.yield_(sum / f64::max(count, 1.0)).await? {
    ///         sum += number;
    ///         count += 1.0;
    ///     }
    ///     Ok(sum)
    /// });
    /// average.send(None)?; // to the first yield
    /// assert_eq!(average.send(10.0)?, 10.0);
    /// assert_eq!(average.send(20.0)?, 15.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn receiving<F>(body: impl FnOnce(Co<Y, S>) -> F) -> Self
    where
        F: Future<Output = Result<R>> + 'static,
    {
        Gen { machine: Machine::new(body) }
    }

    /// Gives the generator a name, and its values a text, in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self
    where
        Y: Debug,
    {
        self.machine.channel.name(name);
        self
    }

    /// Sends a value to the yield at which the body stands, and gives the next one. Sending `None` only asks for it.
    ///
    /// # Errors
    ///
    /// A `StopIteration` at the end, what the body raised, a `TypeError` for a value before the body has started, or a
    /// `ValueError` when the body asks itself.
    ///
    /// ```
    /// use loopscope::{Gen, Kind};
    ///
    /// let echo = Gen::receiving(async |co| {
    ///     while let Some(text) = co.yield_("").await? {
    ///         assert_eq!(co.yield_(text).await?, None);
    ///     }
    ///     Ok(())
    /// });
    /// assert_eq!(echo.send("too early").unwrap_err().kind(), Kind::TypeError);
    /// assert_eq!(echo.send(None)?, ""); // to the first yield
    /// assert_eq!(echo.send("hello")?, "hello");
    /// assert_eq!(echo.send(None)?, "");
    /// assert_eq!(echo.send(None).unwrap_err().kind(), Kind::StopIteration);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn send(&self, value: impl Into<Option<S>>) -> Result<Y> {
        let value = value.into();
        match self.machine.state() {
            state if state.is_driven() => return Err(Error::value("generator already executing")),
            State::Closed => return Err(Error::stop_iteration()),
            State::Created if value.is_some() => {
                return Err(Error::type_error("can't send non-None value to a just-started generator"));
            }
            _ => {}
        }
        if let Some(value) = value {
            self.machine.channel.send(value);
        }
        self.drive()
    }

    /// Throws an error into the body, at the yield where it stands, and gives the value that it yields next.
    ///
    /// # Errors
    ///
    /// The error itself if the body lets it through or has ended, what it raises instead, or `StopIteration`.
    ///
    /// ```
    /// use loopscope::{Error, Gen, Kind};
    ///
    /// let patient = Gen::new(async |co| {
    ///     let mut patience = 2;
    ///     while patience > 0 {
    ///         if co.yield_(patience).await.is_err_and(|error| error.is(Kind::ValueError)) {
    ///             patience -= 1;
    ///         }
    ///     }
    ///     Ok(())
    /// });
    /// patient.send(None)?;
    /// assert_eq!(patient.throw(Error::value("once"))?, 1);
    /// assert!(patient.throw(Error::value("twice")).unwrap_err().is(Kind::StopIteration));
    /// let late = Error::value("nobody is there");
    /// assert!(patient.throw(late.clone()).unwrap_err().is_same(&late));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn throw(&self, error: Error) -> Result<Y> {
        match self.machine.state() {
            state if state.is_driven() => Err(Error::value("generator already executing")),
            State::Closed => Err(error),
            State::Created => {
                self.machine.discard();
                Err(error)
            }
            _ => {
                self.machine.throw(error.clone());
                let driven = self.drive();
                if let Some(current) = current() {
                    // A yield that was given up left it for the next await, which would not be the body's.
                    current.task.take_back(&error);
                }
                driven.map_err(|raised| match raised.kind() {
                    Kind::StopIteration => raised,
                    _ => blame(raised, &error),
                })
            }
        }
    }

    /// Closes the generator: throws `GeneratorExit` into the body, which may clean up and return a value.
    ///
    /// # Errors
    ///
    /// What the body raises instead, or a `RuntimeError` when it yields once more: then it stands there, and goes on when
    /// it is asked again.
    ///
    /// ```
    /// use loopscope::{Gen, Kind};
    ///
    /// let counting = Gen::new(async |co| {
    ///     for number in 0.. {
    ///         if co.yield_(number).await.is_err_and(|error| error.is(Kind::GeneratorExit)) {
    ///             return Ok(format!("asked to stop at {number}"));
    ///         }
    ///     }
    ///     Ok("never".to_owned())
    /// });
    /// for value in counting.by_ref().take(4) {
    ///     value?;
    /// }
    /// assert_eq!(counting.close()?.as_deref(), Some("asked to stop at 3"));
    /// assert!(counting.is_closed());
    /// assert_eq!(counting.close()?, None);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn close(&self) -> Result<Option<R>> {
        if !self.machine.state().is_suspended() {
            return match self.machine.state() {
                state if state.is_driven() => Err(Error::value("generator already executing")),
                _ => {
                    self.machine.discard();
                    Ok(None)
                }
            };
        }
        let exit = Error::generator_exit();
        match self.throw(exit) {
            Ok(_) => Err(Error::runtime("generator ignored GeneratorExit")),
            Err(error) if error.is(Kind::GeneratorExit) => Ok(None),
            Err(error) if error.is(Kind::StopIteration) => Ok(self.take_return()),
            Err(error) => Err(error),
        }
    }

    /// Takes what the body returned; `None` before its end, after an error, and the second time.
    pub fn take_return(&self) -> Option<R> {
        self.machine.returned()
    }

    /// Says whether the generator has ended.
    pub fn is_closed(&self) -> bool {
        self.machine.state() == State::Closed
    }

    /// Borrows the generator as an iterator, so that it can be asked for its return value afterwards.
    pub fn by_ref(&self) -> Values<'_, Y, R, S> {
        Values::new(self)
    }

    /// Lets a body go on that was asked already whether it can.
    fn drive(&self) -> Result<Y> {
        self.machine.give_turn();
        self.advance().unwrap_or_else(|| Err(Error::stop_iteration()))
    }

    /// Lets the body go on to its next yield; `None` is its end.
    #[inline(always)]
    pub(super) fn step(&self) -> Option<Result<Y>> {
        if !self.machine.give_turn_again()
            && let Some(refusal) = self.begin()
        {
            return Some(Err(refusal));
        }
        self.advance()
    }

    #[inline(always)]
    fn advance(&self) -> Option<Result<Y>> {
        let context = &mut Context::from_waker(Waker::noop());
        if let Some(value) = self.machine.advance(context) {
            return Some(Ok(value));
        }
        self.halt().map(Err)
    }

    /// Gives the body the turn, if it still is one, or says why it cannot have it.
    #[cold]
    #[inline(never)]
    fn begin(&self) -> Option<Error> {
        match self.machine.state() {
            State::Closed => return None,
            state if state.is_driven() => return Some(Error::value("generator already executing")),
            _ => {}
        }
        self.machine.give_turn();
        None
    }

    /// Sees to a body that has not yielded; gives what it raised.
    #[cold]
    #[inline(never)]
    fn halt(&self) -> Option<Error> {
        if !self.machine.ended::<false>() {
            self.machine.discard();
            let message =
                "a generator can only wait at its own yields: use an AsyncGen to await anything else";
            let error = Error::runtime(message);
            self.machine.channel.told.ended(Some(&error));
            return Some(error);
        }
        self.machine.raised()
    }
}

/// As in Python, a generator that is given up is closed; what its body raises then is reported, if a loop runs.
impl<Y, R, S> Drop for Gen<Y, R, S> {
    fn drop(&mut self) {
        let open = self.machine.state().is_suspended();
        let closed = self.close();
        if let (true, Err(error)) = (open, closed) {
            self.machine.report(error);
        }
        self.machine.give_up();
    }
}
