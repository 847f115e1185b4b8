use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::rc::Rc;

use super::current::need_task;
use super::outer::tasks;
use crate::error::{Error, Kind, Result};
use crate::executor::{Bracket, Core, Promise, Task, TaskCell, TaskRef, Wait, WaitFor, no_loop, spawn_on};

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
        let held = Leave(TaskGroup::new());
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

#[derive(Default)]
struct Inner {
    /// The task that entered it.
    parent: RefCell<Option<Rc<TaskCell>>>,
    exiting: Cell<bool>,
    /// All were asked to stop.
    aborting: Cell<bool>,
    /// The group itself has asked its parent to stop, and takes that back.
    parent_asked: Cell<bool>,
    /// Those whose end was not heard of, by their numbers: in the order in which they were made.
    tasks: RefCell<BTreeMap<u32, TaskRef>>,
    /// What they raised, and who did.
    errors: RefCell<Vec<(TaskRef, Error)>>,
    /// Its end was dropped: nobody is told what its tasks raise.
    given_up: Cell<bool>,
    /// What the parent waits for at the end.
    empty: RefCell<Option<Rc<Promise>>>,
}

impl Default for TaskGroup {
    fn default() -> Self {
        Self::new()
    }
}

impl TaskGroup {
    /// Creates a group that is still to be entered; [`task_group`] does all that.
    pub fn new() -> Self {
        TaskGroup(Rc::default())
    }

    /// Starts a task of the group.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when the group was not entered, is shutting down or has ended.
    pub fn spawn<T: 'static>(&self, program: impl Future<Output = Result<T>> + 'static) -> Result<Task<T>> {
        self.start(None, program)
    }

    /// Starts a task of the group with a name, which the trace and messages show.
    ///
    /// # Errors
    ///
    /// As [`TaskGroup::spawn`].
    pub fn spawn_named<T: 'static>(
        &self,
        name: &str,
        program: impl Future<Output = Result<T>> + 'static,
    ) -> Result<Task<T>> {
        self.start(Some(name), program)
    }

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
        let task = spawn_on(&parent.core().ok_or_else(no_loop)?, name, program);
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
    pub fn enter(&self) -> Result<()> {
        if self.0.parent.borrow().is_some() {
            return Err(Error::runtime(format!("TaskGroup {self:?} has already been entered")));
        }
        let outside = || format!("TaskGroup {self:?} cannot determine the parent task");
        let (_, parent) = need_task(outside)?;
        *self.0.parent.borrow_mut() = Some(parent);
        Ok(())
    }

    /// Ends a group: waits for its tasks. `raised` is the body's error, if it ended with one.
    ///
    /// # Errors
    ///
    /// As [`task_group`]; when there is none, the body's error goes on.
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
        poll_fn(|_| wait.poll(|| WaitFor { why: why(), ..WaitFor::default() })).await
    }

    fn child_ended(&self, core: &Rc<Core>, child: &TaskRef) {
        let group = &self.0;
        group.tasks.borrow_mut().remove(&child.id());
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
        let tasks: Vec<_> = self.0.tasks.borrow().values().cloned().collect();
        for task in tasks.iter().filter(|task| !task.is_finished()) {
            core.cancel(task.cell(), &None, "its group is shutting down");
        }
    }

    /// Ends a group whose body or end was dropped: its tasks are asked to stop, and nobody waits for them. What they
    /// raise is reported.
    fn abandon(&self) {
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
