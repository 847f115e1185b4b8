use std::cell::Cell;

use crate::executor::{Label, record};
use crate::trace::{Entry, Kind, Place};

/// How much of something is held, as the trace tells it.
pub(super) struct Gauge {
    pub(super) label: Label,
    held: Cell<usize>,
}

impl Gauge {
    pub(super) fn new(kind: &'static str, capacity: usize) -> Self {
        Gauge { label: Label::new(kind, capacity), held: Cell::new(0) }
    }

    pub(super) fn held(&self) -> usize {
        self.held.get()
    }

    /// Notes that one more is held.
    pub(super) fn up(&self, place: Place) {
        self.held.set(self.held.get() + 1);
        self.tell(Kind::Acquire, Some(place));
    }

    /// Notes that one less is held. More may be given back than were taken: a semaphore grows that way.
    pub(super) fn down(&self) {
        self.held.set(self.held.get().saturating_sub(1));
        self.tell(Kind::Release, None);
    }

    fn tell(&self, kind: Kind, place: Option<Place>) {
        record(Entry::new(kind).on(self.label.id()).value(self.held.get() as i64).at(place));
    }
}
