use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Waker;

use super::{Core, TaskKey};
use crate::error::Error;

/// The program of a task: it leaves its result in the task's outcome.
pub(crate) type Frame = Pin<Box<dyn Future<Output = ()>>>;

/// Something a task waits for that can be told that the task will not wait any longer.
pub(crate) trait Waitable {
    /// Makes the wait fail; false when it is over already.
    fn cancel(&self, core: &Rc<Core>) -> bool;
}

/// Where the result of a task goes.
pub(crate) trait Finish {
    /// Leaves an error in place of a result.
    fn fail(&self, error: Error);
    /// Tells everyone who waits that the result is there.
    fn settle(&self, core: &Rc<Core>);
    /// Says how it ended, for the trace.
    fn describe(&self) -> String;
}

/// A task that has not ended.
pub(crate) struct TaskCell {
    key: TaskKey,
    id: u32,
    name: RefCell<Rc<str>>,
    waker: Waker,
    outcome: Rc<dyn Finish>,
    pub(super) frame: RefCell<Option<Frame>>,
    pub(super) scheduled: Cell<bool>,
    pub(super) started: Cell<bool>,
    /// It closes a generator that was dropped: it outlives the program, as `asyncio.run` waits for such.
    pub(super) closes: Cell<bool>,
    /// What the await waits for at which the task stands, if it is one of ours.
    pub(super) waiting: RefCell<Option<Rc<dyn Waitable>>>,
    /// An error for the await at which the task stands.
    injection: Cell<Option<Error>>,
    /// How many requests to stop are not taken back.
    pub(crate) cancelling: Cell<u32>,
}

impl TaskCell {
    pub(super) fn new(
        key: TaskKey,
        id: u32,
        name: Rc<str>,
        frame: Frame,
        outcome: Rc<dyn Finish>,
        waker: Waker,
    ) -> Self {
        TaskCell {
            key,
            id,
            name: RefCell::new(name),
            waker,
            outcome,
            frame: RefCell::new(Some(frame)),
            scheduled: Cell::new(false),
            started: Cell::new(false),
            closes: Cell::new(false),
            waiting: RefCell::new(None),
            injection: Cell::new(None),
            cancelling: Cell::new(0),
        }
    }

    pub(crate) fn key(&self) -> TaskKey {
        self.key
    }

    /// Returns the number in the trace.
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    pub(crate) fn name(&self) -> Rc<str> {
        self.name.borrow().clone()
    }

    pub(super) fn waker(&self) -> &Waker {
        &self.waker
    }

    pub(super) fn outcome(&self) -> &Rc<dyn Finish> {
        &self.outcome
    }

    /// Says what the await waits for at which the task will stand.
    pub(crate) fn wait_for(&self, what: Rc<dyn Waitable>) {
        *self.waiting.borrow_mut() = Some(what);
    }

    /// Leaves an error for the next step: the await at which the task stands raises it.
    pub(crate) fn inject(&self, error: Error) {
        self.injection.set(Some(error));
    }

    /// Takes the error that was left, at most once.
    pub(crate) fn take_injection(&self) -> Option<Error> {
        self.injection.take()
    }
}
