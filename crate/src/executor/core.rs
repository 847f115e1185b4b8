use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use super::cell::{Frame, TaskCell};
use super::ending::Stage;
use super::open::{Open, Opened};
use super::table::{Table, TaskKey};
use super::timers::{Timed, Timers};
use super::waker::Inbox;
use super::{Host, Reports, current};
use crate::lint;
use crate::time::Instant;
use crate::trace::{Entry, Kind as Event, Place, Recorder};

/// Anything that is done in a turn of its own.
pub(crate) type Call = Box<dyn FnOnce(&Rc<Core>)>;

/// What waits for its turn.
pub(crate) enum Ready {
    /// A task goes on.
    Step(TaskKey),
    /// A timer is due.
    Fire(Rc<dyn Timed>),
    /// Anything else that asyncio would `call_soon`, and the number of the task whose doing it is.
    Call(Call, u32),
}

/// The loop without its surroundings.
pub(crate) struct Core {
    pub(super) host: Rc<dyn Host>,
    recorder: Option<Rc<Recorder>>,
    pub(super) ready: RefCell<VecDeque<Ready>>,
    pub(super) tasks: RefCell<Table>,
    pub(super) timers: RefCell<Timers>,
    pub(super) inbox: Inbox,
    pub(super) reports: Rc<Reports>,
    /// Who runs when no task does: timers and callbacks.
    nobody: Rc<TaskCell>,
    /// How far the program has come.
    pub(super) stage: RefCell<Stage>,
    pub(super) opened: RefCell<Opened>,
    /// Whose doing it is that a callback runs.
    pub(super) behalf: Cell<u32>,
    pub(super) turn: Cell<u32>,
    /// The number of the task made last.
    last_task: Cell<u32>,
    /// A turn is running, or was asked of the host: what becomes ready is seen without asking again.
    pub(super) awake: Cell<bool>,
}

impl Core {
    pub(crate) fn new(host: Rc<dyn Host>, recorder: Option<Rc<Recorder>>) -> Rc<Self> {
        if let Some(recorder) = &recorder {
            recorder.observe(lint::observer);
        }
        Rc::new_cyclic(|core: &Weak<Core>| {
            let (inbox, reports) = (Inbox::new(core.clone()), Reports::new(core.clone()));
            let nobody = (TaskKey::NOBODY, 0, Some("the loop".into()));
            let waker = inbox.waker(TaskKey::NOBODY);
            Core {
                nobody: TaskCell::new((core.clone(), reports.clone()), nobody, None, waker),
                stage: RefCell::default(),
                opened: RefCell::default(),
                reports,
                host,
                recorder,
                ready: RefCell::default(),
                tasks: RefCell::default(),
                timers: RefCell::default(),
                inbox,
                behalf: Cell::new(0),
                turn: Cell::new(0),
                last_task: Cell::new(0),
                awake: Cell::new(false),
            }
        })
    }

    /// Says whether it is this loop that is meant.
    pub(crate) fn is(&self, core: &Weak<Core>) -> bool {
        std::ptr::eq(self, core.as_ptr())
    }

    pub(crate) fn now(&self) -> Instant {
        self.host.now()
    }

    /// Returns who takes down what happens, if anybody does. The bench measures what it costs to ask, beside a build in which
    /// nobody is asked.
    #[inline(always)]
    pub(crate) fn recorder(&self) -> Option<&Rc<Recorder>> {
        if cfg!(loopscope_bare) { None } else { self.recorder.as_ref() }
    }

    pub(super) fn nobody(&self) -> &Rc<TaskCell> {
        &self.nobody
    }

    pub(crate) fn turn_number(&self) -> u32 {
        self.turn.get()
    }

    /// Records what a task does; 0 is the loop itself.
    pub(crate) fn record(&self, task: u32, entry: Entry<'_>) {
        if let Some(recorder) = self.recorder() {
            recorder.record(self.now(), self.turn.get(), task, entry);
        }
    }

    /// As [`Core::record`], for what happens in every turn: where nothing is recorded, nothing is paid but the look.
    #[inline(always)]
    pub(crate) fn record_with<'e>(&self, task: u32, entry: impl FnOnce() -> Entry<'e>) {
        if self.recorder().is_some() {
            self.record_made(task, entry);
        }
    }

    #[cold]
    #[inline(never)]
    fn record_made<'e>(&self, task: u32, entry: impl FnOnce() -> Entry<'e>) {
        self.record(task, entry());
    }

    /// Appends to what runs in the next turn.
    pub(crate) fn push(&self, ready: Ready) {
        self.ready.borrow_mut().push_back(ready);
        if !self.awake.replace(true) {
            self.host.microtask();
        }
    }

    /// Sets a timer. Equal deadlines fire in the order in which they were set.
    pub(crate) fn set_timer(&self, at: Instant, timer: Rc<dyn Timed>) {
        self.timers.borrow_mut().push(at, timer);
    }

    /// Says that a timer was given up, so that the heap can be swept when many were.
    pub(crate) fn timer_died(&self) {
        self.timers.borrow_mut().one_died();
    }

    /// Closes something when the program ends, if it is still open then.
    pub(crate) fn close_at_end(&self, open: Weak<dyn Open>) {
        self.opened.borrow_mut().push(open);
    }

    /// Makes a task that starts in the next turn.
    pub(crate) fn spawn(
        self: &Rc<Self>,
        place: Option<Place>,
        name: Option<&str>,
        frame: Frame,
    ) -> Rc<TaskCell> {
        let id = self.last_task.get() + 1;
        self.last_task.set(id);
        let task = self.tasks.borrow_mut().insert(|key| {
            let waker = self.inbox.waker(key);
            let home = (Rc::downgrade(self), self.reports.clone());
            TaskCell::new(home, (key, id, name.map(Into::into)), Some(frame), waker)
        });
        if self.recorder().is_some() {
            let parent = current::task_id();
            self.record(id, Entry::new(Event::Spawn).on(parent).text(&task.name()).at(place));
        }
        self.wake(task.key());
        task
    }

    /// Lets a task go on in the next turn, unless it will already.
    pub(crate) fn wake(&self, key: TaskKey) -> bool {
        let fresh = self.tasks.borrow().get(key).is_some_and(|task| !task.scheduled.replace(true));
        if fresh {
            self.push(Ready::Step(key));
        }
        fresh
    }

    /// Lets the running task go on in the next turn: what tight loops do, and what needs no look at who is alive.
    pub(crate) fn wake_running(&self, task: &TaskCell) {
        if !task.scheduled.replace(true) {
            self.push(Ready::Step(task.key()));
        }
    }

    /// Returns the number of the task whose doing it is what happens now: the one that runs, or the one whose end or
    /// stop has called back. 0 is the loop's own, and time's.
    pub(super) fn doer(&self) -> u32 {
        match current::task_id() {
            0 => self.behalf.get(),
            id => id,
        }
    }

    /// As [`Core::wake`], and records who did it and why.
    pub(crate) fn wake_because(&self, key: TaskKey, why: &str) {
        if self.wake(key)
            && self.recorder().is_some()
            && let Some(task) = self.tasks.borrow().get(key)
        {
            self.record(task.id(), Entry::new(Event::Wake).on(self.doer()).text(why));
        }
    }

    /// Returns a task that has not ended.
    pub(crate) fn task(&self, key: TaskKey) -> Option<Rc<TaskCell>> {
        self.tasks.borrow().get(key).cloned()
    }

    /// Returns all tasks that have not ended, the oldest first.
    pub(crate) fn alive(&self) -> Vec<Rc<TaskCell>> {
        let mut alive = Vec::new();
        self.tasks.borrow().iter().for_each(|task| alive.push(task.clone()));
        alive.sort_unstable_by_key(|task| task.id());
        alive
    }

    pub(crate) fn reports(&self) -> &Rc<Reports> {
        &self.reports
    }

    /// Does something for the program: where it is recorded, the bytes that this takes are the run's.
    pub(super) fn charge<R>(&self, run: impl FnOnce() -> R) -> R {
        match self.recorder() {
            Some(recorder) => recorder.charge(run),
            None => run(),
        }
    }

    /// Says whether the next turn has something to do at once.
    pub(crate) fn has_ready(&self) -> bool {
        !self.ready.borrow().is_empty()
    }

    /// Says whether no task is left and nothing is ready.
    pub(crate) fn is_empty(&self) -> bool {
        !self.has_ready() && self.tasks.borrow().is_empty()
    }

    /// Returns when the next timer is due.
    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        self.timers.borrow_mut().next()
    }

    /// Asks the host for a turn even though nothing new became ready.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn ask_for_turn(&self) {
        if !self.awake.replace(true) {
            self.host.microtask();
        }
    }

    /// Asks the host again after it let an earlier request lie.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn ask_again(&self) {
        self.awake.set(true);
        self.host.microtask();
    }
}
