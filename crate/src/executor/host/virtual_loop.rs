use std::cell::Cell;
use std::rc::Rc;

use super::Host;
use crate::error::{Error, Result};
use crate::executor::{Core, Task, Unhandled, spawn_main, spawn_on};
use crate::time::{Duration, Instant};
use crate::trace::Recorder;

/// A loop whose clock jumps to the next deadline: what takes minutes is over at once, and the same every time.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, now, sleep};
///
/// let slept = VirtualLoop::new().run(async {
///     sleep(Duration::from_secs(1200)).await?;
///     Ok(now())
/// });
/// assert_eq!(slept.unwrap().as_secs_f64(), 1200.0);
/// ```
pub struct VirtualLoop {
    core: Rc<Core>,
    host: Rc<VirtualHost>,
    /// A turn is under way.
    running: Cell<bool>,
}

/// The host of a virtual loop: a counter. Nobody needs to be asked for a turn, since the owner drives the loop.
#[derive(Default)]
struct VirtualHost {
    now: Cell<Instant>,
}

impl Host for VirtualHost {
    fn now(&self) -> Instant {
        self.now.get()
    }

    fn wake_at(&self, _: Instant) {}

    fn microtask(&self) {}

    fn block(&self, length: Duration) {
        self.now.set(self.now.get() + length);
    }
}

impl Default for VirtualLoop {
    fn default() -> Self {
        Self::new()
    }
}

impl VirtualLoop {
    /// Creates a loop that records nothing.
    pub fn new() -> Self {
        Self::build(None)
    }

    /// Creates a loop that records what happens.
    pub fn with_recorder(recorder: Rc<Recorder>) -> Self {
        Self::build(Some(recorder))
    }

    fn build(recorder: Option<Rc<Recorder>>) -> Self {
        let host = Rc::new(VirtualHost::default());
        VirtualLoop { core: Core::new(host.clone(), recorder), host, running: Cell::new(false) }
    }

    /// Runs a program to its end and returns its result. What it spawned and did not await is asked to stop then.
    ///
    /// # Errors
    ///
    /// The program's own error, or a `RuntimeError` when nothing can ever happen again and the program has not ended, or
    /// when a program of this very loop asks for it.
    pub fn run<T: 'static>(&self, program: impl Future<Output = Result<T>> + 'static) -> Result<T> {
        if self.running.get() {
            return Err(Error::runtime("This event loop is already running"));
        }
        let main = spawn_main(&self.core, program);
        while !(main.is_finished() && self.core.is_empty()) {
            if !self.step() {
                break;
            }
        }
        main.result().unwrap_or_else(|| Err(self.core.deadlock()))
    }

    /// Calls `handler` with every error that nobody takes: of tasks that were not awaited, and of what was closed when
    /// nobody had it any more. Without a handler they go to the trace if there is one, else to the terminal.
    pub fn on_unhandled(&self, handler: impl Fn(&Unhandled) + 'static) {
        self.core.reports().set_handler(handler);
    }

    /// Makes a task; it starts when the loop is driven.
    pub fn spawn<T: 'static>(
        &self,
        name: &str,
        program: impl Future<Output = Result<T>> + 'static,
    ) -> Task<T> {
        spawn_on(&self.core, Some(name), program)
    }

    /// Runs one turn if there is anything to do before time must pass; false when there is not.
    pub fn turn(&self) -> bool {
        let due = self.core.next_deadline().is_some_and(|at| at <= self.now());
        let busy = self.has_ready() || due;
        if busy {
            self.run_turn();
        }
        busy
    }

    /// Runs one turn, after a jump to the next deadline if nothing is ready; false when nothing can ever happen.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let slow = virtual_loop.spawn("slow", sleep(Duration::from_secs(60)));
    /// let mut turns = 0;
    /// while virtual_loop.step() {
    ///     turns += 1;
    /// }
    /// // It starts; its time has come; it goes on.
    /// assert_eq!((turns, slow.is_finished()), (3, true));
    /// ```
    pub fn step(&self) -> bool {
        let can = self.advance_to_ready();
        if can {
            self.run_turn();
        }
        can
    }

    /// Runs all that can be done without letting time pass.
    pub fn settle(&self) {
        while self.turn() {}
    }

    /// Lets this much time pass, and everything happen that happens in it.
    pub fn advance(&self, duration: Duration) {
        let end = self.now() + duration;
        self.settle();
        while let Some(at) = self.core.next_deadline().filter(|at| *at <= end) {
            self.jump(at);
            self.settle();
        }
        self.jump(end);
    }

    /// Jumps to the next deadline and runs all that can be done then; false when there is no deadline.
    pub fn advance_to_next(&self) -> bool {
        self.settle();
        let next = self.core.next_deadline();
        if let Some(at) = next {
            self.jump(at);
            self.settle();
        }
        next.is_some()
    }

    /// Runs until nothing is ready and no timer is set.
    pub fn run_until_idle(&self) {
        while self.advance_to_next() {}
    }

    /// Returns the time since the loop was made.
    pub fn now(&self) -> Instant {
        self.host.now()
    }

    /// Makes one turn possible, by a jump in time if need be; false when nothing can ever happen.
    fn advance_to_ready(&self) -> bool {
        if self.has_ready() {
            return true;
        }
        let next = self.core.next_deadline();
        if let Some(at) = next {
            self.jump(at);
        }
        next.is_some()
    }

    /// Says whether a turn has something to do now: also for those who were woken on other threads.
    fn has_ready(&self) -> bool {
        self.core.inbox.empty();
        self.core.has_ready()
    }

    /// Sets the clock, which is never set back: a deadline may have passed already.
    fn jump(&self, at: Instant) {
        self.host.now.set(at.max(self.now()));
    }

    fn run_turn(&self) {
        /// Puts it back, also when a program panics.
        struct Restore<'l>(&'l Cell<bool>, bool);

        impl Drop for Restore<'_> {
            fn drop(&mut self) {
                self.0.set(self.1);
            }
        }

        let _restore = Restore(&self.running, self.running.replace(true));
        self.core.turn();
    }
}

/// Tasks that have not ended are dropped where they stand.
impl Drop for VirtualLoop {
    fn drop(&mut self) {
        self.core.close();
    }
}
