use std::task::{Context, Poll};

use super::{Core, Promise, Wait, WaitFor, current};
use crate::error::Result;
use crate::time::Instant;

/// A wait for a time. One that is dropped before gives its timer back.
pub(crate) struct Alarm(Wait);

impl Alarm {
    /// Sets the timer; `why` is what the trace says of the one who goes on then.
    pub(crate) fn set(core: &Core, at: Instant, why: &'static str) -> Self {
        let promise = Promise::new(why);
        core.set_timer(at, promise.clone());
        Alarm(Wait::new(promise))
    }

    /// Polls; `describe` is asked what it waits for when the wait begins.
    pub(crate) fn poll(
        &mut self,
        context: &Context<'_>,
        describe: impl FnOnce() -> WaitFor,
    ) -> Poll<Result<()>> {
        self.0.poll(context, describe)
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        let promise = self.0.promise();
        let fired = promise.is_done();
        promise.abandon();
        if let Some(current) = current().filter(|_| !fired) {
            current.core.timer_died();
        }
    }
}
