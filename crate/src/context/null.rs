use super::{AsyncContext, Context, Exit};
use crate::error::{Error, Result};

/// Does nothing. Made by [`nullcontext`].
#[derive(Clone, Debug, Default)]
pub struct NullContext<T>(T);

/// Makes a context manager that only hands out a value: where one is asked for and nothing is to be managed.
///
/// ```
/// use loopscope::{nullcontext, with};
///
/// assert_eq!(with(nullcontext(3), |three| Ok(three + 1))?, Some(4));
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn nullcontext<T: Clone>(value: T) -> NullContext<T> {
    NullContext(value)
}

impl<T: Clone> Context for NullContext<T> {
    type Value = T;

    fn enter(&mut self) -> Result<T> {
        Ok(self.0.clone())
    }

    fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        Ok(Exit::Propagate)
    }
}

impl<T: Clone> AsyncContext for NullContext<T> {
    type Value = T;

    async fn enter(&mut self) -> Result<T> {
        Ok(self.0.clone())
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        Ok(Exit::Propagate)
    }
}
