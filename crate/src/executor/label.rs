use std::cell::Cell;

use super::current;
use crate::memory::Note;

/// The name under which something appears in the trace. It gets its number when it is first used in a recorded run,
/// so that it can be made, and named, anywhere.
#[derive(Debug)]
pub(crate) struct Label {
    kind: &'static str,
    name: Note,
    capacity: u32,
    id: Cell<u32>,
    /// Which recorder gave it the number: what outlives a run gets another one in the next.
    recorder: Cell<u64>,
}

impl Label {
    pub(crate) fn new(kind: &'static str, capacity: usize) -> Self {
        let capacity = u32::try_from(capacity).unwrap_or(u32::MAX);
        Label { kind, name: Note::default(), capacity, id: Cell::new(0), recorder: Cell::new(0) }
    }

    /// Names it; too late once it was used.
    pub(crate) fn name(&self, name: &str) {
        self.name.set(name);
    }

    /// Returns the name that it was given; empty when it has none.
    pub(crate) fn given_name(&self) -> String {
        self.name.read().to_owned()
    }

    /// Returns its number in the trace; 0 when nothing is recorded.
    pub(crate) fn id(&self) -> u32 {
        if let Some(current) = current()
            && let Some(recorder) = current.core.recorder()
            && self.recorder.replace(recorder.serial()) != recorder.serial()
        {
            self.id.set(recorder.resource(self.kind, &self.name.read(), self.capacity));
        }
        self.id.get()
    }

    /// Returns its number if it was used in a recorded run, else 0. Costs nothing.
    pub(crate) fn known_id(&self) -> u32 {
        self.id.get()
    }
}
