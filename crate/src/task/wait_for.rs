use std::rc::Rc;

use super::current::need_loop;
use super::spawn::ensure_task;
use super::timeout::timeout;
use crate::error::{Error, Result};
use crate::executor::{Core, Promise, Task, Wait};
use crate::time::Duration;

/// Waits for one future for a limited time: Python's `asyncio.wait_for`. No time means no limit.
///
/// When the time is up, or the one who waits is asked to stop, the future is, and its clean-up is waited for. With no
/// time at all a future that has not ended does not even begin.
///
/// # Errors
///
/// A `TimeoutError` when the time is up, else the future's own error.
///
/// ```
/// use loopscope::{Duration, Kind, VirtualLoop, sleep, wait_for};
///
/// let slow = sleep(Duration::from_secs(60));
/// let late = VirtualLoop::new().run(wait_for(slow, Duration::from_secs(1)));
/// assert!(late.unwrap_err().is(Kind::TimeoutError));
/// ```
pub async fn wait_for<T, F>(future: F, limit: impl Into<Option<Duration>>) -> Result<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let limit = limit.into();
    if limit.is_none_or(|limit| !limit.is_zero()) {
        return timeout(limit, |_| future).await;
    }
    let core = need_loop()?;
    let task = ensure_task(&core, future);
    if !task.is_finished() {
        cancel_and_wait(&core, &task).await?;
        if task.is_cancelled() {
            let error = task.exception().unwrap_or_else(Error::cancelled);
            return Err(Error::timeout().raise_from(error));
        }
    }
    task.take()
}

/// Asks a task to stop and waits for its end, not by awaiting it: a request to stop the one who waits is its own.
async fn cancel_and_wait<T>(core: &Rc<Core>, task: &Task<T>) -> Result<()> {
    let ended = Promise::new("the task has ended");
    let release = ended.clone();
    task.when_done(move |core| {
        release.resolve(core);
    });
    core.cancel(task.cell(), &None, "it was given no time");
    Wait::new(ended).await
}
