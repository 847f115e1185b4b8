use std::rc::Rc;
use std::task::{Context, Poll};

use super::cell::TaskCell;
use super::table::TaskKey;
use super::{Core, current};
use crate::error::{Error, Result};
use crate::memory::aside;
use crate::trace::{Entry, Kind as Event};

/// A task whose program panics has ended: whoever catches the panic may let the loop go on, and who waits hears of it.
struct Panicked<'t> {
    core: &'t Rc<Core>,
    task: &'t Rc<TaskCell>,
}

impl Drop for Panicked<'_> {
    fn drop(&mut self) {
        self.core.finish(self.task.clone(), Err(Error::runtime("the task panicked")));
    }
}

impl Core {
    /// Gives a task its turn.
    pub(super) fn step(self: &Rc<Self>, key: TaskKey) {
        let Some(task) = self.task(key) else { return };
        // While it is still about to step: it is not woken again by that.
        if let Some(inside) = task.inside() {
            inside.wake(task.is_marked());
        }
        task.scheduled.set(false);
        drop(task.waiting.take());
        if !task.started.replace(true)
            && let Some(error) = task.take_injection()
        {
            // As in Python, an error thrown before the first step ends a task whose body never ran.
            return self.finish(task, Err(error));
        }
        let Some(mut frame) = task.frame.take() else { return };
        let panicked = Panicked { core: self, task: &task };
        let mut context = Context::from_waker(task.waker());
        current::mark(task.is_marked());
        let polled = current::run_as(&task, || {
            self.record_with(task.id(), || Entry::new(Event::PollStart));
            let polled = frame.as_mut().poll(&mut context);
            match polled {
                Poll::Ready(result) => {
                    // The frame's destructors are part of the step: they may print, wake or spawn.
                    drop(frame);
                    Err(result)
                }
                Poll::Pending => {
                    self.record_with(task.id(), || Entry::new(Event::PollEnd));
                    Ok(frame)
                }
            }
        });
        std::mem::forget(panicked);
        // A loop may run within a step of another one, which goes on now.
        current::mark(true);
        drop(task.told.take());
        match polled {
            Ok(frame) => {
                task.frame.set(Some(frame));
                self.deliver_late_cancel(&task);
            }
            Err(result) => self.finish(task, result),
        }
    }

    fn finish(self: &Rc<Self>, task: Rc<TaskCell>, result: Result<()>) {
        let outcome = task.outcome();
        match (result, task.take_cancel()) {
            (Err(error), _) => outcome.fail(error),
            // It was asked to stop in its last step, and nothing was there that could have told it.
            (Ok(()), Some(message)) => outcome.stop(&message),
            (Ok(()), None) => {}
        }
        drop(task.frame.take());
        self.tasks.borrow_mut().remove(task.key());
        if self.recorder().is_some() {
            self.record(task.id(), Entry::new(Event::PollEnd));
            aside(|| self.record(task.id(), Entry::new(Event::Done).text(&outcome.describe())));
        }
        current::run_as(&task, || outcome.promise().resolve(self));
        // With it may go the last one who could have asked for its error: that is told at this time, and by nobody.
        drop(task);
    }
}
