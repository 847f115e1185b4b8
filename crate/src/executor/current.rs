use std::cell::{Cell, RefCell};
use std::mem::replace;
use std::rc::Rc;

use super::{Core, TaskCell};
use crate::error::Error;
use crate::time::Instant;
use crate::trace::Entry;

/// Who runs: a loop, and one of its tasks.
#[derive(Clone)]
pub(crate) struct Current {
    pub(crate) core: Rc<Core>,
    pub(crate) task: Rc<TaskCell>,
}

thread_local! {
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };

    /// Somebody may have left an error for the await at which the running task stands. Most steps have none, and need
    /// not look for their task to know it.
    static MARKED: Cell<bool> = const { Cell::new(true) };
}

/// Says whether somebody may have left an error for the running task.
pub(super) fn mark(marked: bool) {
    MARKED.set(marked);
}

/// Takes the error that was left for the await at which the running task stands.
#[inline(always)]
pub(crate) fn take_injection() -> Option<Error> {
    if MARKED.get() { take_marked() } else { None }
}

#[cold]
#[inline(never)]
fn take_marked() -> Option<Error> {
    with_current(|current| current.task.take_injection()).flatten()
}

/// Returns who runs, if a task does.
pub(crate) fn current() -> Option<Current> {
    CURRENT.with_borrow(Clone::clone)
}

/// Looks at who runs, if a task does. What `look` does must not run programs, nor make and end tasks.
#[inline(always)]
pub(crate) fn with_current<R>(look: impl FnOnce(&Current) -> R) -> Option<R> {
    CURRENT.with_borrow(|current| current.as_ref().map(look))
}

/// Returns the number of the task that runs; 0 when none does.
pub(super) fn task_id() -> u32 {
    CURRENT.with_borrow(|current| current.as_ref().map_or(0, |current| current.task.id()))
}

/// Calls `run` in this loop, as nobody.
pub(super) fn run_in<R>(core: &Rc<Core>, run: impl FnOnce() -> R) -> R {
    /// Puts the one before back, also when a program panics.
    struct Restore(Option<Current>);

    impl Drop for Restore {
        fn drop(&mut self) {
            let ended = CURRENT.replace(self.0.take());
            // Outside of the borrow: the last reference to a loop runs destructors.
            drop(ended);
        }
    }

    let nobody = core.nobody().clone();
    let _restore = Restore(CURRENT.replace(Some(Current { core: core.clone(), task: nobody })));
    run()
}

/// Calls `run` as this task of the loop that runs.
pub(super) fn run_as<R>(task: &Rc<TaskCell>, run: impl FnOnce() -> R) -> R {
    /// Puts the one before back, also when the program panics.
    struct Restore(Option<Rc<TaskCell>>);

    impl Drop for Restore {
        fn drop(&mut self) {
            // Outside of the borrow: the last reference to a task may run destructors.
            drop(self.0.take().and_then(switch));
        }
    }

    let _restore = Restore(switch(task.clone()));
    run()
}

/// Lets this task be the one that runs, and returns the one before.
fn switch(task: Rc<TaskCell>) -> Option<Rc<TaskCell>> {
    CURRENT.with_borrow_mut(|current| Some(replace(&mut current.as_mut()?.task, task)))
}

/// Records what the running task does; nothing outside of a loop.
pub(crate) fn record(entry: Entry<'_>) {
    CURRENT.with_borrow(|current| {
        if let Some(Current { core, task }) = current {
            core.record(task.id(), entry);
        }
    });
}

/// Says whether a cycle of a generator that begins now need only be counted: in which turn, then.
pub(crate) fn repeats_in(generator: u32) -> Option<u32> {
    CURRENT.with_borrow(|current| {
        let core = &current.as_ref()?.core;
        let turn = core.turn_number();
        core.recorder()?.repeats(generator, turn).then_some(turn)
    })
}

/// Says whether this turn runs.
pub(crate) fn is_turn(turn: u32) -> bool {
    CURRENT.with_borrow(|current| current.as_ref().is_some_and(|current| current.core.turn_number() == turn))
}

/// Counts a cycle of a generator that is not recorded.
pub(crate) fn count_repeat(generator: u32) {
    CURRENT.with_borrow(|current| {
        if let Some(Current { core, task }) = current
            && let Some(recorder) = core.recorder()
        {
            recorder.count(|| core.now(), core.turn_number(), task.id(), generator);
        }
    });
}

/// Returns the time on the clock of the running loop; the start of time outside of one.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, now, sleep};
///
/// let took = VirtualLoop::new().run(async {
///     let before = now();
///     sleep(Duration::from_secs(3)).await?;
///     Ok(now() - before)
/// });
/// assert_eq!(took?, Duration::from_secs(3));
/// assert_eq!(now().as_nanos(), 0); // no loop
/// # Ok::<(), loopscope::Error>(())
/// ```
pub fn now() -> Instant {
    CURRENT.with_borrow(|current| current.as_ref().map_or(Instant::START, |current| current.core.now()))
}
