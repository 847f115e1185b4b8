use super::Exit;
use crate::error::{Error, Result};

/// Where a stack of exits is on its way out: what the exits so far made of the error.
pub(super) struct Unwinding {
    /// There was an error to begin with.
    received: bool,
    /// What the next exit is told.
    error: Option<Error>,
    /// An exit has raised: the error, if it is not suppressed, is no longer the one to begin with.
    raised: bool,
    suppressed: bool,
}

impl Unwinding {
    pub(super) fn new(error: Option<&Error>) -> Self {
        Unwinding { received: error.is_some(), error: error.cloned(), raised: false, suppressed: false }
    }

    pub(super) fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Takes in how the next exit ended.
    pub(super) fn after(&mut self, exit: Result<Exit>) {
        match exit {
            Ok(Exit::Propagate) => {}
            Ok(Exit::Suppress) => (self.suppressed, self.error) = (true, None),
            Err(error) => {
                // Nested `with`s would have been handling the error before. Without one in the body Python's stack
                // finds nothing to put right, and leaves what later exits raise without a context.
                if let Some(before) = self.error.as_ref().filter(|_| self.received)
                    && !before.leads_to(&error)
                {
                    error.append_context(before);
                }
                (self.raised, self.error) = (true, Some(error));
            }
        }
    }

    /// Returns what comes out of the whole stack.
    pub(super) fn end(self) -> Result<Exit> {
        match self.error {
            Some(error) if self.raised => {
                // An error from after a suppression was not raised while the body's error was handled.
                error.seal_context();
                Err(error)
            }
            _ if self.received && self.suppressed => Ok(Exit::Suppress),
            _ => Ok(Exit::Propagate),
        }
    }
}
