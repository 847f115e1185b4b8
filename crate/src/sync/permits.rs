use std::cell::Cell;
use std::fmt::Debug;

use super::home::Home;
use super::line::Line;
use crate::error::Result;
use crate::executor::WaitFor;

/// The counter of a semaphore and the line before it.
///
/// A permit that is given back goes to the first one in line at once: it is taken from the counter before that one's
/// task goes on, so that no newcomer can take it.
pub(super) struct Permits {
    value: Cell<usize>,
    pub(super) line: Line,
    pub(super) home: Home,
}

impl Permits {
    pub(super) fn new(value: usize) -> Self {
        Permits { value: Cell::new(value), line: Line::default(), home: Home::default() }
    }

    pub(super) fn value(&self) -> usize {
        self.value.get()
    }

    /// Says whether one would have to wait, because there is no permit or because others wait.
    pub(super) fn locked(&self) -> bool {
        self.value.get() == 0 || self.line.is_wanted()
    }

    /// Takes a permit if there is one for newcomers.
    pub(super) fn try_acquire(&self) -> bool {
        let free = !self.locked();
        if free {
            self.value.set(self.value.get() - 1);
        }
        free
    }

    /// Takes a permit of something, when its turn has come.
    pub(super) async fn acquire(
        &self,
        of: &dyn Debug,
        why: &'static str,
        describe: impl FnOnce() -> WaitFor,
    ) -> Result<()> {
        if self.try_acquire() {
            return Ok(());
        }
        self.home.enter(of)?;
        let give_up = |woken| {
            if woken {
                self.value.set(self.value.get() + 1);
            }
            self.hand_out();
        };
        self.line.wait(why, describe, give_up).await?;
        self.hand_out();
        Ok(())
    }

    pub(super) fn release(&self) {
        self.value.set(self.value.get() + 1);
        self.hand_out_one();
    }

    /// Wakes who had to wait for others, but not for a permit.
    fn hand_out(&self) {
        while self.value.get() > 0 && self.hand_out_one() {}
    }

    fn hand_out_one(&self) -> bool {
        let woken = self.line.wake_next();
        if woken {
            self.value.set(self.value.get() - 1);
        }
        woken
    }
}
