use crate::error::Result;

/// Runs a clean-up when a body has ended, with a value or an error, and waits for it: Python's `try … finally`.
///
/// An error that the clean-up raises takes the place of the body's, which becomes its context. A task that is asked to
/// stop while it cleans up gets the request there.
///
/// A request to stop is an error of the body, too. But when this future itself is dropped, as the slower branch of a
/// `select!` is, the clean-up, which may borrow, is dropped with it. What must be cleaned up even then is the exit of a
/// manager: [`async_with`](crate::async_with) has a task of its own see to that.
///
/// # Errors
///
/// What the clean-up raised, else what the body raised.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, finally, now, sleep, spawn};
///
/// let seconds = VirtualLoop::new().run(async {
///     let task = spawn(finally(sleep(Duration::from_secs(60)), || sleep(Duration::from_secs(2))));
///     sleep(Duration::from_secs(1)).await?;
///     task.cancel();
///     assert!(task.await.is_err());
///     Ok(now().as_secs_f64())
/// });
/// assert_eq!(seconds.unwrap(), 3.0);
/// ```
pub async fn finally<T, C>(body: impl Future<Output = Result<T>>, clean_up: impl FnOnce() -> C) -> Result<T>
where
    C: Future<Output = Result<()>>,
{
    let result = body.await;
    if let Err(raised) = clean_up().await {
        if let Err(handled) = &result {
            raised.append_context(handled);
        }
        return Err(raised);
    }
    result
}
