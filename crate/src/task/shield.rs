use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::current::need_loop;
use super::outer::Outer;
use super::pledge::{Child, Pledge};
use crate::error::Result;
use crate::executor::{Callback, Core, Message, Wait, WaitFor, Waitable};
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
        let inner = Pledge::new(&core, future);
        inner.child().check_home(&core)?;
        let shielding = Shielding::start(&core, inner.child());
        Ok(Started { inner, shielding })
    };
    Shield { started: need_loop().and_then(start), wait: None, place }
}

/// A wait for a task that does not reach it. Made by [`shield`].
#[must_use = "the task runs without this, but nobody hears of its errors"]
pub struct Shield<T> {
    /// An error when there was no loop.
    started: Result<Started<T>>,
    wait: Option<Wait>,
    place: Place,
}

struct Started<T> {
    inner: Pledge<T>,
    shielding: Rc<Shielding>,
}

impl<T> Shield<T> {
    /// Ends the wait with a `CancelledError`; the task goes on. False when it is over.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, shield, sleep, spawn};
    ///
    /// let ended = VirtualLoop::new().run(async {
    ///     let saving = spawn(sleep(Duration::from_secs(1)));
    ///     let asking = shield(saving.clone());
    ///     assert!(asking.cancel());
    ///     assert!(asking.await.is_err());
    ///     saving.await
    /// });
    /// assert!(ended.is_ok());
    /// ```
    pub fn cancel(&self) -> bool {
        self.shielding().is_some_and(|shielding| {
            shielding.outer.core().is_some_and(|core| shielding.cancel(&core, &None))
        })
    }

    /// Returns what stands before the task, unless there was no loop.
    pub(super) fn shielding(&self) -> Option<&Rc<Shielding>> {
        self.started.as_ref().ok().map(|started| &started.shielding)
    }
}

impl<T: 'static> Shield<T> {
    /// Takes the result, or gives the error, once it is there.
    pub(super) fn take(&mut self) -> Result<T> {
        let Started { inner, shielding } = self.started.as_mut().map_err(|error| error.clone())?;
        shielding.outer.outcome.check()?;
        inner.take()
    }
}

/// What stands before the task.
pub(super) struct Shielding {
    pub(super) outer: Outer,
}

impl Shielding {
    fn start(core: &Rc<Core>, inner: Child) -> Rc<Self> {
        let outer = Outer::new(core, "Future", "the shielded task has ended");
        let shielding = Rc::new(Shielding { outer });
        if inner.outcome().is_finished() {
            shielding.outer.settle(core, None);
            return shielding;
        }
        let (before, ended) = (shielding.clone(), inner.clone());
        let watch = inner.watch(core, move |core| before.inner_ended(core, &ended));
        // When the wait is over, a task that goes on is not asked any more.
        let call_off = move |_: &Rc<Core>| drop(watch);
        shielding.outer.outcome.promise().subscribe(core, Callback::Call(Box::new(call_off)));
        shielding
    }

    fn inner_ended(&self, core: &Rc<Core>, inner: &Child) {
        if self.outer.outcome.is_finished() {
            inner.outcome().forgive();
        } else if inner.is_cancelled() {
            self.cancel(core, &None);
        } else {
            self.outer.settle(core, inner.outcome().error());
        }
    }
}

impl Waitable for Shielding {
    fn cancel(&self, core: &Rc<Core>, message: &Message) -> bool {
        self.outer.outcome.promise().cancel(core, message)
    }
}

impl<T: 'static> Future for Shield<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let Shield { started, wait, place } = &mut *self;
        let Started { inner, shielding } = match started {
            Ok(started) => started,
            Err(error) => return Poll::Ready(Err(error.clone())),
        };
        let outcome = &shielding.outer.outcome;
        let wait =
            wait.get_or_insert_with(|| Wait::with_target(outcome.promise().clone(), shielding.clone()));
        let ended = std::task::ready!(wait.poll(context, || {
            let why = "a shielded task to end".to_owned();
            WaitFor { why, place: Some(*place), ..WaitFor::default() }
        }));
        Poll::Ready(outcome.heard(ended).and_then(|()| inner.take()))
    }
}
