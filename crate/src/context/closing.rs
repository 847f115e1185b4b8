use std::rc::Rc;

use super::manager::short_name;
use super::{AsyncContext, Context, Exit};
use crate::error::{Error, Result};
use crate::generator::{AsyncGen, Gen};

/// Something that can be closed.
pub trait Close {
    /// Closes it.
    ///
    /// # Errors
    ///
    /// What its clean-up raised.
    fn close(&self) -> Result<()>;
}

/// Something that can be closed, which may take time.
pub trait AsyncClose {
    /// Closes it.
    ///
    /// # Errors
    ///
    /// What its clean-up raised.
    fn aclose(&self) -> impl Future<Output = Result<()>>;
}

impl<Y, R, S> Close for Gen<Y, R, S> {
    fn close(&self) -> Result<()> {
        Gen::close(self).map(drop)
    }
}

impl<Y: 'static, S: 'static> AsyncClose for AsyncGen<Y, S> {
    async fn aclose(&self) -> Result<()> {
        AsyncGen::aclose(self).await
    }
}

/// Closes something when it is left. Made by [`closing`].
#[derive(Debug)]
pub struct Closing<T>(Rc<T>);

/// Closes something when it is left. Made by [`aclosing`].
#[derive(Debug)]
pub struct Aclosing<T>(Rc<T>);

/// Makes a context manager that hands out a thing and closes it on leaving.
///
/// ```
/// use loopscope::{Gen, closing, with};
///
/// let letters = Gen::new(async |co| {
///     co.yield_('a').await?;
///     co.yield_('b').await?;
///     Ok(())
/// });
/// let kept = with(closing(letters), |letters| {
///     assert_eq!(letters.send(None)?, 'a');
///     Ok(letters)
/// })?;
/// assert!(kept.is_some_and(|letters| letters.is_closed()));
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn closing<T: Close>(thing: T) -> Closing<T> {
    Closing(Rc::new(thing))
}

/// Makes a context manager that hands out a thing and closes it on leaving, before the program goes on.
///
/// Leaving a loop over an async generator early leaves the generator open; this closes it.
///
/// ```
/// use loopscope::{AsyncGen, VirtualLoop, aclosing, async_with};
///
/// let closed = VirtualLoop::new().run(async {
///     let numbers = AsyncGen::new(async |co| {
///         for number in 1.. {
///             co.yield_(number).await?;
///         }
///         Ok(())
///     });
///     let numbers = async_with(aclosing(numbers), async |numbers| {
///         while numbers.anext().await? < 3 {}
///         Ok(numbers)
///     });
///     Ok(numbers.await?.is_some_and(|numbers| numbers.is_closed()))
/// });
/// assert!(closed.unwrap());
/// ```
pub fn aclosing<T: AsyncClose>(thing: T) -> Aclosing<T> {
    Aclosing(Rc::new(thing))
}

/// For a thing that others hold too.
impl<T: Close> From<Rc<T>> for Closing<T> {
    fn from(thing: Rc<T>) -> Self {
        Closing(thing)
    }
}

/// For a thing that others hold too.
impl<T: AsyncClose> From<Rc<T>> for Aclosing<T> {
    fn from(thing: Rc<T>) -> Self {
        Aclosing(thing)
    }
}

impl<T: Close> Context for Closing<T> {
    type Value = Rc<T>;

    fn enter(&mut self) -> Result<Rc<T>> {
        Ok(self.0.clone())
    }

    fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        self.0.close().map(|()| Exit::Propagate)
    }

    fn name(&self) -> &str {
        short_name::<T>()
    }
}

impl<T: AsyncClose> AsyncContext for Aclosing<T> {
    type Value = Rc<T>;

    async fn enter(&mut self) -> Result<Rc<T>> {
        Ok(self.0.clone())
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        self.0.aclose().await.map(|()| Exit::Propagate)
    }

    fn name(&self) -> &str {
        short_name::<T>()
    }
}
