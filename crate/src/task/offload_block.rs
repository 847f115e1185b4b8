use std::future::poll_fn;
use std::panic::Location;

use super::current::need_loop;
use super::sleep::{Deadline, Sleep};
use crate::error::Result;
use crate::executor::{Promise, Wait, WaitFor, now};
use crate::time::{Duration, Seconds};

/// Takes this long beside the loop, as [`block`](crate::block) does on it: Python's `asyncio.to_thread(time.sleep, …)`.
///
/// In a browser, on the wall clock, a worker really is busy for that time; a page's rules may forbid workers, and a
/// timer takes its place then. On a virtual clock nobody can tell a thread that blocks from a timer, and it is one.
///
/// # Errors
///
/// A `CancelledError` when the task is asked to stop meanwhile; the call is given up.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, gather, now, offload_block};
///
/// let second = Duration::from_secs(1);
/// let together = VirtualLoop::new().run(async move {
///     gather([offload_block(second), offload_block(second)]).await?;
///     Ok(now())
/// });
/// assert_eq!(together.unwrap().as_secs_f64(), 1.0);
/// ```
#[track_caller]
pub fn offload_block(length: Duration) -> impl Future<Output = Result<()>> {
    let place = Location::caller();
    async move {
        let core = need_loop()?;
        let until = now() + length;
        let end = Promise::new("the blocking call has ended");
        let Some(_beside) = core.block_beside(length, &end) else {
            return Sleep::new(Deadline::In(length), place, "of a blocking call elsewhere").await;
        };
        let mut wait = Wait::new(end);
        let why = || format!("{} s of a blocking call in a worker", Seconds(length));
        poll_fn(|context| {
            wait.poll(context, || WaitFor { why: why(), place: Some(place), ..WaitFor::default() })
        })
        .await?;
        // It takes its time on the run's clock, which was stopped meanwhile if the run was paused.
        if now() < until {
            Sleep::new(Deadline::At(until), place, "of a blocking call without a worker").await?;
        }
        Ok(())
    }
}
