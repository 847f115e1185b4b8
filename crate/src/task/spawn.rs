use std::any::Any;
use std::panic::Location;
use std::rc::Rc;

use crate::error::Result;
use crate::executor::{Core, Task, current, no_loop, spawn_at, spawn_on};

/// Starts a task.
///
/// # Panics
///
/// Panics outside of a loop.
///
/// ```
/// use loopscope::{VirtualLoop, spawn};
///
/// let sum = VirtualLoop::new().run(async {
///     let (two, three) = (spawn(async { Ok(2) }), spawn(async { Ok(3) }));
///     Ok(two.await? + three.await?)
/// });
/// assert_eq!(sum.unwrap(), 5);
/// ```
#[track_caller]
pub fn spawn<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> Task<T> {
    start(None, program)
}

/// Starts a task with a name, which the trace and messages show.
///
/// # Panics
///
/// Panics outside of a loop.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, sleep, spawn_named};
///
/// let shown = VirtualLoop::new().run(async {
///     let task = spawn_named("heartbeat", sleep(Duration::from_secs(1)));
///     let shown = format!("{:?}", *task);
///     task.await.map(|()| shown)
/// });
/// assert_eq!(shown?, "<Task heartbeat pending>");
/// # Ok::<(), loopscope::Error>(())
/// ```
#[track_caller]
pub fn spawn_named<T: 'static>(name: &str, program: impl Future<Output = Result<T>> + 'static) -> Task<T> {
    start(Some(name), program)
}

#[track_caller]
fn start<T: 'static>(name: Option<&str>, program: impl Future<Output = Result<T>> + 'static) -> Task<T> {
    match current() {
        Some(current) => spawn_at(&current.core, Some(Location::caller()), name, program),
        None => panic!("{} ({})", no_loop().message(), Location::caller()),
    }
}

/// Starts a task, unless the future is one already.
pub(super) fn ensure_task<T, F>(core: &Rc<Core>, future: F) -> Task<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let mut future = Some(future);
    let any: &mut dyn Any = &mut future;
    if let Some(task) = any.downcast_mut::<Option<Task<T>>>().and_then(Option::take) {
        return task;
    }
    match future {
        Some(future) => spawn_on(core, None, future),
        None => unreachable!("only a task was taken"),
    }
}
