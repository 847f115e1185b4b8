use std::cell::{Cell, RefCell};

use crate::error::Error;
use crate::executor::Label;

/// What the driver gives the body when it goes on.
pub(super) enum Resume<S> {
    Next,
    Send(S),
    Throw(Error),
}

/// Where the one value between body and driver is.
///
/// ```text
///   Empty ── the body yields ──▶ Full ── the driver takes it ──▶ Taken ── the body goes on ──▶ Empty
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Empty,
    Full,
    Taken,
}

/// Writes a value for the trace.
pub(super) type Show<Y> = fn(&Y) -> String;

/// What body and driver share: room for one value each way.
pub(super) struct Channel<Y, S> {
    pub(super) slot: Cell<Slot>,
    pub(super) value: Cell<Option<Y>>,
    pub(super) resume: Cell<Resume<S>>,
    /// The generator's name in the trace.
    pub(super) label: Label,
    /// How a value is written in the trace.
    pub(super) show: Cell<Option<Show<Y>>>,
    /// The last value as the trace has it.
    pub(super) shown: RefCell<String>,
}

impl<Y, S> Channel<Y, S> {
    pub(super) fn new() -> Self {
        Channel {
            slot: Cell::new(Slot::Empty),
            value: Cell::new(None),
            resume: Cell::new(Resume::Next),
            label: Label::new("generator", 0),
            show: Cell::new(None),
            shown: RefCell::default(),
        }
    }
}
