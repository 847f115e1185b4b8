use std::rc::Rc;

use super::{Core, TaskCell};
use crate::error::Error;

/// The life of the program that a loop was made for.
#[derive(Default)]
pub(super) enum Stage {
    #[default]
    Running,
    /// It has ended in this turn.
    Ending,
    /// These were asked to stop then.
    Left(Vec<Rc<TaskCell>>),
    /// These close what was left open, by their names.
    Closing(Vec<(Rc<TaskCell>, String)>),
}

impl Core {
    /// Asks all tasks to stop when this turn is over, as `asyncio.run` does when the program has ended.
    pub(crate) fn stop(&self) {
        *self.stage.borrow_mut() = Stage::Ending;
    }

    /// Asks the tasks that are left to stop when the program has ended, and reports what they raised instead.
    #[inline]
    pub(super) fn go_on_ending(self: &Rc<Self>) {
        if !matches!(*self.stage.borrow(), Stage::Running) {
            self.end_on();
        }
    }

    #[cold]
    fn end_on(self: &Rc<Self>) {
        let stage = self.stage.take();
        let next = match stage {
            Stage::Ending => self.cancel_all(),
            Stage::Left(left) if left.iter().all(|task| task.outcome().is_finished()) => {
                for task in left.iter().filter(|task| !task.outcome().is_cancelled()) {
                    if let Some(error) = task.outcome().error() {
                        let message = "unhandled exception during asyncio.run() shutdown";
                        self.reports.report(message, error, task.id(), &task.name());
                    }
                }
                // Their clean-up may have made new ones.
                self.cancel_all()
            }
            Stage::Closing(closing) if closing.iter().all(|(task, _)| task.outcome().is_finished()) => {
                for (task, name) in &closing {
                    if let Some(error) = task.outcome().error().filter(|error| error.kind().is_ordinary()) {
                        let message = "an error occurred during closing of asynchronous generator";
                        self.reports.report(message, error, task.id(), name);
                    }
                }
                self.cancel_all()
            }
            other => other,
        };
        *self.stage.borrow_mut() = next;
    }

    /// Asks all tasks to stop. When there are none, what is still open is closed.
    fn cancel_all(self: &Rc<Self>) -> Stage {
        let left = self.alive();
        for task in &left {
            self.cancel(task, &None, "the program has ended");
        }
        if left.is_empty() { self.close_all() } else { Stage::Left(left) }
    }

    /// Closes what was left open, each in a task of its own.
    fn close_all(self: &Rc<Self>) -> Stage {
        let open = self.opened.borrow_mut().take();
        let mut closing = Vec::new();
        for open in open {
            let name = open.name();
            if let Some(close) = open.close() {
                closing.push((self.spawn(None, Some("aclose"), close), name));
            }
        }
        if closing.is_empty() { Stage::Running } else { Stage::Closing(closing) }
    }

    /// Returns the error of a program that can never end, with the names of those that wait.
    pub(super) fn deadlock(&self) -> Error {
        let names: Vec<_> = self.alive().iter().map(|task| task.name().to_string()).collect();
        Error::runtime(format!(
            "deadlock: nothing is ready and no timer is set, but these tasks have not ended: {}",
            names.join(", ")
        ))
    }
}

impl Core {
    /// Ends everything where it stands. The loop's owner does so when it is dropped: tasks may hold their own loop.
    pub(super) fn close(&self) {
        self.charge(|| {
            // Out of the borrows: destructors may look for the loop.
            let mut tasks = self.tasks.take();
            tasks.clear();
            let left = (self.ready.take(), self.timers.take());
            drop(left);
        });
    }
}
