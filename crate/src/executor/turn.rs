use std::rc::Rc;

use super::{Core, Ready, current};

impl Core {
    /// Runs turns: one, and more for as long as `go_on` says so.
    pub(crate) fn turns(self: &Rc<Self>, mut go_on: impl FnMut() -> bool) {
        let run = || {
            self.turn();
            while go_on() {
                self.turn();
            }
        };
        // Once for all of them: to come in takes as long as a short turn.
        self.charge(|| current::run_in(self, run));
    }

    /// Runs one turn: the timers that are due, then all that was ready before it.
    fn turn(self: &Rc<Self>) {
        self.awake.set(true);
        self.inbox.empty();
        // Asking for the time is the dearest part of a turn in which nobody waits for it.
        if !self.timers.borrow().is_empty() {
            self.fire_timers();
        }
        self.turn.set(self.turn.get().wrapping_add(1));
        let count = self.ready.borrow().len();
        for _ in 0..count {
            let next = self.ready.borrow_mut().pop_front();
            match next {
                Some(Ready::Step(key)) => self.step(key),
                Some(Ready::Fire(timer)) => timer.fire(self),
                Some(Ready::Call(call, by)) => {
                    self.behalf.set(by);
                    call(self);
                    self.behalf.set(0);
                }
                None => break,
            }
        }
        self.go_on_ending();
        self.awake.set(self.has_ready());
    }

    /// Puts the timers that are due behind all that is ready.
    #[inline(never)]
    fn fire_timers(&self) {
        let now = self.host.about_now();
        while let Some(timer) = self.timers.borrow_mut().pop_due(now) {
            self.ready.borrow_mut().push_back(Ready::Fire(timer));
        }
    }
}
