use std::cell::RefCell;
use std::rc::Rc;

use crate::executor::{Core, Ready, Timed, current};
use crate::time::Instant;

type Call = Box<dyn FnOnce(&Rc<Core>)>;

/// A call that is to come and can be called off: asyncio's `Handle` and `TimerHandle`.
pub(super) struct Timer {
    /// `None` when it was called, or called off.
    call: RefCell<Option<Call>>,
    /// It lies in the heap of the timers, and not with what is ready.
    in_heap: bool,
}

impl Timer {
    /// Calls at a time.
    pub(super) fn at(core: &Core, at: Instant, call: impl FnOnce(&Rc<Core>) + 'static) -> Rc<Self> {
        let timer = Rc::new(Timer { call: RefCell::new(Some(Box::new(call))), in_heap: true });
        core.set_timer(at, timer.clone());
        timer
    }

    /// Calls in the next turn.
    pub(super) fn soon(core: &Core, call: impl FnOnce(&Rc<Core>) + 'static) -> Rc<Self> {
        let timer = Rc::new(Timer { call: RefCell::new(Some(Box::new(call))), in_heap: false });
        core.push(Ready::Fire(timer.clone()));
        timer
    }

    /// Calls it off; nothing happens if it was called.
    pub(super) fn cancel(&self) {
        let call = self.call.borrow_mut().take();
        if let Some(current) = current().filter(|_| self.in_heap && call.is_some()) {
            current.core.timer_died();
        }
    }
}

impl Timed for Timer {
    fn is_live(&self) -> bool {
        self.call.borrow().is_some()
    }

    fn fire(&self, core: &Rc<Core>) {
        let call = self.call.borrow_mut().take();
        if let Some(call) = call {
            call(core);
        }
    }
}
