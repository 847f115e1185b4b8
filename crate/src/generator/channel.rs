use std::cell::{Cell, RefCell};

use crate::error::Error;
use crate::executor::Label;

/// What the driver gives the body when it goes on, unless it only asks for the next value.
pub(super) enum Answer<S> {
    Send(S),
    Throw(Error),
}

/// Where the one value between body and driver is.
///
/// ```text
///   Empty ── the body yields ──▶ Full ── the driver takes it ──▶ Taken ── the body goes on ──▶ Empty
///                                                                  │                           ▲
///                                   the driver sends or throws     └────▶ Answered ────────────┘
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Empty,
    Full,
    Taken,
    Answered,
}

/// Writes a value for the trace.
pub(super) type Show<Y> = fn(&Y) -> String;

/// What body and driver share: room for one value each way.
pub(super) struct Channel<Y, S> {
    pub(super) slot: Cell<Slot>,
    pub(super) value: Cell<Option<Y>>,
    answer: Cell<Option<Answer<S>>>,
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
            answer: Cell::new(None),
            label: Label::new("generator", 0),
            show: Cell::new(None),
            shown: RefCell::default(),
        }
    }

    /// Leaves an answer for the yield at which the body stands.
    pub(super) fn answer(&self, answer: Answer<S>) {
        self.slot.set(Slot::Answered);
        self.answer.set(Some(answer));
    }

    /// Takes what was left for the yield. Apart from the slot, so that a plain "next" does not pay for it.
    pub(super) fn take_answer(&self) -> Option<Answer<S>> {
        self.answer.take()
    }
}
