use std::cell::Cell;
use std::rc::Rc;

use super::outer::Outer;
use super::pledge::Child;
use crate::error::Error;
use crate::executor::{Core, Message, Waitable};
use crate::shelf::Index;

/// What the tasks' callbacks know.
pub(super) struct Gathering {
    pub(super) children: Vec<Child>,
    pub(super) outer: Outer,
    /// Errors are results like others.
    each: bool,
    /// Tasks whose callback has not come.
    pub(super) left: Cell<usize>,
    asked_to_stop: Cell<bool>,
}

impl Gathering {
    pub(super) fn start(core: &Rc<Core>, children: Vec<Child>, each: bool) -> Rc<Self> {
        // A task that was given twice has one end.
        let mut seen = Index::default();
        let mut again =
            |child: &&Child| matches!(child, Child::Task(task) if !seen.insert(task.id().into(), 0));
        let single: Vec<_> = children.iter().filter(|child| !again(child)).cloned().collect();
        let outer = Outer::new(core, "_GatheringFuture", "the tasks have ended");
        let left = Cell::new(single.len());
        let gathering = Rc::new(Gathering { children, outer, each, left, asked_to_stop: Cell::new(false) });
        if single.is_empty() {
            gathering.outer.settle(core, None);
        }
        let (ended, running): (Vec<_>, Vec<_>) =
            single.into_iter().partition(|child: &Child| child.outcome().is_finished());
        for child in running {
            let gathering = gathering.clone();
            child.clone().when_done(core, move |core| gathering.child_ended(core, &child));
        }
        ended.iter().for_each(|child| gathering.child_ended(core, child));
        gathering
    }

    fn child_ended(&self, core: &Rc<Core>, child: &Child) {
        self.left.set(self.left.get() - 1);
        let outcome = child.outcome();
        if self.outer.outcome.is_finished() {
            // Nobody will ask for a second error.
            return outcome.forgive();
        }
        if !self.each
            && let Some(error) = outcome.error()
        {
            return self.outer.settle(core, Some(error));
        }
        if self.left.get() > 0 {
            return;
        }
        self.children.iter().for_each(|child| child.outcome().forgive());
        // A request to stop comes out also when the tasks made results of it: that of the last one in the list.
        let stop = || self.children.last().map_or_else(Error::cancelled, Child::cancelled_error);
        self.outer.settle(core, self.asked_to_stop.get().then(stop));
    }
}

/// A request to stop goes to all, and comes back when they have ended.
impl Waitable for Gathering {
    fn cancel(&self, core: &Rc<Core>, message: &Message) -> bool {
        if self.outer.outcome.is_finished() {
            return false;
        }
        let mut asked = false;
        for child in &self.children {
            child.outcome().forgive();
            asked |= child.cancel(core, message, "gather was cancelled");
        }
        if asked {
            self.asked_to_stop.set(true);
        }
        asked
    }
}
