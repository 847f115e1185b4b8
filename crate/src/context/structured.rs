use super::{AsyncContext, Exit};
use crate::error::{Error, Result};
use crate::task::{TaskGroup, Timeout};

/// A group where a manager is wanted, such as on a stack; [`task_group`](crate::task_group) is shorter elsewhere.
///
/// ```
/// use loopscope::{AsyncExitStack, Duration, TaskGroup, VirtualLoop, async_with, now, sleep};
///
/// let seconds = VirtualLoop::new().run(async {
///     async_with(AsyncExitStack::new(), async |stack| {
///         let group = stack.enter_async_context(TaskGroup::new()).await?;
///         group.spawn(sleep(Duration::from_secs(2))).map(drop)
///     })
///     .await?;
///     Ok(now().as_secs_f64())
/// });
/// assert_eq!(seconds.unwrap(), 2.0);
/// ```
impl AsyncContext for TaskGroup {
    type Value = TaskGroup;

    async fn enter(&mut self) -> Result<TaskGroup> {
        TaskGroup::enter(self).map(|()| self.clone())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        TaskGroup::exit(self, error).await.map(|()| Exit::Propagate)
    }
}

/// A limit where a manager is wanted, such as on a stack; [`timeout`](crate::timeout) is shorter elsewhere.
impl AsyncContext for Timeout {
    type Value = Timeout;

    async fn enter(&mut self) -> Result<Timeout> {
        Timeout::enter(self).map(|()| self.clone())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        Timeout::exit(self, error).map(|()| Exit::Propagate)
    }
}
