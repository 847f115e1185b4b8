use std::rc::Rc;

use super::{Core, Message, TaskCell, current};
use crate::trace::{Entry, Kind};

impl Core {
    /// Asks a task to stop: what it waits for fails, or its next step does. False when it has ended.
    pub(crate) fn cancel(self: &Rc<Self>, task: &TaskCell, message: &Message, why: &str) -> bool {
        if task.outcome().is_finished() {
            return false;
        }
        task.count_cancel();
        self.record(current::task_id(), Entry::new(Kind::Cancel).on(task.id()).text(why));
        // A task that has its turn stands nowhere: it hears of it at its next await.
        if task.is_running() || !self.cancel_wait(task, message) {
            task.leave_cancel(message);
            self.lint_foreign_await(task);
        }
        true
    }

    /// Says so when a request to stop cannot reach the await at which a task stands.
    fn lint_foreign_await(&self, task: &TaskCell) {
        let stands = !task.is_running() && !task.scheduled.get();
        if stands && self.recorder().is_some() && !task.waits() {
            let text = "it awaits a future of another crate, which no request to stop reaches: wrap it in cancellable()";
            self.record(current::task_id(), Entry::new(Kind::Lint).on(task.id()).text(text));
        }
    }

    /// Lets what a task waits for fail; false when that is over, or nothing of ours.
    fn cancel_wait(self: &Rc<Self>, task: &TaskCell, message: &Message) -> bool {
        // Taken out meanwhile: tasks that wait for each other would ask each other for ever.
        let Some(waiting) = task.waiting.take().or_else(|| task.inside()?.last()) else { return false };
        let taken = waiting.cancel(self, message);
        task.told.set(Some(waiting.clone()).filter(|_| taken));
        task.waiting.set(Some(waiting));
        taken
    }

    /// A task that was cancelled while it ran stands at its next await now: that one fails.
    pub(super) fn deliver_late_cancel(self: &Rc<Self>, task: &TaskCell) {
        if let Some(message) = task.take_cancel()
            && !self.cancel_wait(task, &message)
        {
            task.leave_cancel(&message);
        }
    }
}
