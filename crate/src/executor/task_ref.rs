use std::fmt;
use std::rc::Rc;

use super::{Callback, TaskCell, Waitable};
use crate::error::Error;

/// A task whatever its result is: what [`current_task`](crate::current_task) and [`all_tasks`](crate::all_tasks) give,
/// and what every [`Task`](crate::Task) can be asked. Clones are handles of the same task.
///
/// ```
/// use loopscope::{VirtualLoop, current_task, spawn_named};
///
/// let name = VirtualLoop::new().run(async {
///     spawn_named("worker", async { Ok(current_task().unwrap().name().to_string()) }).await
/// });
/// assert_eq!(name.unwrap(), "worker");
/// ```
#[derive(Clone)]
pub struct TaskRef {
    cell: Rc<TaskCell>,
}

impl TaskRef {
    pub(crate) fn new(cell: Rc<TaskCell>) -> Self {
        TaskRef { cell }
    }

    pub(crate) fn cell(&self) -> &Rc<TaskCell> {
        &self.cell
    }

    /// Returns the number of the task in the trace.
    pub fn id(&self) -> u32 {
        self.cell.id()
    }

    /// Returns the name: what it was given, or "task" and its number.
    pub fn name(&self) -> Rc<str> {
        self.cell.name()
    }

    /// Gives the task another name, for messages; the trace keeps the one with which it started.
    ///
    /// ```
    /// use loopscope::VirtualLoop;
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let task = virtual_loop.spawn("draft", async { Ok(()) });
    /// task.set_name("final");
    /// assert_eq!(&*task.name(), "final");
    /// ```
    pub fn set_name(&self, name: &str) {
        self.cell.set_name(name);
    }

    /// Says whether the task has ended, however it did.
    pub fn is_finished(&self) -> bool {
        self.cell.outcome().is_finished()
    }

    /// Says whether the task has ended with a `CancelledError`.
    pub fn is_cancelled(&self) -> bool {
        self.cell.outcome().is_cancelled()
    }

    /// Returns the error with which the task has ended; `None` while it runs and when it has returned.
    ///
    /// ```
    /// use loopscope::{Error, VirtualLoop, spawn, wait, WaitUntil};
    ///
    /// let told = VirtualLoop::new().run(async {
    ///     let failing = spawn(async { Err::<(), _>(Error::value("no")) });
    ///     assert!(failing.exception().is_none());
    ///     wait([failing.clone()], WaitUntil::All, None).await?;
    ///     assert!(failing.is_finished() && !failing.is_cancelled());
    ///     Ok(failing.exception().unwrap().to_string())
    /// });
    /// assert_eq!(told?, "ValueError: no");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn exception(&self) -> Option<Error> {
        if self.is_finished() { self.cell.outcome().error() } else { None }
    }

    /// Asks the task to stop: the await at which it stands raises a `CancelledError`. False when it has ended.
    ///
    /// The task may clean up first, and it may refuse. A request before the first step ends it without one.
    ///
    /// ```
    /// use loopscope::{Duration, Kind, VirtualLoop, sleep, spawn};
    ///
    /// let cleaned = VirtualLoop::new().run(async {
    ///     let task = spawn(async {
    ///         match sleep(Duration::from_secs(60)).await {
    ///             Err(error) if error.is(Kind::CancelledError) => Ok("cleaned up instead"),
    ///             other => other.map(|()| "slept"),
    ///         }
    ///     });
    ///     sleep(Duration::ZERO).await?; // it starts
    ///     assert!(task.cancel());
    ///     let answer = task.join().await?;
    ///     assert!(!task.cancel(), "it has ended");
    ///     Ok(answer)
    /// });
    /// assert_eq!(cleaned?, "cleaned up instead");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn cancel(&self) -> bool {
        self.cancel_because(None)
    }

    /// As [`TaskRef::cancel`], and the `CancelledError` has a message.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep, spawn};
    ///
    /// let error = VirtualLoop::new().run(async {
    ///     let task = spawn(sleep(Duration::from_secs(60)));
    ///     task.cancel_with("the page was left");
    ///     let error = task.join().await.unwrap_err();
    ///     assert!(task.is_cancelled());
    ///     Ok(error)
    /// });
    /// assert_eq!(error?.to_string(), "CancelledError: the page was left");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn cancel_with(&self, message: &str) -> bool {
        self.cancel_because(Some(message.into()))
    }

    fn cancel_because(&self, message: Option<Rc<str>>) -> bool {
        self.cell.outcome().forgive();
        let why = message.as_deref().unwrap_or("cancel() was called");
        self.cell.core().is_some_and(|core| core.cancel(&self.cell, &message, why))
    }

    /// Returns how many requests to stop there were that nobody took back.
    pub fn cancelling(&self) -> u32 {
        self.cell.cancelling()
    }

    /// Takes one request to stop back and returns how many are left: for those who made it, or who have dealt with it.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, current_task, sleep, spawn};
    ///
    /// let counts = VirtualLoop::new().run(async {
    ///     let task = spawn(async {
    ///         let me = current_task().unwrap();
    ///         sleep(Duration::from_secs(60)).await.unwrap_err();
    ///         // Whoever has dealt with a request takes it back: structured code around this counts them.
    ///         Ok((me.cancelling(), me.uncancel(), me.cancelling()))
    ///     });
    ///     sleep(Duration::ZERO).await?;
    ///     task.cancel();
    ///     task.await
    /// });
    /// assert_eq!(counts?, (1, 0, 0));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn uncancel(&self) -> u32 {
        self.cell.uncancel()
    }

    /// Calls `callback` in the turn after the one in which the task ends, or in the next turn if it has ended.
    ///
    /// ```
    /// use std::cell::Cell;
    /// use std::rc::Rc;
    ///
    /// use loopscope::VirtualLoop;
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let task = virtual_loop.spawn("quick", async { Ok(()) });
    /// let told = Rc::new(Cell::new(false));
    /// let tell = told.clone();
    /// task.add_done_callback(move |task| tell.set(task.is_finished()));
    /// virtual_loop.turn();
    /// assert_eq!((task.is_finished(), told.get()), (true, false));
    /// virtual_loop.turn();
    /// assert!(told.get());
    /// ```
    pub fn add_done_callback(&self, callback: impl FnOnce(&TaskRef) + 'static) {
        let task = self.clone();
        self.when_done(move |_| callback(&task));
    }

    /// As [`TaskRef::add_done_callback`], for those who need the loop.
    pub(crate) fn when_done(&self, callback: impl FnOnce(&Rc<super::Core>) + 'static) {
        if let Some(core) = self.cell.core() {
            self.cell.outcome().promise().subscribe(&core, Callback::Call(Box::new(callback)));
        }
    }

    /// Says whether both are the same task.
    ///
    /// ```
    /// use loopscope::{VirtualLoop, current_task, spawn};
    ///
    /// let same = VirtualLoop::new().run(async {
    ///     let task = spawn(async { Ok(current_task()) });
    ///     let seen = task.join().await?.unwrap();
    ///     Ok((seen.is_same(&task), seen.id() == task.id(), current_task().unwrap().is_same(&task)))
    /// });
    /// assert_eq!(same?, (true, true, false));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn is_same(&self, other: &TaskRef) -> bool {
        Rc::ptr_eq(&self.cell, &other.cell)
    }
}

impl AsRef<TaskRef> for TaskRef {
    fn as_ref(&self) -> &TaskRef {
        self
    }
}

impl fmt::Debug for TaskRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.is_finished() { self.cell.outcome().describe() } else { "pending".to_owned() };
        write!(f, "<Task {} {state}>", self.name())
    }
}

/// A request to stop that reaches a task which waits for another one goes on to that one.
impl Waitable for TaskRef {
    fn cancel(&self, core: &Rc<super::Core>, message: &super::Message) -> bool {
        self.cell.outcome().forgive();
        core.cancel(&self.cell, message, "the task that awaits it was cancelled")
    }
}
