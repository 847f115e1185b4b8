use super::gen_context::{begin, did_not_yield, instead_of, verdict};
use super::manager::short_name;
use super::{AsyncContext, Exit};
use crate::error::{Error, Kind, Result};
use crate::generator::{AsyncGen, Co};

/// A context manager made from an async generator with one yield. Made by [`async_context`].
pub struct AsyncGenContext<Y: 'static> {
    generator: AsyncGen<Y>,
    used: bool,
    name: String,
}

/// Makes a context manager from an async generator's body: what stands before its one yield enters, what stands after
/// it leaves. Python's `@asynccontextmanager`.
///
/// The yield gives the error of the `async_with` body: it goes on if this body passes it on, and ends here if not.
/// Like Python's, the manager serves once; a function that returns it is the way to have one each time, or
/// [`reusable`](super::reusable()).
///
/// ```
/// use loopscope::context::AsyncGenContext;
/// use loopscope::{Duration, Error, Kind, VirtualLoop, async_context, async_with, print, sleep};
///
/// fn locked(door: &'static str) -> AsyncGenContext<&'static str> {
///     async_context(async move |co| {
///         sleep(Duration::from_secs(1)).await?;
///         let used = co.yield_(door).await;
///         print(format!("the {door} is open again")); // also when the body failed, or was cancelled
///         used.map(drop)
///     })
/// }
///
/// let failed = VirtualLoop::new().run(async {
///     async_with(locked("gate"), async |_| Err::<(), _>(Error::timeout())).await
/// });
/// assert!(failed.unwrap_err().is(Kind::TimeoutError));
/// ```
pub fn async_context<Y: 'static, B, F>(body: B) -> AsyncGenContext<Y>
where
    B: FnOnce(Co<Y>) -> F,
    F: Future<Output = Result<()>> + 'static,
{
    AsyncGenContext::from(AsyncGen::new(body)).named(short_name::<B>())
}

impl<Y: 'static> AsyncGenContext<Y> {
    /// Gives the manager a name in the trace, instead of that of the function in which it was made.
    ///
    /// ```
    /// use loopscope::{AsyncContext, async_context};
    ///
    /// let page = async_context(async |co| co.yield_("text").await.map(drop)).named("page");
    /// assert_eq!(page.name(), "page");
    /// ```
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.generator.name_after(name);
        AsyncGenContext { name: name.to_owned(), ..self }
    }

    /// Closes the generator that yielded once more.
    async fn did_not_stop(&self, message: &str) -> Result<Exit> {
        Err(instead_of(Error::runtime(message), self.generator.aclose().await))
    }
}

impl<Y: 'static> From<AsyncGen<Y>> for AsyncGenContext<Y> {
    fn from(generator: AsyncGen<Y>) -> Self {
        AsyncGenContext { generator, used: false, name: "generator".to_owned() }
    }
}

impl<Y: 'static> AsyncContext for AsyncGenContext<Y> {
    type Value = Y;

    async fn enter(&mut self) -> Result<Y> {
        begin(&mut self.used)?;
        let value = self.generator.anext().await;
        value.map_err(|error| did_not_yield(error, Kind::StopAsyncIteration))
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        let Some(error) = error else {
            return match self.generator.anext().await {
                Ok(_) => self.did_not_stop("generator didn't stop").await,
                Err(raised) if raised.is(Kind::StopAsyncIteration) => Ok(Exit::Propagate),
                Err(raised) => Err(raised),
            };
        };
        match self.generator.athrow(error.clone()).await {
            // Also without a value: a generator that has ended cannot be thrown into, and Python says the same of it.
            Ok(_) => self.did_not_stop("generator didn't stop after athrow()").await,
            Err(raised) => verdict(raised, error, Kind::StopAsyncIteration),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }
}
