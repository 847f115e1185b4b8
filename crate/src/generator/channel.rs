use std::cell::Cell;
use std::fmt::Debug;

use super::told::Told;
use crate::error::Error;

/// Who has the turn, and where the one value between body and driver is. One mark for both, because it changes four times
/// for every value.
///
/// ```text
///   Created ─ driven ─▶ Running ─ the body yields ─▶ Full ─ the driver takes the value ─▶ Suspended
///                        │ ▲ ▲                                                               │
///                        │ │ └──── the yield goes on ──── Resumed, or Answered ◀─── driven ──┘
///   its driver was given ▼ │ driven                       (something was sent or thrown)
///       up:             Adrift
///
///   and from each of them, at the end: Closed
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Created,
    Running,
    Full,
    Suspended,
    /// As the two before, in a generator whose every step is recorded: loops over the others need not ask.
    FullWatched,
    SuspendedWatched,
    Resumed,
    Answered,
    /// The body stands at an await and not at a yield, and nobody drives it.
    Adrift,
    /// It stands at both: a yield that was answered waits for its turn in the body.
    AdriftAtYield,
    Closed,
}

impl State {
    /// Says whether somebody drives the body.
    pub(super) fn is_driven(self) -> bool {
        matches!(self, State::Running | State::Full | State::FullWatched | State::Resumed | State::Answered)
    }

    /// Says whether the body stands at a yield whose value was taken.
    pub(super) fn is_suspended(self) -> bool {
        matches!(self, State::Suspended | State::SuspendedWatched)
    }

    /// Says whether the body has begun and not ended, and nobody drives it.
    pub(super) fn is_left(self) -> bool {
        self.is_suspended() || matches!(self, State::Adrift | State::AdriftAtYield)
    }

    /// Returns the state in which the body gets the turn.
    pub(super) fn driven(self) -> State {
        match self {
            State::Created | State::Adrift => State::Running,
            State::Suspended | State::SuspendedWatched => State::Resumed,
            State::AdriftAtYield => State::Answered,
            other => other,
        }
    }

    /// Returns the state in which a driver leaves the body that it gives up.
    pub(super) fn given_up(self) -> State {
        match self {
            State::Running => State::Adrift,
            State::Resumed | State::Answered => State::AdriftAtYield,
            other => other,
        }
    }
}

/// Writes a value for the trace.
pub(super) type Show<Y> = fn(&Y) -> String;

/// What body and driver share: room for one value each way.
pub(super) struct Channel<Y, S> {
    pub(super) state: Cell<State>,
    pub(super) value: Cell<Option<Y>>,
    /// What the driver gives the body at a yield that is answered: one of the two. Apart from each other, because what
    /// fits into a register need not go by way of memory.
    pub(super) sent: Cell<Option<S>>,
    pub(super) thrown: Cell<Option<Error>>,
    /// What the trace tells of it.
    pub(super) told: Told,
    /// How a value is written in the trace.
    pub(super) show: Cell<Option<Show<Y>>>,
}

impl<Y, S> Channel<Y, S> {
    pub(super) fn new() -> Self {
        Channel {
            state: Cell::new(State::Created),
            value: Cell::new(None),
            sent: Cell::new(None),
            thrown: Cell::new(None),
            told: Told::new(),
            show: Cell::new(None),
        }
    }

    /// Gives the generator a name, and its values a text, in the trace.
    pub(super) fn name(&self, name: &str)
    where
        Y: Debug,
    {
        self.told.label.name(name);
        self.show.set(Some(|value| format!("{value:?}")));
    }

    /// Leaves a value for the yield at which the body stands.
    pub(super) fn send(&self, value: S) {
        self.state.set(State::Answered);
        self.sent.set(Some(value));
    }

    /// Leaves an error for the yield at which the body stands.
    pub(super) fn throw(&self, error: Error) {
        self.state.set(State::Answered);
        self.thrown.set(Some(error));
    }
}
