mod end;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::current::need_task;
use crate::error::{Error, Result};
use crate::executor::{Bracket, Promise, Task, TaskCell, TaskRef, no_loop, spawn_at};
use crate::shelf::Shelf;
use crate::trace::Place;

/// Runs a body that starts tasks, and waits for all of them: Python's `async with asyncio.TaskGroup()`.
///
/// When one of them fails, the others and the body are asked to stop; so are all when the body fails or the task that
/// runs it is asked to stop. Nothing that was started here goes on afterwards.
///
/// # Errors
///
/// An `ExceptionGroup` of what the tasks and the body raised; a `CancelledError` when only the task was asked to stop.
///
/// ```
/// use loopscope::{Duration, Error, VirtualLoop, now, sleep, task_group};
///
/// let (error, seconds) = VirtualLoop::new().run(async {
///     let failed = task_group(async |group| {
///         group.spawn(async {
///             sleep(Duration::from_secs(1)).await?;
///             Err::<(), _>(Error::value("no"))
///         })?;
///         group.spawn(sleep(Duration::from_secs(60)))?;
///         Ok(())
///     });
///     Ok((failed.await.unwrap_err(), now().as_secs_f64()))
/// }).unwrap();
/// assert_eq!(error.to_string(), "ExceptionGroup: unhandled errors in a TaskGroup [ValueError: no]");
/// assert_eq!(seconds, 1.0);
/// ```
#[track_caller]
pub fn task_group<T, F>(body: impl FnOnce(TaskGroup) -> F) -> impl Future<Output = Result<T>>
where
    F: Future<Output = Result<T>>,
{
    /// The body may be dropped before its end.
    struct Leave(TaskGroup);

    impl Drop for Leave {
        fn drop(&mut self) {
            self.0.abandon();
        }
    }

    let place = Location::caller();
    async move {
        let bracket = Bracket::open(place, || "TaskGroup");
        let held = Leave(TaskGroup::made_at(place));
        bracket.entered(held.0.enter())?;
        let result = body(held.0.clone()).await;
        let raised = result.as_ref().err();
        bracket.exit_start(raised);
        let exit = held.0.exit(raised).await;
        bracket.exited(raised, exit.as_ref().map(|()| false));
        exit?;
        result
    }
}

/// Tasks that end together. The body of [`task_group`] has one; clones are the same.
#[derive(Clone)]
pub struct TaskGroup(Rc<Inner>);

struct Inner {
    /// The line that made it: the trace says that the wait for the tasks is there.
    place: Place,
    /// The task that entered it.
    parent: RefCell<Option<Rc<TaskCell>>>,
    exiting: Cell<bool>,
    /// All were asked to stop.
    aborting: Cell<bool>,
    /// The group itself has asked its parent to stop, and takes that back.
    parent_asked: Cell<bool>,
    /// Those whose end was not heard of, by their numbers: in the order in which they were made.
    tasks: RefCell<Shelf<TaskRef>>,
    /// What they raised, and who did.
    errors: RefCell<Vec<(TaskRef, Error)>>,
    /// Its end was dropped: nobody is told what its tasks raise.
    given_up: Cell<bool>,
    /// What the parent waits for at the end.
    empty: RefCell<Option<Rc<Promise>>>,
}

impl Default for TaskGroup {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl TaskGroup {
    /// Creates a group that is still to be entered; [`task_group`] does all that.
    #[track_caller]
    pub fn new() -> Self {
        Self::made_at(Location::caller())
    }

    fn made_at(place: Place) -> Self {
        TaskGroup(Rc::new(Inner {
            place,
            parent: RefCell::default(),
            exiting: Cell::default(),
            aborting: Cell::default(),
            parent_asked: Cell::default(),
            tasks: RefCell::default(),
            errors: RefCell::default(),
            given_up: Cell::default(),
            empty: RefCell::default(),
        }))
    }

    /// Starts a task of the group.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when the group was not entered, is shutting down or has ended.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, now, sleep, task_group};
    ///
    /// let slept = VirtualLoop::new().run(async {
    ///     let naps = task_group(async |group| {
    ///         let nap = |seconds| async move { sleep(Duration::from_secs(seconds)).await.map(|()| seconds) };
    ///         Ok([group.spawn(nap(3))?, group.spawn(nap(1))?])
    ///     })
    ///     .await?;
    ///     // The group has waited for both.
    ///     let slept = naps.map(|nap| nap.result().unwrap());
    ///     Ok((slept[0].clone()?, slept[1].clone()?, now().as_secs_f64()))
    /// });
    /// assert_eq!(slept?, (3, 1, 3.0));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn spawn<T: 'static>(&self, program: impl Future<Output = Result<T>> + 'static) -> Result<Task<T>> {
        self.start(None, program)
    }

    /// Starts a task of the group with a name, which the trace and messages show.
    ///
    /// # Errors
    ///
    /// As [`TaskGroup::spawn`].
    ///
    /// ```
    /// use loopscope::{VirtualLoop, task_group};
    ///
    /// let name = VirtualLoop::new().run(async {
    ///     task_group(async |group| Ok(group.spawn_named("reader", async { Ok(()) })?.name())).await
    /// });
    /// assert_eq!(&*name?, "reader");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn spawn_named<T: 'static>(
        &self,
        name: &str,
        program: impl Future<Output = Result<T>> + 'static,
    ) -> Result<Task<T>> {
        self.start(Some(name), program)
    }

    #[track_caller]
    fn start<T: 'static>(
        &self,
        name: Option<&str>,
        program: impl Future<Output = Result<T>> + 'static,
    ) -> Result<Task<T>> {
        let refuse = |why: &str| Err(Error::runtime(format!("TaskGroup {self:?} {why}")));
        let group = &self.0;
        let Some(parent) = &*group.parent.borrow() else { return refuse("has not been entered") };
        if group.exiting.get() && group.tasks.borrow().is_empty() {
            return refuse("is finished");
        }
        if group.aborting.get() {
            return refuse("is shutting down");
        }
        let place = Some(Location::caller());
        let task = spawn_at(&parent.core().ok_or_else(no_loop)?, place, name, program);
        group.tasks.borrow_mut().insert(task.id(), (*task).clone());
        let (group, child) = (self.clone(), (*task).clone());
        task.when_done(move |core| group.child_ended(core, &child));
        Ok(task)
    }

    /// Begins a group whose parent is the task that runs.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when it was entered before, or when no task runs.
    ///
    /// ```
    /// use loopscope::{Duration, TaskGroup, VirtualLoop, now, sleep};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     // By hand: an async manager would do this on its way in and out.
    ///     let group = TaskGroup::new();
    ///     group.enter()?;
    ///     group.spawn(sleep(Duration::from_secs(2)))?;
    ///     group.exit(None).await?;
    ///     assert!(group.spawn(sleep(Duration::ZERO)).unwrap_err().message().ends_with("is finished"));
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 2.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn enter(&self) -> Result<()> {
        if self.0.parent.borrow().is_some() {
            return Err(Error::runtime(format!("TaskGroup {self:?} has already been entered")));
        }
        let outside = || format!("TaskGroup {self:?} cannot determine the parent task");
        let (_, parent) = need_task(outside)?;
        *self.0.parent.borrow_mut() = Some(parent);
        Ok(())
    }
}

/// What Python's `repr` tells.
impl fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |name, count| if count > 0 { format!(" {name}={count}") } else { String::new() };
        let tasks = count("tasks", self.0.tasks.borrow().len());
        let errors = count("errors", self.0.errors.borrow().len());
        let state = match () {
            () if self.0.aborting.get() => " cancelling",
            () if self.0.parent.borrow().is_some() => " entered",
            () => "",
        };
        write!(f, "<TaskGroup{tasks}{errors}{state}>")
    }
}
