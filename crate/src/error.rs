//! Errors as values: with a kind, an identity, a cause and a context, as Python's exceptions have them.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

mod chain;
mod kind;

use chain::Links;
pub use kind::Kind;

/// What every fallible call of this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error: cheap to clone, and every clone is the same error.
///
/// ```
/// use loopscope::{Error, Kind};
///
/// let missing = Error::key("user");
/// let wrapped = Error::value("no such user").raise_from(missing.clone());
/// assert_eq!(wrapped.kind(), Kind::ValueError);
/// assert!(wrapped.cause().unwrap().is_same(&missing));
/// assert_eq!(wrapped.to_string(), "ValueError: no such user, caused by KeyError: user");
/// ```
#[derive(Clone)]
pub struct Error(Rc<Inner>);

struct Inner {
    kind: Kind,
    message: String,
    links: RefCell<Links>,
    /// The program's own error, or the members of a group.
    payload: Option<Box<dyn Any>>,
}

impl Error {
    /// Creates an error of a kind with a message, which may be empty.
    ///
    /// ```
    /// use loopscope::{Error, Kind};
    ///
    /// let lost = Error::new(Kind::ConnectionError, "no route to the host");
    /// assert!(lost.is(Kind::ConnectionError));
    /// assert_eq!(lost.message(), "no route to the host");
    /// assert_eq!(lost.headline(), "ConnectionError: no route to the host");
    /// ```
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::with_payload(kind, message.into(), None)
    }

    fn with_payload(kind: Kind, message: String, payload: Option<Box<dyn Any>>) -> Self {
        Error(Rc::new(Inner { kind, message, links: RefCell::default(), payload }))
    }

    /// Creates an error of the program's own type, found again with [`Error::downcast_ref`].
    ///
    /// The `?` operator does the same for every type that is a [`std::error::Error`].
    ///
    /// ```
    /// use std::num::ParseIntError;
    ///
    /// use loopscope::{Error, Kind, Result};
    ///
    /// fn double(text: &str) -> Result<i32> {
    ///     Ok(text.parse::<i32>()? * 2)
    /// }
    ///
    /// let error = double("two").unwrap_err();
    /// assert_eq!(error.kind(), Kind::Own("ParseIntError"));
    /// assert!(error.downcast_ref::<ParseIntError>().is_some());
    /// assert_eq!(error.to_string(), "ParseIntError: invalid digit found in string");
    /// ```
    pub fn own<E: std::error::Error + 'static>(error: E) -> Self {
        let path = std::any::type_name::<E>();
        let name = path.split('<').next().and_then(|path| path.rsplit(':').next()).unwrap_or(path);
        Self::with_payload(Kind::Own(name), error.to_string(), Some(Box::new(error)))
    }

    /// Creates a group of errors, as a task group raises it.
    ///
    /// ```
    /// use loopscope::{Error, Kind};
    ///
    /// let group = Error::group("two of three", vec![Error::value("a"), Error::key("b")]);
    /// assert_eq!(group.errors().len(), 2);
    /// assert_eq!(group.to_string(), "ExceptionGroup: two of three [ValueError: a; KeyError: b]");
    /// let stopped = Error::group("", vec![Error::cancelled()]);
    /// assert!(stopped.is(Kind::BaseExceptionGroup));
    /// ```
    pub fn group(message: impl Into<String>, errors: Vec<Error>) -> Self {
        let ordinary = errors.iter().all(|error| error.kind().is_ordinary());
        let kind = if ordinary { Kind::ExceptionGroup } else { Kind::BaseExceptionGroup };
        Self::with_payload(kind, message.into(), Some(Box::new(errors)))
    }

    /// Creates a `ValueError`.
    ///
    /// ```
    /// let error = loopscope::Error::value("why");
    /// assert_eq!(error.to_string(), "ValueError: why");
    /// ```
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::ValueError, message)
    }

    /// Creates a `KeyError`.
    ///
    /// ```
    /// let error = loopscope::Error::key("why");
    /// assert_eq!(error.to_string(), "KeyError: why");
    /// ```
    pub fn key(message: impl Into<String>) -> Self {
        Self::new(Kind::KeyError, message)
    }

    /// Creates a `TypeError`.
    ///
    /// ```
    /// let error = loopscope::Error::type_error("why");
    /// assert_eq!(error.to_string(), "TypeError: why");
    /// ```
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::new(Kind::TypeError, message)
    }

    /// Creates a `RuntimeError`.
    ///
    /// ```
    /// let error = loopscope::Error::runtime("why");
    /// assert_eq!(error.to_string(), "RuntimeError: why");
    /// ```
    pub fn runtime(message: impl Into<String>) -> Self {
        Self::new(Kind::RuntimeError, message)
    }

    /// Creates a `TimeoutError`.
    ///
    /// ```
    /// assert_eq!(loopscope::Error::timeout().to_string(), "TimeoutError");
    /// ```
    pub fn timeout() -> Self {
        Self::new(Kind::TimeoutError, "")
    }

    /// Creates a `CancelledError`.
    ///
    /// ```
    /// assert_eq!(loopscope::Error::cancelled().to_string(), "CancelledError");
    /// ```
    pub fn cancelled() -> Self {
        Self::new(Kind::CancelledError, "")
    }

    /// Creates a `GeneratorExit`.
    ///
    /// ```
    /// assert_eq!(loopscope::Error::generator_exit().to_string(), "GeneratorExit");
    /// ```
    pub fn generator_exit() -> Self {
        Self::new(Kind::GeneratorExit, "")
    }

    /// Creates a `StopIteration`.
    ///
    /// ```
    /// assert_eq!(loopscope::Error::stop_iteration().to_string(), "StopIteration");
    /// ```
    pub fn stop_iteration() -> Self {
        Self::new(Kind::StopIteration, "")
    }

    /// Creates a `StopAsyncIteration`.
    ///
    /// ```
    /// assert_eq!(loopscope::Error::stop_async_iteration().to_string(), "StopAsyncIteration");
    /// ```
    pub fn stop_async_iteration() -> Self {
        Self::new(Kind::StopAsyncIteration, "")
    }

    /// Returns the kind.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Says whether the error is of this kind.
    pub fn is(&self, kind: Kind) -> bool {
        self.0.kind == kind
    }

    /// Returns the message without the kind and without the chain.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Says whether both are the very same error, as Python's `is` does.
    pub fn is_same(&self, other: &Error) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Returns the program's own error if it is of type `E`.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        self.0.payload.as_ref()?.downcast_ref()
    }

    /// Returns the errors of a group; none for any other kind.
    pub fn errors(&self) -> &[Error] {
        self.downcast_ref::<Vec<Error>>().map_or(&[], Vec::as_slice)
    }

    /// Returns the kind and the message without the chain.
    pub fn headline(&self) -> String {
        let Inner { kind, message, .. } = &*self.0;
        if message.is_empty() { kind.name().to_owned() } else { format!("{}: {message}", kind.name()) }
    }
}

impl<E: std::error::Error + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Error::own(error)
    }
}
