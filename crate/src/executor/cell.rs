use std::cell::{Cell, OnceCell, RefCell};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Waker};

use super::inside::Inside;
use super::{Core, Outcome, Promise, Reports, TaskKey, current};
use crate::error::{Error, Kind, Result};

/// The program of a task: what it returns lies elsewhere when it has ended.
pub(crate) type Frame = Pin<Box<dyn Future<Output = Result<()>>>>;

/// What is said with a request to stop, if anything is.
pub(crate) type Message = Option<Rc<str>>;

/// Creates the error that a request to stop raises.
pub(crate) fn cancelled_error(message: &Message) -> Error {
    Error::new(Kind::CancelledError, message.as_deref().unwrap_or_default())
}

/// Something a task waits for that can be told that the task will not wait any longer.
pub(crate) trait Waitable {
    /// Makes the wait fail; false when it is over already.
    fn cancel(&self, core: &Rc<Core>, message: &Message) -> bool;
}

/// A task. The table of the loop has it until it ends; handles keep it beyond that.
pub(crate) struct TaskCell {
    core: Weak<Core>,
    reports: Rc<Reports>,
    key: TaskKey,
    id: u32,
    /// Most have none and go by their number.
    name: RefCell<Option<Rc<str>>>,
    waker: Waker,
    outcome: Outcome,
    pub(super) frame: Cell<Option<Frame>>,
    pub(super) scheduled: Cell<bool>,
    pub(super) started: Cell<bool>,
    /// What the await waits for at which the task stands, if it is one of ours.
    pub(super) waiting: Cell<Option<Rc<dyn Waitable>>>,
    /// The awaits of ours that are polled with another waker than the task's.
    inside: OnceCell<Rc<Inside>>,
    /// What a request to stop was handed to, until the step in which the task hears of it has ended.
    pub(super) told: Cell<Option<Rc<dyn Waitable>>>,
    /// An error that was thrown at the await at which the task stands.
    injection: Cell<Option<Error>>,
    /// There may be such an error, or a request to stop.
    marked: Cell<bool>,
    /// There is a request to stop that nothing has taken yet: it comes with the next step.
    must_cancel: Cell<bool>,
    /// What was said with the last such request.
    message: RefCell<Message>,
    /// How many requests to stop are not taken back.
    cancelling: Cell<u32>,
}

impl TaskCell {
    pub(super) fn new(
        (core, reports): (Weak<Core>, Rc<Reports>),
        (key, id, name): (TaskKey, u32, Option<Rc<str>>),
        frame: Option<Frame>,
        waker: Waker,
    ) -> Rc<Self> {
        Rc::new(TaskCell {
            core,
            reports,
            key,
            id,
            name: RefCell::new(name),
            waker,
            outcome: Outcome::new("the task has ended"),
            frame: Cell::new(frame),
            scheduled: Cell::new(false),
            started: Cell::new(false),
            waiting: Cell::new(None),
            inside: OnceCell::new(),
            told: Cell::new(None),
            injection: Cell::new(None),
            marked: Cell::new(false),
            must_cancel: Cell::new(false),
            message: RefCell::default(),
            cancelling: Cell::new(0),
        })
    }

    /// Returns the loop, while there is one.
    pub(crate) fn core(&self) -> Option<Rc<Core>> {
        self.core.upgrade()
    }

    /// Says whether it is a task of this loop.
    pub(crate) fn is_of(&self, core: &Rc<Core>) -> bool {
        core.is(&self.core)
    }

    pub(crate) fn key(&self) -> TaskKey {
        self.key
    }

    /// Returns the number in the trace.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn name(&self) -> Rc<str> {
        self.name.borrow().clone().unwrap_or_else(|| format!("task {}", self.id).into())
    }

    pub(crate) fn set_name(&self, name: &str) {
        *self.name.borrow_mut() = Some(name.into());
    }

    pub(super) fn waker(&self) -> &Waker {
        &self.waker
    }

    pub(crate) fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Says what the await waits for at which the task will stand.
    #[inline(never)]
    pub(super) fn wait_for(&self, context: &Context<'_>, promise: &Rc<Promise>, what: &Rc<dyn Waitable>) {
        self.waiting.set(Some(what.clone()));
        self.look_inside(context, Some((promise, what)));
    }

    /// Notes an await that is polled with another waker than the task's; without a promise it goes on in the next step.
    #[inline]
    pub(crate) fn look_inside(&self, context: &Context<'_>, wait: Option<(&Rc<Promise>, &Rc<dyn Waitable>)>) {
        if !context.waker().will_wake(&self.waker) {
            self.enter(context, wait);
        }
    }

    #[cold]
    #[inline(never)]
    fn enter(&self, context: &Context<'_>, wait: Option<(&Rc<Promise>, &Rc<dyn Waitable>)>) {
        self.inside.get_or_init(Rc::default).enter(context.waker(), wait);
    }

    /// Returns the awaits that are polled with another waker than the task's, if there ever were any.
    pub(super) fn inside(&self) -> Option<&Rc<Inside>> {
        self.inside.get()
    }

    /// Takes back what [`TaskCell::wait_for`] said: that await is over, or was given up.
    pub(super) fn wait_no_more(&self, what: &Rc<dyn Waitable>) {
        self.waiting.set(self.waiting.take().filter(|waiting| !is_same(waiting, what)));
    }

    /// Says whether a request to stop was handed to `what`, for this step.
    pub(super) fn was_told(&self, what: &Rc<dyn Waitable>) -> bool {
        look(&self.told, |told| told.as_ref().is_some_and(|told| is_same(told, what)))
    }

    /// Says whether this is what it stands at.
    pub(super) fn stands_at(&self, what: &Rc<dyn Waitable>) -> bool {
        look(&self.waiting, |waiting| waiting.as_ref().is_some_and(|waiting| is_same(waiting, what)))
    }

    /// Says whether it stands at an await of ours.
    pub(super) fn waits(&self) -> bool {
        look(&self.waiting, Option::is_some)
    }

    /// Says whether it has its turn.
    pub(super) fn is_running(&self) -> bool {
        look(&self.frame, Option::is_none)
    }

    /// Leaves an error for the next step: the await at which the task stands raises it.
    pub(crate) fn inject(&self, error: Error) {
        self.injection.set(Some(error));
        self.mark();
    }

    fn mark(&self) {
        self.marked.set(true);
        // It may be the one that runs.
        current::mark(true);
    }

    pub(super) fn is_marked(&self) -> bool {
        self.marked.get()
    }

    /// Takes the error that was left, at most once. A request to stop comes before what was thrown.
    pub(crate) fn take_injection(&self) -> Option<Error> {
        self.marked.set(self.must_cancel.get());
        if self.must_cancel.take() { Some(self.own_cancel()) } else { self.injection.take() }
    }

    /// Leaves a request to stop for the next step.
    pub(super) fn leave_cancel(&self, message: &Message) {
        self.must_cancel.set(true);
        self.mark();
        message.clone_into(&mut self.message.borrow_mut());
    }

    /// Takes the request that was left, and what was said with it.
    pub(super) fn take_cancel(&self) -> Option<Message> {
        self.must_cancel.take().then(|| self.message.borrow().clone())
    }

    fn own_cancel(&self) -> Error {
        cancelled_error(&self.message.borrow())
    }

    /// Returns the error that stands for the stop of a task that has ended, also if it did not stop.
    pub(crate) fn cancelled_error(&self) -> Error {
        let error = if self.outcome.is_cancelled() { self.outcome.error() } else { None };
        error.unwrap_or_else(|| self.own_cancel())
    }

    /// Returns how many requests to stop are not taken back.
    pub(crate) fn cancelling(&self) -> u32 {
        self.cancelling.get()
    }

    pub(super) fn count_cancel(&self) {
        self.cancelling.set(self.cancelling.get() + 1);
    }

    /// Takes one request to stop back and returns how many are left. With the last one goes what nothing has taken.
    pub(crate) fn uncancel(&self) -> u32 {
        let left = self.cancelling.get().saturating_sub(1);
        if self.cancelling.replace(left) == 1 {
            self.must_cancel.set(false);
        }
        left
    }
}

impl TaskCell {
    /// Ends it where it stands: its loop is gone.
    pub(super) fn destroy(&self) {
        let frame = self.frame.take();
        drop(frame);
        drop(self.waiting.take());
        self.outcome.promise().abandon();
    }
}

/// The last handle of a task is gone, and with it the last chance that someone looks at its error.
impl Drop for TaskCell {
    fn drop(&mut self) {
        if let Some(error) = self.outcome.unseen() {
            self.reports.report("Task exception was never retrieved", error, self.id, &self.name());
        }
    }
}

/// Looks at what a cell holds.
fn look<T, R>(cell: &Cell<Option<T>>, look: impl FnOnce(&Option<T>) -> R) -> R {
    let held = cell.take();
    let seen = look(&held);
    cell.set(held);
    seen
}

/// Says whether both are the very same thing.
fn is_same(one: &Rc<dyn Waitable>, other: &Rc<dyn Waitable>) -> bool {
    std::ptr::addr_eq(Rc::as_ptr(one), Rc::as_ptr(other))
}

impl TaskCell {
    /// Takes an error back that was left for an await which did not raise it.
    pub(crate) fn take_back(&self, error: &Error) {
        let left = self.injection.take().filter(|left| !left.is_same(error));
        self.injection.set(left);
    }
}
