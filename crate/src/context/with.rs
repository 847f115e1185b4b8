use std::panic::Location;

use super::{Context, Exit};
use crate::error::{Error, Result};
use crate::executor::Bracket;

/// Runs a body inside of a context manager: Python's `with`. Gives `None` when the manager kept the body's error to
/// itself.
///
/// # Errors
///
/// What entering raised, the body's error itself, or what leaving raised instead.
///
/// ```
/// use loopscope::{Error, Kind, context, suppress, with};
///
/// let borrowed = || context(async |co| {
///     let used = co.yield_("a book").await;
///     // Here it goes back to the shelf, whatever happened.
///     used.map(drop)
/// });
/// assert_eq!(with(borrowed(), |book| Ok(book.len()))?, Some(6));
///
/// let lost = with(borrowed(), |_| Err::<(), _>(Error::key("the book")));
/// assert!(lost.unwrap_err().is(Kind::KeyError));
///
/// let forgiven = with(suppress([Kind::KeyError]), |()| Err::<(), _>(Error::key("the book")));
/// assert_eq!(forgiven?, None);
/// # Ok::<(), Error>(())
/// ```
#[track_caller]
pub fn with<M: Context, T>(mut manager: M, body: impl FnOnce(M::Value) -> Result<T>) -> Result<Option<T>> {
    let bracket = Bracket::open(Location::caller(), || manager.name());
    let value = bracket.entered(manager.enter())?;
    let result = body(value);
    let exit = leave(&mut manager, bracket, result.as_ref().err());
    settle(result, exit)
}

/// Leaves a manager, and tells the trace.
pub(super) fn leave<M: Context>(manager: &mut M, bracket: Bracket, error: Option<&Error>) -> Result<Exit> {
    bracket.exit_start(error);
    let exit = manager.exit(error);
    bracket.exited(error, suppresses(&exit));
    exit
}

/// Says whether the body's error ends with the exit, as the trace wants to know it.
pub(super) fn suppresses(exit: &Result<Exit>) -> Result<bool, &Error> {
    exit.as_ref().map(|exit| *exit == Exit::Suppress)
}

/// Decides what comes out of a body and its manager.
pub(super) fn settle<T>(body: Result<T>, exit: Result<Exit>) -> Result<Option<T>> {
    match (body, exit) {
        (Ok(value), Ok(_)) => Ok(Some(value)),
        (Ok(_), Err(raised)) => Err(raised),
        (Err(_), Ok(Exit::Suppress)) => Ok(None),
        (Err(error), Ok(Exit::Propagate)) => Err(error),
        (Err(error), Err(raised)) => {
            raised.append_context(&error);
            Err(raised)
        }
    }
}
