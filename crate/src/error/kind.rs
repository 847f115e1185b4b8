/// The kind of an [`Error`](crate::Error): Python's class of the exception.
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
    ///
    /// ```
    /// use loopscope::Kind;
    ///
    /// assert_eq!(Kind::StopAsyncIteration.name(), "StopAsyncIteration");
    /// ```
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
    ///
    /// ```
    /// use loopscope::Kind;
    ///
    /// assert!(Kind::TimeoutError.is_ordinary());
    /// assert!(!Kind::CancelledError.is_ordinary());
    /// ```
    pub fn is_ordinary(self) -> bool {
        !matches!(self, Kind::CancelledError | Kind::GeneratorExit | Kind::BaseExceptionGroup)
    }
}
