use super::{AsyncContext, Context, Exit};
use crate::error::{Error, Result};

/// A [`Context`] for a body that waits. Made by [`Context::in_async`].
///
/// ```
/// use loopscope::{Context, Kind, VirtualLoop, async_with, sleep, suppress};
/// # use loopscope::{Duration, context};
///
/// let number = VirtualLoop::new().run(async {
///     let answer = context(async |co| co.yield_(42).await.map(drop));
///     async_with(answer.in_async(), async |number| {
///         sleep(Duration::from_secs(1)).await?;
///         Ok(number)
///     })
///     .await
/// });
/// assert_eq!(number.unwrap(), Some(42));
/// ```
#[derive(Clone, Debug)]
pub struct InAsync<M>(pub(super) M);

impl<M: Context> AsyncContext for InAsync<M> {
    type Value = M::Value;

    async fn enter(&mut self) -> Result<M::Value> {
        self.0.enter()
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.0.exit(error)
    }

    fn name(&self) -> &str {
        self.0.name()
    }
}
