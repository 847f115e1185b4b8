use super::{AsyncContext, Context, Exit};
use crate::error::{Error, Kind, Result};

/// Keeps errors of some kinds to itself. Made by [`suppress`].
#[derive(Clone, Debug)]
pub struct Suppress(Vec<Kind>);

/// Makes a context manager that ends errors of these kinds. Of a group it takes those members, and lets the rest go on.
///
/// ```
/// use loopscope::{Error, Kind, suppress, with};
///
/// let missing = || Err::<(), _>(Error::key("user"));
/// assert_eq!(with(suppress([Kind::KeyError]), |()| missing())?, None);
/// assert!(with(suppress([Kind::ValueError]), |()| missing()).is_err());
/// # Ok::<(), Error>(())
/// ```
pub fn suppress(kinds: impl IntoIterator<Item = Kind>) -> Suppress {
    Suppress(kinds.into_iter().collect())
}

impl Suppress {
    fn judge(&self, error: Option<&Error>) -> Result<Exit> {
        let Some(error) = error else { return Ok(Exit::Propagate) };
        match self.rest(error) {
            None => Ok(Exit::Suppress),
            Some(_) if error.errors().is_empty() => Ok(Exit::Propagate),
            Some(rest) => Err(match error.cause() {
                Some(cause) => rest.raise_from(cause).while_handling(error),
                None => rest,
            }),
        }
    }

    /// Returns what is left of an error. As in Python, what is left of a group is a new one, also if it is all.
    fn rest(&self, error: &Error) -> Option<Error> {
        if self.0.contains(&error.kind()) {
            return None;
        }
        if error.errors().is_empty() {
            return Some(error.clone());
        }
        let rest: Vec<_> = error.errors().iter().filter_map(|member| self.rest(member)).collect();
        if rest.is_empty() { None } else { Some(Error::group(error.message(), rest)) }
    }
}

impl Context for Suppress {
    type Value = ();

    fn enter(&mut self) -> Result<()> {
        Ok(())
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.judge(error)
    }
}

impl AsyncContext for Suppress {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        Ok(())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.judge(error)
    }
}
