use std::panic::Location;

use crate::error::Result;
use crate::executor::{Task, current, no_loop, spawn_at};

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
