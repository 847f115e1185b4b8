use std::rc::Rc;

use crate::error::{Error, Result};
use crate::executor::{Core, TaskCell, TaskRef, current, no_loop};

/// Returns the task that runs; `None` outside of a loop and in a callback.
///
/// ```
/// use loopscope::{VirtualLoop, current_task};
///
/// assert!(current_task().is_none());
/// let name = VirtualLoop::new().run(async { Ok(current_task().unwrap().name().to_string()) });
/// assert_eq!(name.unwrap(), "main");
/// ```
pub fn current_task() -> Option<TaskRef> {
    running().map(|(_, task)| TaskRef::new(task))
}

/// Returns the tasks of the running loop that have not ended, the oldest first; none outside of a loop.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, all_tasks, sleep, spawn_named};
///
/// let names = VirtualLoop::new().run(async {
///     spawn_named("worker", sleep(Duration::from_secs(1)));
///     Ok(all_tasks().iter().map(|task| task.name().to_string()).collect::<Vec<_>>())
/// });
/// assert_eq!(names.unwrap(), ["main", "worker"]);
/// ```
pub fn all_tasks() -> Vec<TaskRef> {
    current().map_or_else(Vec::new, |current| current.core.alive().into_iter().map(TaskRef::new).collect())
}

/// Returns the loop and the task that run. A callback runs as nobody, who has no number.
fn running() -> Option<(Rc<Core>, Rc<TaskCell>)> {
    current().filter(|current| current.task.id() != 0).map(|current| (current.core, current.task))
}

/// As [`running`], for what makes no sense without a task; `why` tells a callback so.
pub(super) fn need_task(why: impl FnOnce() -> String) -> Result<(Rc<Core>, Rc<TaskCell>)> {
    need_loop()?;
    running().ok_or_else(|| Error::runtime(why()))
}

/// Returns the running loop, with or without a task.
pub(super) fn need_loop() -> Result<Rc<Core>> {
    current().map(|current| current.core).ok_or_else(no_loop)
}
