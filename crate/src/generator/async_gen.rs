use std::cell::Cell;
use std::fmt::Debug;
use std::rc::{Rc, Weak};

use super::channel::State;
use super::co::Co;
use super::drive::{Aclose, Anext, AsyncMachine, Athrow};
use super::machine::Machine;
use crate::error::{Error, Kind, Result};
use crate::executor::current;

/// A generator whose body may wait: Python's async generator, and a
/// [`Stream`](futures::Stream) of results.
///
/// Its calls take `&self`, since a second one while the first waits is an error in the program and not in its types;
/// share it in an [`Rc`]. A generator that is dropped before its end is closed by a task of its own, as in asyncio.
///
/// ```
/// use futures::TryStreamExt;
/// use loopscope::{AsyncGen, Duration, VirtualLoop, sleep};
///
/// let numbers = VirtualLoop::new().run(async {
///     let counter = AsyncGen::new(async |co| {
///         for number in 1..=3 {
///             sleep(Duration::from_millis(500)).await?;
///             co.yield_(number).await?;
///         }
///         Ok(())
///     });
///     let mut counter = counter.named("counter"); // in the trace
///     let mut numbers = vec![];
///     while let Some(number) = counter.try_next().await? {
///         numbers.push(number);
///     }
///     Ok(numbers)
/// });
/// assert_eq!(numbers.unwrap(), [1, 2, 3]);
/// ```
pub struct AsyncGen<Y: 'static, S: 'static = ()> {
    pub(super) machine: Rc<AsyncMachine<Y, S>>,
    /// The loop knows of it.
    known: Cell<bool>,
}

impl<Y: 'static> AsyncGen<Y> {
    /// Creates a generator from its body, which starts when the first value is asked for.
    pub fn new<F>(body: impl FnOnce(Co<Y>) -> F) -> Self
    where
        F: Future<Output = Result<()>> + 'static,
    {
        Self::receiving(body)
    }
}

impl<Y: 'static, S: 'static> AsyncGen<Y, S> {
    /// Creates a generator to which values of type `S` can be sent.
    pub fn receiving<F>(body: impl FnOnce(Co<Y, S>) -> F) -> Self
    where
        F: Future<Output = Result<()>> + 'static,
    {
        AsyncGen { machine: Rc::new(Machine::new(body)), known: Cell::new(false) }
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

    /// Gives the generator the name of what is made of it.
    pub(crate) fn name_after(&self, maker: &str) {
        self.machine.channel.told.label.name(maker);
    }

    /// Asks for the next value.
    ///
    /// # Errors
    ///
    /// A `StopAsyncIteration` at the end, what the body raised, or a `RuntimeError` while another call runs.
    ///
    /// ```
    /// use loopscope::{AsyncGen, Kind, VirtualLoop};
    ///
    /// let end = VirtualLoop::new().run(async {
    ///     let numbers = AsyncGen::new(async |co| co.yield_(1).await.map(drop));
    ///     assert_eq!(numbers.anext().await?, 1);
    ///     Ok(numbers.anext().await.unwrap_err())
    /// });
    /// assert!(end.unwrap().is(Kind::StopAsyncIteration));
    /// ```
    pub fn anext(&self) -> Anext<'_, Y, S> {
        self.begin();
        Anext::new(&self.machine, None)
    }

    /// Asks for the next value and gives `default` at the end, as Python's `anext(generator, default)`.
    ///
    /// # Errors
    ///
    /// As [`AsyncGen::anext`], without the end.
    ///
    /// ```
    /// use loopscope::{AsyncGen, VirtualLoop};
    ///
    /// let values = VirtualLoop::new().run(async {
    ///     let one = AsyncGen::new(async |co| co.yield_(1).await.map(drop));
    ///     Ok([one.anext_or(0).await?, one.anext_or(0).await?])
    /// });
    /// assert_eq!(values?, [1, 0]);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub async fn anext_or(&self, default: Y) -> Result<Y> {
        match self.anext().await {
            Err(error) if error.is(Kind::StopAsyncIteration) => Ok(default),
            other => other,
        }
    }

    /// Sends a value to the yield at which the body stands, and asks for the next one.
    ///
    /// # Errors
    ///
    /// As [`AsyncGen::anext`]; a `TypeError` when the body has not started and so stands at no yield.
    ///
    /// ```
    /// use loopscope::{AsyncGen, VirtualLoop};
    ///
    /// let answers = VirtualLoop::new().run(async {
    ///     let doubler = AsyncGen::receiving(async |co| {
    ///         let mut sent = co.yield_(0).await?;
    ///         while let Some(number) = sent {
    ///             sent = co.yield_(number * 2).await?;
    ///         }
    ///         Ok(())
    ///     });
    ///     doubler.asend(None).await?; // to the first yield
    ///     Ok([doubler.asend(4).await?, doubler.asend(5).await?])
    /// });
    /// assert_eq!(answers.unwrap(), [8, 10]);
    /// ```
    pub fn asend(&self, value: impl Into<Option<S>>) -> Anext<'_, Y, S> {
        self.begin();
        Anext::new(&self.machine, value.into())
    }

    /// Throws an error into the body, where it stands. Gives the value that the body yields next; `None` when the
    /// generator was closed already.
    ///
    /// # Errors
    ///
    /// The error itself if the body lets it through, what it raises instead, or `StopAsyncIteration` if it returns.
    ///
    /// ```
    /// use loopscope::{AsyncGen, Error, Kind, VirtualLoop};
    ///
    /// let next = VirtualLoop::new().run(async {
    ///     let stubborn = AsyncGen::new(async |co| {
    ///         if let Err(error) = co.yield_("first").await {
    ///             assert!(error.is(Kind::ValueError));
    ///             co.yield_("caught it").await?;
    ///         }
    ///         Ok(())
    ///     });
    ///     stubborn.anext().await?;
    ///     stubborn.athrow(Error::value("stop that")).await
    /// });
    /// assert_eq!(next.unwrap(), Some("caught it"));
    /// ```
    pub fn athrow(&self, error: Error) -> Athrow<'_, Y, S> {
        Athrow::new(&self.machine, error)
    }

    /// Closes the generator: throws `GeneratorExit` into the body and waits for it to end.
    ///
    /// # Errors
    ///
    /// What the body raises instead, or a `RuntimeError` when it yields once more.
    ///
    /// ```
    /// use loopscope::{AsyncGen, Duration, VirtualLoop, now, sleep};
    ///
    /// let closed_at = VirtualLoop::new().run(async {
    ///     let tidy = AsyncGen::new(async |co| {
    ///         let asked = co.yield_(1).await;
    ///         sleep(Duration::from_secs(2)).await?; // clean-up may wait
    ///         asked.map(drop)
    ///     });
    ///     tidy.anext().await?;
    ///     tidy.aclose().await?;
    ///     assert!(tidy.is_closed());
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(closed_at.unwrap(), 2.0);
    /// ```
    pub fn aclose(&self) -> Aclose<'_, Y, S> {
        Aclose::new(&self.machine)
    }

    /// Tells the loop of a generator that begins, so that it is closed when the program ends.
    #[inline]
    fn begin(&self) {
        if self.machine.state() == State::Created {
            self.tell_loop();
        }
    }

    #[cold]
    pub(super) fn tell_loop(&self) {
        if let Some(current) = current().filter(|_| !self.known.replace(true)) {
            let machine: Weak<AsyncMachine<Y, S>> = Rc::downgrade(&self.machine);
            current.core.close_at_end(machine);
        }
    }

    /// Says whether the generator has ended.
    pub fn is_closed(&self) -> bool {
        self.machine.state() == State::Closed
    }
}
