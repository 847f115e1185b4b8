use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::current::Current;
use super::promise::State;
use super::{Callback, Core, Promise, TaskCell, TaskKey, Waitable, current};
use crate::error::{Error, Kind as ErrorKind, Result};
use crate::memory::aside;
use crate::time::Instant;
use crate::trace::{Entry, Kind, Place};

/// What the trace says of a wait.
#[derive(Clone, Default)]
pub(crate) struct WaitFor {
    /// The resource, or 0.
    pub(crate) on: u32,
    /// The deadline, if it ends by itself.
    pub(crate) until: Option<Instant>,
    pub(crate) why: String,
    pub(crate) place: Option<Place>,
}

/// The one await at which tasks stand: until a promise is settled, or an error is injected.
///
/// - unregistered: not polled yet; it suspends at the first poll even when an error waits, as Python's awaits do;
/// - registered: the task is called back by the promise; an injected error comes before the promise's result;
/// - over: it has given its result.
pub(crate) struct Wait {
    promise: Rc<Promise>,
    what: Rc<dyn Waitable>,
    /// Who is called back. Another task may drive on the generator in whose body this is: then that one is, too.
    registered: Option<TaskKey>,
    over: bool,
}

impl Wait {
    pub(crate) fn new(promise: Rc<Promise>) -> Self {
        Self::with_target(promise.clone(), promise)
    }

    /// As [`Wait::new`], and a task that is asked to stop hands that on to `what`.
    pub(crate) fn with_target(promise: Rc<Promise>, what: Rc<dyn Waitable>) -> Self {
        Wait { promise, what, registered: None, over: false }
    }

    /// Polls; `describe` is asked what it waits for when the wait begins.
    pub(crate) fn poll(
        &mut self,
        context: &Context<'_>,
        describe: impl FnOnce() -> WaitFor,
    ) -> Poll<Result<()>> {
        let Some(current) = current() else { return Poll::Ready(Err(no_loop())) };
        let task: &Rc<TaskCell> = &current.task;
        if self.registered.is_some()
            && let Some(error) = task.take_injection()
        {
            return Poll::Ready(Err(self.interrupt(task, error)));
        }
        if self.registered != Some(task.key()) && self.promise.is_pending() {
            if let Some(before) = self.registered.replace(task.key()) {
                self.pass_on(&current.core, before);
            }
            self.promise.subscribe(&current.core, Callback::Wake(task.key()));
            if current.core.recorder().is_some() {
                aside(|| {
                    let WaitFor { on, until, why, place } = describe();
                    let until = until.map_or(0, |at| at.as_nanos() as i64);
                    let entry = Entry::new(Kind::Wait).on(on).value(until).text(&why).at(place);
                    current.core.record(task.id(), entry);
                });
            }
        }
        let result = match self.promise.state() {
            State::Pending => {
                task.wait_for(context, &self.promise, &self.what);
                return Poll::Pending;
            }
            State::Done => Ok(()),
            State::Cancelled | State::Abandoned => Err(self.promise.cancelled_error()),
        };
        self.over = true;
        Poll::Ready(result)
    }

    /// Ends it with an error that was left for its task; returns what it raises.
    #[cold]
    #[inline(never)]
    fn interrupt(&mut self, task: &TaskCell, error: Error) -> Error {
        self.over = true;
        self.registered.into_iter().for_each(|key| self.forget(key));
        if !self.promise.is_cancelled() {
            return error;
        }
        // Of two requests to stop in one turn the one that reached what it waits for is raised.
        if error.is(ErrorKind::CancelledError) {
            return self.promise.cancelled_error();
        }
        // Of a request to stop beside another error the next await hears.
        if task.was_told(&self.what) {
            task.leave_cancel(&self.promise.message());
        }
        error
    }

    pub(crate) fn promise(&self) -> &Rc<Promise> {
        &self.promise
    }

    /// That task is called back no more.
    #[cold]
    #[inline(never)]
    fn forget(&self, key: TaskKey) {
        if self.promise.is_pending() {
            self.promise.forget(|callback| matches!(callback, Callback::Wake(woken) if *woken == key));
        }
    }

    /// Another task goes on with it. Who still stands here, to be asked to stop, is called back as well.
    #[cold]
    #[inline(never)]
    fn pass_on(&self, core: &Rc<Core>, before: TaskKey) {
        if !core.task(before).is_some_and(|task| task.stands_at(&self.what)) {
            self.forget(before);
        }
    }

    /// It is left. A request to stop that had reached it goes on to the next await of its task.
    #[cold]
    #[inline(never)]
    fn give_up(&self, key: TaskKey, Current { core, task }: &Current) {
        if let Some(registered) = core.task(key)
            && let Some(inside) = registered.inside()
        {
            inside.leave(&self.promise);
        }
        if self.over {
            return;
        }
        self.forget(key);
        let stopped = task.key() == key && self.promise.state() == State::Cancelled;
        if stopped && task.was_told(&self.what) {
            task.leave_cancel(&self.promise.message());
        }
    }
}

/// A wait that is given up is not what its task stands at: `select!` drops the branches that were not first.
impl Drop for Wait {
    fn drop(&mut self) {
        let Some((key, current)) = self.registered.zip(current()) else { return };
        current.task.wait_no_more(&self.what);
        if !self.over || current.task.inside().is_some() {
            self.give_up(key, &current);
        }
    }
}

impl Future for Wait {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Wait::poll(&mut self, context, WaitFor::default)
    }
}

/// What Python says when asyncio's functions are used without it.
pub(crate) fn no_loop() -> Error {
    Error::runtime(
        "no running event loop: run this with VirtualLoop::run or inside another loop of this crate",
    )
}
