use std::future::poll_fn;
use std::panic::Location;
use std::pin::pin;
use std::task::{Context, Poll};

use crate::error::Result;
use crate::executor::{Promise, Wait, WaitFor, current, no_loop};

/// Awaits a future that is not of this crate, so that a request to stop reaches it: it is dropped then.
///
/// Futures of other crates know nothing of requests to stop: a task that awaits one directly hears of them only at its
/// next await of ours. Everything foreign is awaited through this. What ends as the request comes is lost, as in asyncio.
///
/// # Errors
///
/// A `CancelledError` when the task is asked to stop, or what else is thrown at the await.
///
/// ```
/// use loopscope::{Duration, Kind, VirtualLoop, cancellable, timeout};
///
/// let never = futures::future::pending::<()>();
/// let late = VirtualLoop::new().run(timeout(Duration::from_secs(1), async |_| cancellable(never).await));
/// assert!(late.unwrap_err().is(Kind::TimeoutError));
/// ```
#[track_caller]
pub fn cancellable<F: Future>(foreign: F) -> impl Future<Output = Result<F::Output>> {
    let place = Some(Location::caller());
    async move {
        let mut foreign = pin!(foreign);
        // Nobody resolves it: it is there to be cancelled.
        let mut stop = Wait::new(Promise::new("it was asked to stop"));
        let mut begun = false;
        let asked = |stop: &mut Wait, context: &Context<'_>| {
            let why = || "a future of another crate".to_owned();
            stop.poll(context, || WaitFor { why: why(), place, ..WaitFor::default() })
        };
        poll_fn(|context| {
            if current().is_none() {
                return Poll::Ready(Err(no_loop()));
            }
            if begun && let Poll::Ready(Err(error)) = asked(&mut stop, context) {
                return Poll::Ready(Err(error));
            }
            begun = true;
            if let Poll::Ready(output) = foreign.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            // After the future: awaits of ours may be in it, but it is this one that is asked to stop.
            asked(&mut stop, context).map(|asked| asked.and_then(|()| Err(no_loop())))
        })
        .await
    }
}
