//! Errors as values: with a kind, an identity, a cause and a context, as Python's exceptions have them.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

/// What every fallible call of this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an [`Error`]: Python's class of the exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// An argument of the right type with a value that cannot be used.
    ValueError,
    /// A key that is not there.
    KeyError,
    /// A value of the wrong type, or sent where none can be taken.
    TypeError,
    /// A misuse that no other kind names.
    RuntimeError,
    /// A deadline that passed.
    TimeoutError,
    /// A task that was asked to stop. Not an ordinary error: see [`Kind::is_ordinary`].
    CancelledError,
    /// A generator that was asked to close. Not an ordinary error: see [`Kind::is_ordinary`].
    GeneratorExit,
    /// The end of a [`Gen`](crate::Gen).
    StopIteration,
    /// The end of an [`AsyncGen`](crate::AsyncGen).
    StopAsyncIteration,
    /// A connection that could not be made or was lost.
    ConnectionError,
    /// `get_nowait` of an empty queue.
    QueueEmpty,
    /// `put_nowait` into a full queue.
    QueueFull,
    /// A queue that was shut down.
    QueueShutDown,
    /// Several errors at once, all of them ordinary.
    ExceptionGroup,
    /// Several errors at once, at least one of them not ordinary.
    BaseExceptionGroup,
    /// An error type of the program itself, by the name of its type.
    Own(&'static str),
}

impl Kind {
    /// Returns the kind's name as Python writes it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::ValueError => "ValueError",
            Kind::KeyError => "KeyError",
            Kind::TypeError => "TypeError",
            Kind::RuntimeError => "RuntimeError",
            Kind::TimeoutError => "TimeoutError",
            Kind::CancelledError => "CancelledError",
            Kind::GeneratorExit => "GeneratorExit",
            Kind::StopIteration => "StopIteration",
            Kind::StopAsyncIteration => "StopAsyncIteration",
            Kind::ConnectionError => "ConnectionError",
            Kind::QueueEmpty => "QueueEmpty",
            Kind::QueueFull => "QueueFull",
            Kind::QueueShutDown => "QueueShutDown",
            Kind::ExceptionGroup => "ExceptionGroup",
            Kind::BaseExceptionGroup => "BaseExceptionGroup",
            Kind::Own(name) => name,
        }
    }

    /// Says whether `except Exception` would catch it: requests to stop are not ordinary errors.
    pub fn is_ordinary(self) -> bool {
        !matches!(self, Kind::CancelledError | Kind::GeneratorExit | Kind::BaseExceptionGroup)
    }
}

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

#[derive(Default)]
struct Links {
    cause: Option<Error>,
    context: Option<Error>,
}

impl Error {
    /// Creates an error of a kind with a message, which may be empty.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self::with_payload(kind, message.into(), None)
    }

    fn with_payload(kind: Kind, message: String, payload: Option<Box<dyn Any>>) -> Self {
        Error(Rc::new(Inner { kind, message, links: RefCell::default(), payload }))
    }

    /// Creates an error of the program's own type, found again with [`Error::downcast_ref`].
    ///
    /// The `?` operator does the same for every type that is a [`std::error::Error`].
    pub fn own<E: std::error::Error + 'static>(error: E) -> Self {
        let path = std::any::type_name::<E>();
        let name = path.split('<').next().and_then(|p| p.rsplit("::").next()).unwrap_or(path);
        Self::with_payload(Kind::Own(name), error.to_string(), Some(Box::new(error)))
    }

    /// Creates a group of errors, as a task group raises it.
    pub fn group(message: impl Into<String>, errors: Vec<Error>) -> Self {
        let ordinary = errors.iter().all(|error| error.kind().is_ordinary());
        let kind = if ordinary { Kind::ExceptionGroup } else { Kind::BaseExceptionGroup };
        Self::with_payload(kind, message.into(), Some(Box::new(errors)))
    }

    /// Creates a `ValueError`.
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::ValueError, message)
    }

    /// Creates a `KeyError`.
    pub fn key(message: impl Into<String>) -> Self {
        Self::new(Kind::KeyError, message)
    }

    /// Creates a `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Self {
        Self::new(Kind::TypeError, message)
    }

    /// Creates a `RuntimeError`.
    pub fn runtime(message: impl Into<String>) -> Self {
        Self::new(Kind::RuntimeError, message)
    }

    /// Creates a `TimeoutError`.
    pub fn timeout() -> Self {
        Self::new(Kind::TimeoutError, "")
    }

    /// Creates a `CancelledError`.
    pub fn cancelled() -> Self {
        Self::new(Kind::CancelledError, "")
    }

    /// Creates a `GeneratorExit`.
    pub fn generator_exit() -> Self {
        Self::new(Kind::GeneratorExit, "")
    }

    /// Creates a `StopIteration`.
    pub fn stop_iteration() -> Self {
        Self::new(Kind::StopIteration, "")
    }

    /// Creates a `StopAsyncIteration`.
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

    /// Returns what this error was raised from, Python's `__cause__`.
    pub fn cause(&self) -> Option<Error> {
        self.0.links.borrow().cause.clone()
    }

    /// Returns what was being handled when this error was raised, Python's `__context__`.
    pub fn context(&self) -> Option<Error> {
        self.0.links.borrow().context.clone()
    }

    /// Sets the cause and the context, as `raise … from` does in a handler.
    pub fn raise_from(self, cause: Error) -> Self {
        if !self.is_same(&cause) {
            self.0.links.borrow_mut().cause = Some(cause.clone());
        }
        self.while_handling(&cause)
    }

    /// Sets the context, as raising while `handled` is handled does.
    ///
    /// Nothing happens when both are the same error. A chain that leads from `handled` back to this error
    /// is cut there, as Python cuts it.
    pub fn while_handling(self, handled: &Error) -> Self {
        if self.is_same(handled) {
            return self;
        }
        let mut at = handled.clone();
        while let Some(next) = at.context() {
            if next.is_same(&self) {
                at.0.links.borrow_mut().context = None;
                break;
            }
            at = next;
        }
        self.0.links.borrow_mut().context = Some(handled.clone());
        self
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

/// Tells the whole chain: a cause where there is one, else the context.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline())?;
        for (index, error) in self.errors().iter().enumerate() {
            write!(f, "{}{}", if index == 0 { " [" } else { "; " }, error.headline())?;
        }
        if !self.errors().is_empty() {
            f.write_str("]")?;
        }
        if let Some(cause) = self.cause() {
            write!(f, ", caused by {cause}")
        } else if let Some(context) = self.context() {
            write!(f, ", while handling {context}")
        } else {
            Ok(())
        }
    }
}

/// As [`Display`](fmt::Display), so that `unwrap` tells the chain too.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A chain of thousands of contexts is taken apart in a loop: recursion would overflow wasm's small stack.
impl Drop for Inner {
    fn drop(&mut self) {
        let mut rest = Vec::new();
        let links = self.links.get_mut();
        rest.extend(links.cause.take());
        rest.extend(links.context.take());
        while let Some(Error(inner)) = rest.pop() {
            if let Some(mut inner) = Rc::into_inner(inner) {
                let links = inner.links.get_mut();
                rest.extend(links.cause.take());
                rest.extend(links.context.take());
            }
        }
    }
}
