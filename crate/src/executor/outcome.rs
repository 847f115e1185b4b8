use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Message, Promise};
use crate::error::{Error, Kind, Result};

/// How something ended, and the promise that is settled then. The value, if there is one, lies elsewhere.
pub(crate) struct Outcome {
    promise: Rc<Promise>,
    error: RefCell<Option<Error>>,
    /// Somebody has asked for the error, or nobody needs to.
    seen: Cell<bool>,
    /// The request to stop that ended it was given to someone.
    given: Cell<bool>,
}

impl Outcome {
    pub(crate) fn new(why: &'static str) -> Self {
        let (seen, given) = (Cell::new(false), Cell::new(false));
        Outcome { promise: Promise::new(why), error: RefCell::new(None), seen, given }
    }

    /// Returns what is settled when it has ended.
    pub(crate) fn promise(&self) -> &Rc<Promise> {
        &self.promise
    }

    pub(crate) fn is_finished(&self) -> bool {
        !self.promise.is_pending()
    }

    /// Leaves an error in place of a value.
    pub(crate) fn fail(&self, error: Error) {
        *self.error.borrow_mut() = Some(error);
    }

    /// Leaves a request to stop in place of a value.
    pub(super) fn stop(&self, message: &Message) {
        self.promise.say(message);
        self.fail(self.promise.cancelled_error());
    }

    /// Says whether it ended because it was asked to.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.promise.is_cancelled() || self.is_finished() && self.has_cancel()
    }

    fn has_cancel(&self) -> bool {
        self.error.borrow().as_ref().is_some_and(|error| error.is(Kind::CancelledError))
    }

    /// Returns the error, if it ended with one. Nobody needs to be told of it any more.
    ///
    /// A request to stop is given once and then made anew, as asyncio does: the one who handles it may add to it.
    pub(crate) fn error(&self) -> Option<Error> {
        self.forgive();
        if self.promise.is_cancelled() {
            return Some(self.promise.cancelled_error());
        }
        let error = self.error.borrow().clone().filter(|_| self.is_finished())?;
        let again = error.is(Kind::CancelledError) && self.given.replace(true);
        Some(if again { self.promise.cancelled_error() } else { error })
    }

    /// As [`Outcome::error`], for those that take a value where there is no error.
    pub(crate) fn check(&self) -> Result<()> {
        self.error().map_or(Ok(()), Err)
    }

    /// Returns what someone hears who waited for the end. `waited` is an error that was left for that one meanwhile: it
    /// is raised, but of two requests to stop the one that reached what was waited for is.
    pub(crate) fn heard(&self, waited: Result<()>) -> Result<()> {
        let Err(error) = waited else { return self.check() };
        if !self.is_finished() {
            return Err(error);
        }
        let own = self.error().filter(|own| own.is(Kind::CancelledError) && error.is(Kind::CancelledError));
        Err(own.unwrap_or(error))
    }

    /// Says that nobody needs to be told of the error; nothing before it has ended.
    pub(crate) fn forgive(&self) {
        self.seen.set(self.is_finished());
    }

    /// Returns the error if nobody has asked for it. A request to stop needs no one to ask.
    pub(crate) fn unseen(&self) -> Option<Error> {
        if self.seen.get() || self.has_cancel() { None } else { self.error.borrow().clone() }
    }

    /// Says how it ended, for the trace.
    pub(crate) fn describe(&self) -> String {
        match &*self.error.borrow() {
            Some(error) if error.is(Kind::CancelledError) => "cancelled".to_owned(),
            Some(error) => format!("raised {error}"),
            None => "returned".to_owned(),
        }
    }
}
