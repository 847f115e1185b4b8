use std::rc::{Rc, Weak};

use super::cell::Frame;

/// Something that has begun and is to be closed: when the program ends, if nobody has done so before.
pub(crate) trait Open {
    /// Returns what closes it, if it is open.
    fn close(self: Rc<Self>) -> Option<Frame>;
    /// Returns the name that it was given, if it was given one.
    fn name(&self) -> String;
}

/// What has begun on a loop, without holding it.
#[derive(Default)]
pub(super) struct Opened {
    all: Vec<Weak<dyn Open>>,
    /// How many there may be before those that are gone are swept out.
    limit: usize,
}

impl Opened {
    pub(super) fn push(&mut self, open: Weak<dyn Open>) {
        if self.all.len() >= self.limit {
            self.all.retain(|open| open.strong_count() > 0);
            self.limit = (self.all.len() * 2).max(64);
        }
        self.all.push(open);
    }

    /// Takes what is still there.
    pub(super) fn take(&mut self) -> Vec<Rc<dyn Open>> {
        std::mem::take(&mut self.all).iter().filter_map(Weak::upgrade).collect()
    }
}
