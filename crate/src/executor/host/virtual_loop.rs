use std::cell::Cell;
use std::rc::Rc;

use super::Host;
use super::virtual_clock::VirtualClock;
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
    clock: Rc<VirtualClock>,
    /// A turn is under way.
    running: Cell<bool>,
}

/// Python's words.
const RUNNING: &str = "This event loop is already running";

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
    ///
    /// ```
    /// use std::rc::Rc;
    ///
    /// use loopscope::trace::{Kind, Recorder};
    /// use loopscope::{VirtualLoop, print};
    ///
    /// let recorder = Rc::new(Recorder::default());
    /// let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
    /// virtual_loop.run(async { Ok(print("hello")) })?;
    /// let events = recorder.take().events;
    /// assert!(events.iter().any(|event| event.kind == Kind::Print && &*recorder.text(event.text) == "hello"));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn with_recorder(recorder: Rc<Recorder>) -> Self {
        Self::build(Some(recorder))
    }

    fn build(recorder: Option<Rc<Recorder>>) -> Self {
        let clock = Rc::new(VirtualClock::default());
        VirtualLoop { core: Core::new(clock.clone(), recorder), clock, running: Cell::new(false) }
    }

    /// Runs a program to its end and returns its result. What it spawned and did not await is asked to stop then.
    ///
    /// # Errors
    ///
    /// The program's own error, or a `RuntimeError` when nothing can ever happen again and the program has not ended, or
    /// when a program of this very loop asks for it.
    ///
    /// ```
    /// use loopscope::{Event, Kind, VirtualLoop};
    ///
    /// assert_eq!(VirtualLoop::new().run(async { Ok(5) })?, 5);
    /// let stuck = VirtualLoop::new().run(async { Event::new().wait().await }).unwrap_err();
    /// assert!(stuck.is(Kind::RuntimeError) && stuck.message().starts_with("deadlock"), "{stuck}");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn run<T: 'static>(&self, program: impl Future<Output = Result<T>> + 'static) -> Result<T> {
        if self.running.get() {
            return Err(Error::runtime(RUNNING));
        }
        let main = spawn_main(&self.core, program);
        let go_on = || !(main.is_finished() && self.core.is_empty()) && self.advance_to_ready();
        if go_on() {
            self.run_turns(go_on);
        }
        main.result().unwrap_or_else(|| Err(self.core.deadlock()))
    }

    /// Calls `handler` with every error that nobody takes: of tasks that were not awaited, and of what was closed when
    /// nobody had it any more. Without a handler they go to the trace if there is one, else to the terminal or the
    /// browser's console.
    ///
    /// ```
    /// let virtual_loop = loopscope::VirtualLoop::new();
    /// virtual_loop.on_unhandled(|unhandled| panic!("{unhandled}"));
    /// virtual_loop.run(async { Ok(()) })?;
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn on_unhandled(&self, handler: impl Fn(&Unhandled) + 'static) {
        self.core.reports().set_handler(handler);
    }

    /// Makes a task; it starts when the loop is driven.
    ///
    /// ```
    /// use loopscope::VirtualLoop;
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let task = virtual_loop.spawn("answer", async { Ok(42) });
    /// assert!(!task.is_finished());
    /// virtual_loop.run_until_idle();
    /// assert_eq!((&*task.name(), task.result().unwrap()?), ("answer", 42));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn spawn<T: 'static>(
        &self,
        name: &str,
        program: impl Future<Output = Result<T>> + 'static,
    ) -> Task<T> {
        spawn_on(&self.core, Some(name), program)
    }

    /// Runs one turn if there is anything to do before time must pass; false when there is not.
    ///
    /// # Panics
    ///
    /// Panics, as all do that drive the loop, when a program that runs on this very loop asks for it.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let patient = virtual_loop.spawn("patient", sleep(Duration::from_secs(1)));
    /// assert!(virtual_loop.turn()); // it starts
    /// assert!(!virtual_loop.turn()); // nothing more in this moment
    /// virtual_loop.settle(); // as often as there is something to do, which is nothing
    /// virtual_loop.advance(Duration::from_secs(1));
    /// assert!(patient.is_finished());
    /// ```
    pub fn turn(&self) -> bool {
        self.check_idle();
        let due = self.core.next_deadline().is_some_and(|at| at <= self.now());
        let busy = self.has_ready() || due;
        if busy {
            self.run_turns(|| false);
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
        self.check_idle();
        let can = self.advance_to_ready();
        if can {
            self.run_turns(|| false);
        }
        can
    }

    /// Runs all that can be done without letting time pass.
    pub fn settle(&self) {
        while self.turn() {}
    }

    /// Lets this much time pass, and everything happen that happens in it.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let [tea, cake] = [4, 40].map(|minutes| virtual_loop.spawn("oven", sleep(Duration::from_secs(minutes * 60))));
    /// virtual_loop.advance(Duration::from_secs(10 * 60));
    /// assert_eq!((tea.is_finished(), cake.is_finished()), (true, false));
    /// assert_eq!(virtual_loop.now().as_secs_f64(), 600.0);
    /// ```
    pub fn advance(&self, duration: Duration) {
        let end = self.now() + duration;
        self.settle();
        while let Some(at) = self.core.next_deadline().filter(|at| *at <= end) {
            self.clock.jump(at);
            self.settle();
        }
        self.clock.jump(end);
    }

    /// Jumps to the next deadline and runs all that can be done then; false when there is no deadline.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// for seconds in [30, 10, 20] {
    ///     virtual_loop.spawn("alarm", sleep(Duration::from_secs(seconds)));
    /// }
    /// let mut times = vec![];
    /// while virtual_loop.advance_to_next() {
    ///     times.push(virtual_loop.now().as_secs_f64());
    /// }
    /// assert_eq!(times, [10.0, 20.0, 30.0]);
    /// ```
    pub fn advance_to_next(&self) -> bool {
        self.settle();
        let next = self.core.next_deadline();
        if let Some(at) = next {
            self.clock.jump(at);
            self.settle();
        }
        next.is_some()
    }

    /// Runs until nothing is ready and no timer is set.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let year = virtual_loop.spawn("year", sleep(Duration::from_secs(365 * 24 * 3600)));
    /// virtual_loop.run_until_idle();
    /// assert!(year.is_finished());
    /// assert_eq!(virtual_loop.now().as_secs_f64(), 31_536_000.0);
    /// ```
    pub fn run_until_idle(&self) {
        while self.advance_to_next() {}
    }

    /// Returns the time since the loop was made.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Makes one turn possible, by a jump in time if need be; false when nothing can ever happen.
    fn advance_to_ready(&self) -> bool {
        if self.has_ready() {
            return true;
        }
        let next = self.core.next_deadline();
        if let Some(at) = next {
            self.clock.jump(at);
        }
        next.is_some()
    }

    /// Says whether a turn has something to do now: also for those who were woken on other threads.
    fn has_ready(&self) -> bool {
        self.core.inbox.empty();
        self.core.has_ready()
    }

    /// Refuses to be driven by the loop's own programs: turns do not nest.
    fn check_idle(&self) {
        assert!(!self.running.get(), "{RUNNING}: a program that runs on it cannot drive it");
    }

    fn run_turns(&self, go_on: impl FnMut() -> bool) {
        /// Puts it back, also when a program panics.
        struct Restore<'l>(&'l Cell<bool>);

        impl Drop for Restore<'_> {
            fn drop(&mut self) {
                self.0.set(false);
            }
        }

        self.running.set(true);
        let _restore = Restore(&self.running);
        self.core.turns(go_on);
    }
}

/// Tasks that have not ended are dropped where they stand.
impl Drop for VirtualLoop {
    fn drop(&mut self) {
        self.core.close();
    }
}
