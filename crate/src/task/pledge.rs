use std::any::Any;
use std::rc::Rc;

use super::gather::Gather;
use super::gathering::Gathering;
use super::shield::{Shield, Shielding};
use crate::error::{Error, Result};
use crate::executor::{Callback, Core, Message, Outcome, Subscription, Task, TaskRef, Waitable, spawn_on};

/// What goes on without being awaited and has a result one day: asyncio's `Future`.
pub(super) enum Pledge<T> {
    Task(Task<T>),
    Gather(Gather<T>, Rc<Gathering>),
    Shield(Box<Shield<T>>, Rc<Shielding>),
}

/// A pledge whatever its result is.
#[derive(Clone)]
pub(super) enum Child {
    Task(TaskRef),
    Gather(Rc<Gathering>),
    Shield(Rc<Shielding>),
}

impl<T: 'static> Pledge<T> {
    /// Starts a task, unless the future goes on by itself: asyncio's `ensure_future`.
    pub(super) fn new<F>(core: &Rc<Core>, future: F) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        let mut future = Some(future);
        let any: &mut dyn Any = &mut future;
        if let Some(task) = any.downcast_mut::<Option<Task<T>>>().and_then(Option::take) {
            return Pledge::Task(task);
        }
        // One that was made outside of a loop has only an error to give: a task gives it.
        if let Some(found) = any.downcast_mut::<Option<Gather<T>>>()
            && let Some(gathering) = found.as_ref().and_then(Gather::gathering).cloned()
            && let Some(gather) = found.take()
        {
            return Pledge::Gather(gather, gathering);
        }
        if let Some(found) = any.downcast_mut::<Option<Shield<T>>>()
            && let Some(shielding) = found.as_ref().and_then(Shield::shielding).cloned()
            && let Some(shield) = found.take()
        {
            return Pledge::Shield(Box::new(shield), shielding);
        }
        match future {
            Some(future) => Pledge::Task(spawn_on(core, None, future)),
            None => unreachable!("only a pledge was taken"),
        }
    }

    /// Returns the task that it is, or one that waits for it.
    pub(super) fn into_task(self, core: &Rc<Core>) -> Task<T> {
        match self {
            Pledge::Task(task) => task,
            Pledge::Gather(gather, _) => spawn_on(core, None, gather),
            Pledge::Shield(shield, _) => spawn_on(core, None, *shield),
        }
    }

    /// Returns what is known of it without its result.
    pub(super) fn child(&self) -> Child {
        match self {
            Pledge::Task(task) => Child::Task((**task).clone()),
            Pledge::Gather(_, gathering) => Child::Gather(gathering.clone()),
            Pledge::Shield(_, shielding) => Child::Shield(shielding.clone()),
        }
    }

    /// Takes the result, once it has ended.
    pub(super) fn take(&mut self) -> Result<T> {
        match self {
            Pledge::Task(task) => task.take(),
            Pledge::Gather(gather, _) => gather.take(),
            Pledge::Shield(shield, _) => shield.take(),
        }
    }
}

impl Child {
    pub(super) fn outcome(&self) -> &Outcome {
        match self {
            Child::Task(task) => task.cell().outcome(),
            Child::Gather(gathering) => &gathering.outer.outcome,
            Child::Shield(shielding) => &shielding.outer.outcome,
        }
    }

    /// Says whether it was cancelled itself: one that stands for others may also fail with their `CancelledError`.
    pub(super) fn is_cancelled(&self) -> bool {
        match self {
            Child::Task(task) => task.is_cancelled(),
            Child::Gather(_) | Child::Shield(_) => self.outcome().promise().is_cancelled(),
        }
    }

    /// Refuses what goes on in another loop.
    pub(super) fn check_home(&self, core: &Rc<Core>) -> Result<()> {
        let is_own = match self {
            Child::Task(task) => task.cell().is_of(core),
            Child::Gather(gathering) => gathering.outer.is_of(core),
            Child::Shield(shielding) => shielding.outer.is_of(core),
        };
        let refused = "The future belongs to a different loop than the one specified as the loop argument";
        if is_own { Ok(()) } else { Err(Error::value(refused)) }
    }

    /// Asks it to stop; false when it has ended.
    pub(super) fn cancel(&self, core: &Rc<Core>, message: &Message, why: &str) -> bool {
        match self {
            Child::Task(task) => core.cancel(task.cell(), message, why),
            Child::Gather(gathering) => gathering.cancel(core, message),
            Child::Shield(shielding) => shielding.cancel(core, message),
        }
    }

    /// Returns the error that stands for its stop, once it has ended.
    pub(super) fn cancelled_error(&self) -> Error {
        match self {
            Child::Task(task) => task.cell().cancelled_error(),
            Child::Gather(_) | Child::Shield(_) => self.outcome().promise().cancelled_error(),
        }
    }

    /// As [`Child::when_done`], for as long as what this returns is kept.
    pub(super) fn watch(&self, core: &Rc<Core>, call: impl FnOnce(&Rc<Core>) + 'static) -> Subscription {
        Subscription::new(core, self.outcome().promise(), call)
    }

    /// Calls in the turn after the one in which it ends.
    pub(super) fn when_done(&self, core: &Rc<Core>, call: impl FnOnce(&Rc<Core>) + 'static) {
        self.outcome().promise().subscribe(core, Callback::Call(Box::new(call)));
    }
}
