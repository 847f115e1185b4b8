use std::cell::Cell;

use super::channel::State;
use crate::error::Error;
use crate::executor::{Label, count_repeat, is_turn, record, repeats_in};
use crate::memory::{Note, aside};
use crate::trace::{Entry, Kind, Place};

/// What the trace tells of a generator. Apart from its channel and its frame, and out of line: it is the same for all
/// types of values, and what is not recorded should cost a look at one number.
pub(super) struct Told {
    /// The generator's name in the trace.
    pub(super) label: Label,
    /// The last value as the trace has it.
    shown: Note,
    /// The turn in which the cycle began that is only counted.
    counted: Cell<Option<u32>>,
}

impl Told {
    pub(super) fn new() -> Self {
        Told { label: Label::new("generator", 0), shown: Note::default(), counted: Cell::default() }
    }

    /// Says whether anything is recorded of it.
    #[inline(always)]
    pub(super) fn is_told(&self) -> bool {
        self.label.known_id() != 0
    }

    /// Says that the body has the turn. A frame that begins gets its number here.
    #[cold]
    #[inline(never)]
    pub(super) fn resume(&self) {
        let id = self.label.id();
        if id != 0 {
            self.counted.set(repeats_in(id));
            if self.counted.get().is_none() {
                record(Entry::new(Kind::Resume).on(id));
            }
        }
    }

    /// Says whether this cycle is only counted.
    pub(super) fn is_counted(&self) -> bool {
        self.counted.get().is_some_and(is_turn)
    }

    /// Says that the body yields; `show` writes the value.
    #[cold]
    #[inline(never)]
    pub(super) fn yields(&self, show: &dyn Fn() -> String, place: Place) {
        self.counted.set(None);
        aside(|| {
            let text = show();
            record(Entry::new(Kind::Yield).on(self.label.known_id()).text(&text).at(place));
            self.shown.set(&text);
        });
    }

    /// Says that the driver has the value.
    #[cold]
    #[inline(never)]
    pub(super) fn receive(&self) -> State {
        let id = self.label.known_id();
        match self.counted.get() {
            Some(_) => count_repeat(id),
            None => record(Entry::new(Kind::Receive).on(id).text(&self.shown.read())),
        }
        State::SuspendedWatched
    }

    /// Says that an error is thrown into the body.
    #[cold]
    #[inline(never)]
    pub(super) fn throw(&self, error: &Error) {
        if self.is_told() {
            let entry = Entry::new(Kind::Throw).on(self.label.known_id());
            aside(|| record(entry.text(&error.headline())));
        }
    }

    /// Says how the body has ended.
    #[cold]
    #[inline(never)]
    pub(super) fn ended(&self, error: Option<&Error>) {
        if self.is_told() {
            aside(|| {
                let outcome = match error {
                    Some(error) => format!("raised {error}"),
                    None => "returned".to_owned(),
                };
                record(Entry::new(Kind::Return).on(self.label.known_id()).text(&outcome));
            });
        }
    }

    /// Says that nobody has it any more, before its end.
    #[cold]
    #[inline(never)]
    pub(super) fn drop(&self) {
        if self.is_told() {
            record(Entry::new(Kind::Drop).on(self.label.known_id()));
        }
    }
}
