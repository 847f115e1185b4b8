use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};

use super::breath::Breath;
use super::browser_clock::{BrowserClock, WallClock};
use super::real::{self, Now};
use super::{Beside, Host, worker};
use crate::error::{Error, Result};
use crate::executor::{Core, Task, Unhandled, spawn_main};
use crate::time::{Duration, Instant};
use crate::trace::Recorder;

/// How long one pump may keep the browser from painting and from hearing a stop, in milliseconds.
const BUDGET: f64 = 8.0;

/// How many turns may pass between two looks at the browser's clock, when the last ones were short. A look is a call
/// into JavaScript and costs several times what a turn costs.
const STRIDE: u32 = 32;

/// Turns are short when all of those since the last look took less than this, in milliseconds.
const SHORT: f64 = 0.5;

/// The longest timer that is set at once. `setTimeout` takes 31 bits of milliseconds and fires at once beyond them;
/// a day is well below, and waking once a day costs nothing.
const LONGEST: f64 = 86_400_000.0;

/// A loop on the browser's own: one microtask pump and one timer, on the page's thread or in a worker.
///
/// Its clock is the wall's, or a virtual one with which a program of minutes is over at once; the program, its schedule
/// and the browser's chances to paint are the same.
pub struct BrowserLoop {
    core: Rc<Core>,
    host: Rc<BrowserHost>,
}

/// Says what happened to a pump, to whoever hands the trace on.
type AfterPump = Box<dyn Fn()>;

struct BrowserHost {
    clock: BrowserClock,
    /// What time it really is, for the budget.
    real: Now,
    paused: Cell<bool>,
    /// The run's time at the last look at the clock in a pump.
    seen: Cell<Instant>,
    core: RefCell<Weak<Core>>,
    /// The pump as the browser calls it.
    pump: Closure<dyn FnMut(JsValue)>,
    /// A promise that is settled: its `then` is the browser's "run a microtask".
    settled: Promise,
    breath: Breath,
    timer: RefCell<Option<Timeout>>,
    asked: Cell<bool>,
    /// A pump is under way.
    pumping: Cell<bool>,
    stopped: Cell<bool>,
    /// A task is about to block.
    blocked: Cell<bool>,
    after: RefCell<Option<AfterPump>>,
    /// Shared with all that goes on beside the loop.
    beside: Rc<()>,
}

impl Host for BrowserHost {
    fn now(&self) -> Instant {
        self.clock.now()
    }

    fn about_now(&self) -> Instant {
        self.seen.get()
    }

    fn wake_at(&self, deadline: Instant) {
        let core = self.core.borrow().clone();
        let millis = self.clock.until(deadline).map_or(0.0, |millis| millis.clamp(0.0, LONGEST).ceil());
        let wake = move || {
            if let Some(core) = core.upgrade() {
                core.ask_for_turn();
            }
        };
        *self.timer.borrow_mut() = Some(Timeout::new(millis as u32, wake));
    }

    fn block(&self, length: Duration) {
        // What was said before it is seen before it: a busy thread hands nothing over.
        self.blocked.set(true);
        self.tell();
        self.blocked.set(false);
        self.clock.block(length);
        self.seen.set(self.clock.now());
    }

    fn block_beside(&self, length: Duration, done: Box<dyn FnOnce()>) -> Option<Beside> {
        let beside = self.beside.clone();
        let done = move || {
            done();
            drop(beside);
        };
        self.clock.real(length).map(|millis| worker::block(millis, done))
    }

    fn microtask(&self) {
        if !self.asked.replace(true) {
            // The promise that `then` makes is of no use here.
            let _ = self.settled.then(&self.pump);
        }
    }
}

/// What a pump needs when it is done.
enum Next {
    Nothing,
    Sleep(Instant),
    Breathe,
}

impl BrowserHost {
    /// Lets the trace be handed on.
    fn tell(&self) {
        if let Some(after) = &*self.after.borrow() {
            after();
        }
    }

    /// Runs turns until it has to wait or the budget is spent; then sees to it that it is called again.
    fn pump(&self) {
        if !self.asked.replace(false) {
            return;
        }
        self.breath.taken();
        let Some(core) = self.core.borrow().upgrade() else { return };
        if self.stopped.get() || self.paused.get() {
            return;
        }
        self.pumping.set(true);
        let start = (self.real)();
        self.seen.set(self.clock.at(start));
        let (mut looked, mut stride, mut turns) = (start, 1, 0);
        let mut next = Next::Nothing;
        core.turns(|| {
            if self.stopped.get() {
                return false;
            }
            if !core.has_ready() {
                let Some(deadline) = core.next_deadline() else { return false };
                if self.clock.until(deadline).is_some_and(|millis| millis > 0.0) {
                    next = Next::Sleep(deadline);
                    return false;
                }
                self.seen.set(self.clock.now());
            }
            turns += 1;
            if turns >= stride {
                let real = (self.real)();
                if real - start > BUDGET {
                    next = Next::Breathe;
                    return false;
                }
                self.seen.set(self.clock.at(real));
                stride = if real - looked < SHORT { STRIDE.min(stride * 2) } else { 1 };
                (looked, turns) = (real, 0);
            }
            true
        });
        self.tell();
        match next {
            Next::Nothing => {}
            Next::Sleep(deadline) => self.wake_at(deadline),
            Next::Breathe => {
                if !self.asked.replace(true) {
                    self.breath.take();
                }
            }
        }
        self.pumping.set(false);
    }
}

impl BrowserLoop {
    /// Creates a loop whose clock runs at `speed` times the browser's.
    pub fn new(speed: f64, recorder: Option<Rc<Recorder>>) -> Self {
        Self::by(real::now, Some(speed), recorder)
    }

    /// Creates a loop whose clock jumps to the next deadline.
    pub fn instant(recorder: Option<Rc<Recorder>>) -> Self {
        Self::by(real::now, None, recorder)
    }

    /// Creates a loop that asks this function for the browser's time; its clock jumps if it has no speed.
    pub(crate) fn by(real: Now, speed: Option<f64>, recorder: Option<Rc<Recorder>>) -> Self {
        let clock = match speed {
            Some(speed) => BrowserClock::Wall(WallClock::new(real, speed)),
            None => BrowserClock::Virtual(Cell::default()),
        };
        let host = Rc::new_cyclic(|host: &Weak<BrowserHost>| {
            let host = host.clone();
            let pump = Closure::new(move |_: JsValue| {
                if let Some(host) = host.upgrade() {
                    host.pump();
                }
            });
            BrowserHost {
                clock,
                real,
                paused: Cell::new(false),
                seen: Cell::default(),
                core: RefCell::default(),
                settled: Promise::resolve(&JsValue::UNDEFINED),
                breath: Breath::new(pump.as_ref().unchecked_ref()),
                pump,
                timer: RefCell::default(),
                asked: Cell::new(false),
                pumping: Cell::new(false),
                stopped: Cell::new(false),
                blocked: Cell::new(false),
                after: RefCell::default(),
                beside: Rc::default(),
            }
        });
        let core = Core::new(host.clone(), recorder);
        *host.core.borrow_mut() = Rc::downgrade(&core);
        BrowserLoop { core, host }
    }

    /// Starts a program in the next microtask. What it spawned and did not await is asked to stop when it ends.
    pub fn start<T: 'static>(&self, program: impl Future<Output = Result<T>> + 'static) -> Task<T> {
        spawn_main(&self.core, program)
    }

    /// Calls `handler` with every error that nobody takes. They stand in the trace too.
    pub fn on_unhandled(&self, handler: impl Fn(&Unhandled) + 'static) {
        self.core.reports().set_handler(handler);
    }

    /// Says whether nothing is left to do, now or later, that this loop knows of.
    pub fn is_idle(&self) -> bool {
        let busy = self.host.blocked.get() || Rc::strong_count(&self.host.beside) > 1;
        !busy && !self.core.has_ready() && self.core.next_deadline().is_none()
    }

    /// Says whether its programs run at this moment. Asked after a trap, it tells whether they were the reason.
    pub fn is_in_turn(&self) -> bool {
        self.host.pumping.get()
    }

    /// Returns the error of a program that can never end: the loop is idle, and tasks are left.
    pub(crate) fn deadlock(&self) -> Error {
        self.core.deadlock()
    }

    /// Says whether no task is left.
    pub fn is_empty(&self) -> bool {
        self.core.is_empty()
    }

    /// Calls `after` at the end of each stretch of turns, and before a call that blocks.
    pub fn after_pump(&self, after: impl Fn() + 'static) {
        *self.host.after.borrow_mut() = Some(Box::new(after));
    }

    /// Stops the run's clock and with it everything.
    pub fn pause(&self) {
        self.host.paused.set(true);
        self.host.clock.pause();
        self.host.timer.borrow_mut().take();
    }

    /// Lets the run's clock go on.
    pub fn resume(&self) {
        self.host.paused.set(false);
        self.host.clock.resume();
        self.core.ask_again();
    }

    /// Ends the loop where it stands.
    pub fn stop(&self) {
        self.host.stopped.set(true);
        self.host.timer.borrow_mut().take();
    }

    /// Returns the time since the loop was made, on the run's clock.
    pub fn now(&self) -> Instant {
        self.core.now()
    }
}

/// The closures refer to the host and the host to them: a loop that goes takes them apart, and its tasks with them.
impl Drop for BrowserLoop {
    fn drop(&mut self) {
        self.stop();
        self.host.breath.taken();
        self.host.after.borrow_mut().take();
        self.core.close();
    }
}
