use std::cell::Cell;
use std::fmt::Debug;

use super::home::Home;
use super::line::Line;
use crate::error::{Error, Result};
use crate::executor::WaitFor;

/// How many items were put into a queue and are not yet said to be done, and who waits for all of them.
#[derive(Default)]
pub(super) struct Backlog {
    unfinished: Cell<usize>,
    joiners: Line,
    home: Home,
}

impl Backlog {
    pub(super) fn len(&self) -> usize {
        self.unfinished.get()
    }

    pub(super) fn add(&self) {
        self.unfinished.set(self.len() + 1);
    }

    pub(super) fn done(&self) -> Result<()> {
        if self.len() == 0 {
            return Err(Error::value("task_done() called too many times"));
        }
        self.drop_some(1);
        Ok(())
    }

    /// Counts items that nobody will work on as done.
    pub(super) fn drop_some(&self, count: usize) {
        self.unfinished.set(self.len().saturating_sub(count));
        if self.len() == 0 {
            self.joiners.wake_all();
        }
    }

    /// Waits until all is done; `describe` makes of the reason what the trace says.
    pub(super) async fn join(&self, of: &dyn Debug, describe: impl FnOnce(String) -> WaitFor) -> Result<()> {
        if self.len() == 0 {
            return Ok(());
        }
        self.home.enter(of)?;
        let why = format!("all items to be done ({} are not)", self.len());
        // Whoever gives up owes nothing to the others: all are woken.
        self.joiners.wait("all items are done", || describe(why), |_| ()).await
    }
}
