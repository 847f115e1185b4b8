use std::rc::Rc;

use super::{AsyncContext, Context, Exit};
use crate::error::{Error, Result};

/// Makes a manager anew for each use. Made by [`reusable()`].
pub struct Reusable<M> {
    make: Rc<dyn Fn() -> M>,
    entered: Vec<M>,
}

/// Makes a manager that can be used again and again out of one that serves once: what Python's managers do when they
/// decorate a function. Each clone may be entered on its own, also inside of the other.
///
/// ```
/// use loopscope::{context, reusable, with};
///
/// let once = || context(async |co| co.yield_("hello").await.map(drop));
/// let often = reusable(once);
/// let nested = with(often.clone(), |outer| {
///     with(often.clone(), |inner| Ok(format!("{outer} {inner}")))
/// })?;
/// assert_eq!(nested.flatten().as_deref(), Some("hello hello"));
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn reusable<M>(make: impl Fn() -> M + 'static) -> Reusable<M> {
    Reusable { make: Rc::new(make), entered: Vec::new() }
}

/// A clone that is not entered.
impl<M> Clone for Reusable<M> {
    fn clone(&self) -> Self {
        Reusable { make: self.make.clone(), entered: Vec::new() }
    }
}

fn not_entered() -> Error {
    Error::runtime("this context manager was left more often than entered")
}

impl<M: Context> Context for Reusable<M> {
    type Value = M::Value;

    fn enter(&mut self) -> Result<M::Value> {
        let mut manager = (self.make)();
        let value = manager.enter()?;
        self.entered.push(manager);
        Ok(value)
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.entered.pop().ok_or_else(not_entered)?.exit(error)
    }
}

impl<M: AsyncContext> AsyncContext for Reusable<M> {
    type Value = M::Value;

    async fn enter(&mut self) -> Result<M::Value> {
        let mut manager = (self.make)();
        let value = manager.enter().await?;
        self.entered.push(manager);
        Ok(value)
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.entered.pop().ok_or_else(not_entered)?.exit(error).await
    }
}
