use std::cell::Cell;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::current::need_loop;
use super::outer::Outer;
use super::spawn::ensure_task;
use crate::error::Result;
use crate::executor::{Callback, Core, Message, Task, Wait, WaitFor, Waitable};
use crate::trace::Place;

/// Waits for a task without handing requests to stop on to it: Python's `asyncio.shield`.
///
/// A future becomes a task at once. When the one who waits is asked to stop, it gets the `CancelledError`, and the task
/// behind the shield goes on; keep a handle of it to wait for it again.
///
/// # Errors
///
/// The task's own error, a `CancelledError`, or a `RuntimeError` outside of a loop.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, shield, sleep, spawn};
///
/// let saved = VirtualLoop::new().run(async {
///     let saving = spawn(async {
///         sleep(Duration::from_secs(2)).await?;
///         Ok("saved")
///     });
///     let asking = spawn(shield(saving.clone()));
///     sleep(Duration::from_secs(1)).await?;
///     asking.cancel();
///     assert!(asking.await.is_err());
///     saving.await
/// });
/// assert_eq!(saved.unwrap(), "saved");
/// ```
#[track_caller]
pub fn shield<T, F>(future: F) -> Shield<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let place = Location::caller();
    let start = |core: Rc<Core>| {
        let task = ensure_task(&core, future);
        let shielding = Shielding::start(&core, &task);
        (task, shielding)
    };
    Shield { started: need_loop().map(start), wait: None, place }
}

/// A wait for a task that does not reach it. Made by [`shield`].
#[must_use = "the task runs without this, but nobody hears of its errors"]
pub struct Shield<T> {
    /// An error when there was no loop.
    started: Result<(Task<T>, Rc<Shielding>)>,
    wait: Option<Wait>,
    place: Place,
}

impl<T> Shield<T> {
    /// Ends the wait with a `CancelledError`; the task goes on. False when it is over.
    pub fn cancel(&self) -> bool {
        let started =
            self.started.as_ref().ok().and_then(|(task, shielding)| Some((task.cell().core()?, shielding)));
        started.is_some_and(|(core, shielding)| shielding.cancel(&core, &None))
    }
}

/// What stands before the task.
struct Shielding {
    outer: Outer,
    /// The callback of the task was called off.
    off: Cell<bool>,
}

impl Shielding {
    fn start<T: 'static>(core: &Rc<Core>, task: &Task<T>) -> Rc<Self> {
        let outer = Outer::new(core, "Future", "the shielded task has ended");
        let shielding = Rc::new(Shielding { outer, off: Cell::new(false) });
        if task.is_finished() {
            shielding.outer.settle(core, None);
            return shielding;
        }
        let (inner, before) = ((**task).clone(), shielding.clone());
        task.when_done(move |core| {
            if before.off.get() {
                return;
            }
            if !before.outer.outcome.promise().is_pending() {
                inner.cell().outcome().forgive();
            } else if inner.is_cancelled() {
                before.cancel(core, &None);
            } else {
                before.outer.settle(core, inner.exception());
            }
        });
        let (inner, before) = ((**task).clone(), shielding.clone());
        let call_off = move |_: &Rc<Core>| before.off.set(!inner.is_finished());
        shielding.outer.outcome.promise().subscribe(core, Callback::Call(Box::new(call_off)));
        shielding
    }
}

impl Waitable for Shielding {
    fn cancel(&self, core: &Rc<Core>, message: &Message) -> bool {
        self.outer.outcome.promise().cancel(core, message)
    }
}

impl<T> Future for Shield<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<T>> {
        let Shield { started, wait, place } = &mut *self;
        let (task, shielding) = match started {
            Ok(started) => started,
            Err(error) => return Poll::Ready(Err(error.clone())),
        };
        let outcome = &shielding.outer.outcome;
        let wait =
            wait.get_or_insert_with(|| Wait::with_target(outcome.promise().clone(), shielding.clone()));
        let ended = std::task::ready!(wait.poll(|| {
            let why = format!("{} to end", task.name());
            WaitFor { why, place: Some(*place), ..WaitFor::default() }
        }));
        if let Err(error) = ended {
            outcome.forgive();
            return Poll::Ready(Err(error));
        }
        outcome.check()?;
        Poll::Ready(task.take())
    }
}
