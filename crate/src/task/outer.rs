use std::rc::{Rc, Weak};

use crate::error::Error;
use crate::executor::{Core, Outcome, Reports};

/// What stands for the tasks behind it: asyncio's `Future` that `gather` and `shield` return. The values lie with the
/// tasks.
pub(super) struct Outer {
    pub(super) outcome: Outcome,
    /// Python's name of it.
    class: &'static str,
    core: Weak<Core>,
    reports: Rc<Reports>,
}

impl Outer {
    pub(super) fn new(core: &Rc<Core>, class: &'static str, why: &'static str) -> Self {
        Outer {
            outcome: Outcome::new(why),
            class,
            core: Rc::downgrade(core),
            reports: core.reports().clone(),
        }
    }

    pub(super) fn is_of(&self, core: &Rc<Core>) -> bool {
        core.is(&self.core)
    }

    /// Returns the loop, while there is one.
    pub(super) fn core(&self) -> Option<Rc<Core>> {
        self.core.upgrade()
    }

    /// Settles it, with an error or because the values are there.
    pub(super) fn settle(&self, core: &Rc<Core>, error: Option<Error>) {
        if let Some(error) = error {
            self.outcome.fail(error);
        }
        self.outcome.promise().resolve(core);
    }
}

/// Nobody can look at its error any more.
impl Drop for Outer {
    fn drop(&mut self) {
        if let Some(error) = self.outcome.unseen() {
            self.reports.report(&format!("{} exception was never retrieved", self.class), error, 0, "");
        }
    }
}

/// Says how many tasks there are, for the trace.
pub(super) fn tasks(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
}
