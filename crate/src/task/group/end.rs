use std::future::poll_fn;
use std::rc::Rc;

use super::TaskGroup;
use crate::error::{Error, Kind, Result};
use crate::executor::{Core, Promise, TaskRef, Wait, WaitFor, no_loop};
use crate::task::outer::tasks;

impl TaskGroup {
    /// Ends a group: waits for its tasks. `raised` is the body's error, if it ended with one.
    ///
    /// # Errors
    ///
    /// As [`task_group`](crate::task_group); when there is none, the body's error goes on.
    ///
    /// ```
    /// use loopscope::{Error, Kind, TaskGroup, VirtualLoop};
    ///
    /// let raised = VirtualLoop::new().run(async {
    ///     let group = TaskGroup::new();
    ///     group.enter()?;
    ///     group.spawn(async { Err::<(), _>(Error::key("of a task")) })?;
    ///     let body = Error::value("of the body");
    ///     group.exit(Some(&body)).await
    /// });
    /// let raised = raised.unwrap_err();
    /// assert!(raised.is(Kind::ExceptionGroup));
    /// // The task was asked to stop before it came to raise anything.
    /// assert_eq!(raised.errors().len(), 1);
    /// ```
    pub async fn exit(&self, raised: Option<&Error>) -> Result<()> {
        let group = &self.0;
        let Some(parent) = group.parent.borrow().clone() else {
            return Err(Error::runtime(format!("TaskGroup {self:?} has not been entered")));
        };
        let core = parent.core().ok_or_else(no_loop)?;
        group.exiting.set(true);
        let mut stop = raised.filter(|error| error.is(Kind::CancelledError)).cloned();
        if raised.is_some() && !group.aborting.get() {
            self.abort(&core);
        }
        while !group.tasks.borrow().is_empty() {
            match self.wait().await {
                Ok(()) => {}
                Err(error) if error.is(Kind::CancelledError) => {
                    if !group.aborting.get() {
                        stop = Some(error);
                        self.abort(&core);
                    }
                }
                Err(error) => return Err(error),
            }
            group.empty.take();
        }
        if group.parent_asked.take() && parent.uncancel() == 0 {
            stop = None;
        }
        let mut errors: Vec<_> = group.errors.take().into_iter().map(|(_, error)| error).collect();
        if let Some(stop) = stop.filter(|_| errors.is_empty()) {
            return Err(stop);
        }
        errors.extend(raised.filter(|error| !error.is(Kind::CancelledError)).cloned());
        if errors.is_empty() {
            return Ok(());
        }
        if parent.cancelling() > 0 {
            // It was asked to stop from outside: the group's error comes first, the request at the next await.
            parent.uncancel();
            core.cancel(&parent, &None, "it was asked to stop while its group ended");
        }
        let told = Error::group("unhandled errors in a TaskGroup", errors);
        Err(match raised {
            Some(handled) => told.raise_from_none(handled),
            None => told,
        })
    }

    async fn wait(&self) -> Result<()> {
        let empty = Promise::new("the tasks of the group have ended");
        *self.0.empty.borrow_mut() = Some(empty.clone());
        let mut wait = Wait::new(empty);
        let why = || format!("{} of the group to end", tasks(self.0.tasks.borrow().len()));
        let place = Some(self.0.place);
        poll_fn(|context| wait.poll(context, || WaitFor { why: why(), place, ..WaitFor::default() })).await
    }

    pub(super) fn child_ended(&self, core: &Rc<Core>, child: &TaskRef) {
        let group = &self.0;
        group.tasks.borrow_mut().remove(child.id());
        if group.tasks.borrow().is_empty()
            && let Some(empty) = &*group.empty.borrow()
        {
            empty.resolve(core);
        }
        // Of what nobody asks for, the task itself tells.
        if child.is_cancelled() || group.given_up.get() {
            return;
        }
        let Some(error) = child.exception() else { return };
        group.errors.borrow_mut().push((child.clone(), error.clone()));
        let Some(parent) = group.parent.borrow().clone() else { return };
        if parent.outcome().is_finished() {
            let parent = TaskRef::new(parent);
            let message =
                format!("Task {child:?} has errored out but its parent task {parent:?} is already completed");
            core.reports().report(&message, error, child.id(), &child.name());
        } else if !group.aborting.get() && !group.parent_asked.get() {
            self.abort(core);
            group.parent_asked.set(true);
            core.cancel(&parent, &None, "a task of its group has failed");
        }
    }

    /// Asks all tasks to stop.
    fn abort(&self, core: &Rc<Core>) {
        self.0.aborting.set(true);
        let mut tasks: Vec<_> = self.0.tasks.borrow().iter().map(|(_, task)| task.clone()).collect();
        // In the order in which they were made.
        tasks.sort_unstable_by_key(|task| task.id());
        for task in tasks.iter().filter(|task| !task.is_finished()) {
            core.cancel(task.cell(), &None, "its group is shutting down");
        }
    }

    /// Ends a group whose body or end was dropped: its tasks are asked to stop, and nobody waits for them. What they
    /// raise is reported.
    pub(super) fn abandon(&self) {
        let group = &self.0;
        let Some(parent) = group.parent.borrow().clone() else { return };
        let Some(core) = parent.core() else { return };
        group.given_up.set(true);
        for (child, error) in group.errors.take() {
            core.reports().report("Task exception was never retrieved", error, child.id(), &child.name());
        }
        if !group.exiting.replace(true) || !group.tasks.borrow().is_empty() {
            self.abort(&core);
        }
        if group.parent_asked.take() {
            parent.uncancel();
        }
    }
}
