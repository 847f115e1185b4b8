use std::cell::{Cell, OnceCell};
use std::panic::Location;
use std::rc::Rc;

use super::current::need_loop;
use super::outer::tasks as count;
use super::pledge::Child;
use super::timer::Timer;
use crate::error::{Error, Result};
use crate::executor::{Core, Promise, Subscription, TaskRef, Wait, WaitFor};
use crate::shelf::Index;
use crate::time::Duration;

/// What [`wait`] waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WaitUntil {
    /// One task has ended.
    FirstCompleted,
    /// One task has ended with an error other than a request to stop, or all have ended.
    FirstException,
    /// All tasks have ended.
    #[default]
    All,
}

/// Waits for some tasks: gives those that have ended, and those that have not. Python's `asyncio.wait`.
///
/// Any handles will do: `Task`s, `TaskRef`s or references to them. No task is asked to stop, neither when the time is up
/// nor when the one who waits is asked to.
///
/// # Errors
///
/// A `ValueError` when there are no tasks, and a `CancelledError` when the one who waits is asked to stop.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, WaitUntil, sleep, spawn, wait};
///
/// let counts = VirtualLoop::new().run(async {
///     let tasks = [1, 2, 3].map(|seconds| spawn(sleep(Duration::from_secs(seconds))));
///     let (done, pending) = wait(&tasks, WaitUntil::FirstCompleted, None).await?;
///     assert!(done[0].is_same(&tasks[0]));
///     let (later, _) = wait(pending, WaitUntil::All, Duration::from_millis(1500)).await?;
///     Ok((done.len(), later.len()))
/// });
/// assert_eq!(counts.unwrap(), (1, 1));
/// ```
#[track_caller]
pub fn wait<H: AsRef<TaskRef>>(
    tasks: impl IntoIterator<Item = H>,
    until: WaitUntil,
    timeout: impl Into<Option<Duration>>,
) -> impl Future<Output = Result<(Vec<H>, Vec<H>)>> {
    let place = Some(Location::caller());
    let mut tasks: Vec<H> = tasks.into_iter().collect();
    let timeout = timeout.into();
    async move {
        if tasks.is_empty() {
            return Err(Error::value("Set of Tasks/Futures is empty."));
        }
        let core = need_loop()?;
        tasks.iter().try_for_each(|task| Child::Task(task.as_ref().clone()).check_home(&core))?;
        let mut seen = Index::default();
        tasks.retain(|task| seen.insert(task.as_ref().id().into(), 0));
        let waiting = Waiting::start(&core, &tasks, until, timeout);
        let mut wait = Wait::new(waiting.enough.clone());
        let why = || format!("{} of {} to end", until.word(), count(tasks.len()));
        std::future::poll_fn(|context| {
            wait.poll(context, || WaitFor { why: why(), place, ..WaitFor::default() })
        })
        .await?;
        Ok(tasks.into_iter().partition(|task| task.as_ref().is_finished()))
    }
}

impl WaitUntil {
    fn word(self) -> &'static str {
        match self {
            WaitUntil::FirstCompleted => "one",
            WaitUntil::FirstException => "the first to fail",
            WaitUntil::All => "all",
        }
    }
}

/// What the tasks' callbacks know, until the wait is over.
struct Waiting {
    enough: Rc<Promise>,
    until: WaitUntil,
    left: Cell<usize>,
    timer: OnceCell<Rc<Timer>>,
    watches: Cell<Vec<Subscription>>,
}

impl Waiting {
    fn start<H: AsRef<TaskRef>>(
        core: &Rc<Core>,
        tasks: &[H],
        until: WaitUntil,
        timeout: Option<Duration>,
    ) -> Rc<Self> {
        let enough = Promise::new("enough tasks have ended");
        let left = Cell::new(tasks.len());
        let waiting =
            Rc::new(Waiting { enough, until, left, timer: OnceCell::new(), watches: Cell::default() });
        if let Some(timeout) = timeout {
            let enough = waiting.enough.clone();
            let release = move |core: &Rc<Core>| {
                enough.resolve(core);
            };
            waiting.timer.get_or_init(|| Timer::at(core, core.now() + timeout, release));
        }
        let watch = |task: &H| {
            let (task, waiting) = (task.as_ref().clone(), Rc::downgrade(&waiting));
            Child::Task(task.clone()).watch(core, move |core| {
                if let Some(waiting) = waiting.upgrade() {
                    waiting.ended(core, &task);
                }
            })
        };
        waiting.watches.set(tasks.iter().map(watch).collect());
        waiting
    }

    fn ended(&self, core: &Rc<Core>, task: &TaskRef) {
        self.left.set(self.left.get() - 1);
        let enough = self.left.get() == 0
            || match self.until {
                WaitUntil::FirstCompleted => true,
                WaitUntil::FirstException => !task.is_cancelled() && task.exception().is_some(),
                WaitUntil::All => false,
            };
        if enough {
            self.stop_timer();
            self.enough.resolve(core);
        }
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.get() {
            timer.cancel();
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.stop_timer();
    }
}
