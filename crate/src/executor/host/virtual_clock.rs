use std::cell::Cell;

use super::Host;
use crate::time::{Duration, Instant};

/// The clock of a virtual loop: a counter. Nobody needs to be asked for a turn, since the owner drives the loop.
#[derive(Default)]
pub(super) struct VirtualClock {
    now: Cell<Instant>,
}

impl VirtualClock {
    /// Sets the clock, which is never set back: a deadline may have passed already.
    pub(super) fn jump(&self, at: Instant) {
        self.now.set(at.max(self.now.get()));
    }
}

impl Host for VirtualClock {
    fn now(&self) -> Instant {
        self.now.get()
    }

    fn wake_at(&self, _: Instant) {}

    fn microtask(&self) {}

    fn block(&self, length: Duration) {
        self.now.set(self.now.get() + length);
    }
}
