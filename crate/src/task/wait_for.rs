use std::rc::Rc;

use super::current::need_loop;
use super::pledge::{Child, Pledge};
use super::within::timeout;
use crate::error::{Error, Result};
use crate::executor::{Core, Promise, Wait};
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
    let mut pledge = Pledge::new(&core, future);
    let child = pledge.child();
    if !child.outcome().is_finished() {
        cancel_and_wait(&core, &child).await?;
        if child.outcome().is_cancelled() {
            let error = child.outcome().error().unwrap_or_else(Error::cancelled);
            return Err(Error::timeout().raise_from(error));
        }
    }
    pledge.take()
}

/// Asks for a stop and waits for the end, not by awaiting it: a request to stop the one who waits is its own.
async fn cancel_and_wait(core: &Rc<Core>, child: &Child) -> Result<()> {
    let ended = Promise::new("the task has ended");
    let release = ended.clone();
    let _watch = child.watch(core, move |core| {
        release.resolve(core);
    });
    child.cancel(core, &None, "it was given no time");
    Wait::new(ended).await
}
