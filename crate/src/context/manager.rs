use super::InAsync;
use crate::error::{Error, Result};

/// What leaving a context manager makes of the body's error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exit {
    /// The error, if there is one, goes on.
    #[default]
    Propagate,
    /// The error ends here, and the program goes on after the body.
    Suppress,
}

/// A context manager: Python's `__enter__` and `__exit__`. Use it with [`with`](super::with).
///
/// ```
/// use std::cell::Cell;
/// use std::rc::Rc;
///
/// use loopscope::{Context, Error, Exit, Result, with};
///
/// struct Indent(Rc<Cell<usize>>);
///
/// impl Context for Indent {
///     type Value = usize;
///
///     fn enter(&mut self) -> Result<usize> {
///         self.0.set(self.0.get() + 1);
///         Ok(self.0.get())
///     }
///
///     fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
///         self.0.set(self.0.get() - 1);
///         Ok(Exit::Propagate)
///     }
/// }
///
/// let depth = Rc::new(Cell::new(0));
/// let failed = with(Indent(depth.clone()), |inside| {
///     assert_eq!(inside, 1);
///     Err::<(), _>(Error::value("no"))
/// });
/// assert_eq!(failed.unwrap_err().message(), "no");
/// assert_eq!(depth.get(), 0);
/// ```
pub trait Context {
    /// What the body gets, Python's `as`.
    type Value;

    /// Acquires what is to be had in the body.
    ///
    /// # Errors
    ///
    /// Any; then there is no body, and [`Context::exit`] is not called.
    fn enter(&mut self) -> Result<Self::Value>;

    /// Gives it back, and decides on the body's error if there is one.
    ///
    /// # Errors
    ///
    /// Any; it takes the place of the body's error and has it as its context.
    fn exit(&mut self, error: Option<&Error>) -> Result<Exit>;

    /// Returns the name in the trace: that of the type, if it is not given another.
    fn name(&self) -> &str {
        short_name::<Self>()
    }

    /// Makes it a manager for bodies that wait: Python's `with` in an `async def`.
    fn in_async(self) -> InAsync<Self>
    where
        Self: Sized,
    {
        InAsync(self)
    }
}

/// A context manager whose enter and exit may wait: Python's `__aenter__` and `__aexit__`. Use it with
/// [`async_with`](super::async_with).
///
/// ```
/// use loopscope::{AsyncContext, Duration, Error, Exit, Result, VirtualLoop, async_with, now, sleep};
///
/// struct Connection;
///
/// impl AsyncContext for Connection {
///     type Value = &'static str;
///
///     async fn enter(&mut self) -> Result<Self::Value> {
///         sleep(Duration::from_millis(20)).await?;
///         Ok("connected")
///     }
///
///     async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
///         sleep(Duration::from_millis(10)).await?;
///         Ok(Exit::Propagate)
///     }
/// }
///
/// let seconds = VirtualLoop::new().run(async {
///     let said = async_with(Connection, async |greeting| Ok(greeting.to_uppercase())).await?;
///     assert_eq!(said.as_deref(), Some("CONNECTED"));
///     Ok(now().as_secs_f64())
/// });
/// assert_eq!(seconds.unwrap(), 0.03);
/// ```
pub trait AsyncContext {
    /// What the body gets, Python's `as`.
    type Value;

    /// Acquires what is to be had in the body.
    ///
    /// # Errors
    ///
    /// Any, also the `CancelledError` of an await in it; then there is no body, and [`AsyncContext::exit`] is not called.
    fn enter(&mut self) -> impl Future<Output = Result<Self::Value>>;

    /// Gives it back, and decides on the body's error if there is one.
    ///
    /// # Errors
    ///
    /// Any; it takes the place of the body's error and has it as its context.
    fn exit(&mut self, error: Option<&Error>) -> impl Future<Output = Result<Exit>>;

    /// Returns the name in the trace: that of the type, if it is not given another.
    fn name(&self) -> &str {
        short_name::<Self>()
    }
}

/// Makes what leads to a manager one itself.
macro_rules! forward {
    ($pointer:ty) => {
        impl<M: Context + ?Sized> Context for $pointer {
            type Value = M::Value;

            fn enter(&mut self) -> Result<M::Value> {
                (**self).enter()
            }

            fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
                (**self).exit(error)
            }

            fn name(&self) -> &str {
                (**self).name()
            }
        }
    };
}

forward!(&mut M);
forward!(Box<M>);

/// Returns the name of a type without its path and arguments; for a closure, that of the function that it stands in.
pub(super) fn short_name<T: ?Sized>() -> &'static str {
    let path = std::any::type_name::<T>();
    let path = path.split('<').next().unwrap_or(path);
    path.rsplit("::").find(|part| !part.starts_with('{')).unwrap_or(path)
}
