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
        let mut there = Vec::new();
        for open in std::mem::take(&mut self.all) {
            there.extend(open.upgrade());
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Door;

    impl Open for Door {
        fn close(self: Rc<Self>) -> Option<Frame> {
            None
        }

        fn name(&self) -> String {
            "door".to_owned()
        }
    }

    #[test]
    fn what_is_gone_does_not_pile_up_and_what_is_there_stays() {
        let mut opened = Opened::default();
        let kept: Vec<Rc<Door>> = (0..40).map(|_| Rc::new(Door)).collect();
        for door in &kept {
            let door: Weak<Door> = Rc::downgrade(door);
            opened.push(door);
        }
        for _ in 0..1000 {
            let door: Weak<Door> = Rc::downgrade(&Rc::new(Door));
            opened.push(door);
            // Twice what is there, and not less than 64.
            assert!(opened.all.len() <= 80 && opened.limit <= 80);
        }
        assert_eq!(opened.take().len(), 40);
        assert!(opened.take().is_empty());
    }
}
