use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use super::outcome::Outcome;
use super::{Callback, Core, Ready, TaskKey, Wait, WaitFor, Waitable};
use crate::error::{Error, Result};

/// A task that was started. Awaiting it gives its result; dropping the handle lets the task go on.
///
/// Asking a task to stop while it awaits this one asks this one to stop, as in asyncio.
pub struct Task<T> {
    core: Weak<Core>,
    key: TaskKey,
    id: u32,
    outcome: Rc<Outcome<T>>,
    wait: Option<Wait>,
}

/// Starts a task on a loop.
pub(crate) fn spawn_on<T: 'static>(
    core: &Rc<Core>,
    name: Option<&str>,
    program: impl Future<Output = Result<T>> + 'static,
) -> Task<T> {
    let outcome = Rc::new(Outcome::new());
    let result = outcome.clone();
    let frame = Box::pin(async move { result.put(program.await) });
    let task = core.spawn(name, frame, outcome.clone());
    Task { core: Rc::downgrade(core), key: task.key(), id: task.id(), outcome, wait: None }
}

/// Starts a task, in the next turn, that closes something the program has left open.
pub(crate) fn spawn_closer(core: &Rc<Core>, close: impl Future<Output = Result<()>> + 'static) {
    let start = |core: &Rc<Core>| {
        let task = spawn_on(core, Some("aclose"), close);
        if let Some(cell) = core.task(task.key) {
            cell.closes.set(true);
        }
    };
    core.push(Ready::Call(Box::new(start)));
}

/// Starts the task that is the program: when it ends, all others are asked to stop, as `asyncio.run` does.
pub(crate) fn spawn_main<T: 'static>(
    core: &Rc<Core>,
    program: impl Future<Output = Result<T>> + 'static,
) -> Task<T> {
    let main = spawn_on(core, Some("main"), program);
    let stop = |core: &Rc<Core>| core.cancel_all("the program has ended");
    main.outcome.promise.subscribe(core, Callback::Call(Box::new(stop)));
    main
}

impl<T> Task<T> {
    /// Returns the number of the task in the trace.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Says whether the task has ended, however it did.
    pub fn is_finished(&self) -> bool {
        !self.outcome.promise.is_pending()
    }

    /// Asks the task to stop: the await at which it stands raises a `CancelledError`. False when it has ended.
    pub fn cancel(&self) -> bool {
        self.core.upgrade().is_some_and(|core| core.cancel(self.key, "cancel() was called"))
    }

    /// Takes the result if the task has ended.
    pub fn result(&self) -> Option<Result<T>> {
        if self.is_finished() { self.outcome.take() } else { None }
    }
}

/// Hands a request to stop on to the task that is awaited.
struct Awaited(TaskKey);

impl Waitable for Awaited {
    fn cancel(&self, core: &Rc<Core>) -> bool {
        core.cancel(self.0, "the task that awaits it was cancelled")
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<T>> {
        let this = &mut *self;
        let wait = this.wait.get_or_insert_with(|| {
            Wait::with_target(this.outcome.promise.clone(), Rc::new(Awaited(this.key)))
        });
        let id = this.id;
        match wait.poll(|| WaitFor { why: format!("task {id} to end"), ..WaitFor::default() }) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(())) => {
                let taken = || Error::runtime("the result of this task was taken before");
                Poll::Ready(this.outcome.take().unwrap_or_else(|| Err(taken())))
            }
        }
    }
}
