use super::once::Once;
use super::scene::Scene;
use super::{Lint, Notes};
use crate::shelf::Shelf;
use crate::trace::{Kind, Place, Seen};

/// An async generator that was dropped before its end although it has something to clean up: that happens later, in a task
/// of the loop's. One whose body ends at once is nobody's mistake.
#[derive(Default)]
pub(super) struct Dropped {
    told: Once,
    /// Where the generators stand, by their numbers.
    stand: Shelf<Option<Place>>,
    /// Those that were dropped, with who did it.
    left: Shelf<u32>,
    /// The tasks that close those, each with what it closes.
    closing: Shelf<u32>,
}

impl Lint for Dropped {
    fn see(&mut self, _: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::Yield => {
                self.stand.insert(seen.subject, seen.place);
            }
            Kind::Drop if seen.of_kind("generator").is_some() => {
                self.left.insert(seen.subject, seen.task);
            }
            Kind::Throw if self.left.get(seen.subject).is_some() => {
                self.closing.insert(seen.task, seen.subject);
            }
            Kind::Return => {
                self.stand.remove(seen.subject);
                self.left.remove(seen.subject);
                self.closing.remove(seen.task);
            }
            Kind::Done => {
                self.closing.remove(seen.task);
            }
            Kind::Wait | Kind::Print | Kind::Release | Kind::Put | Kind::ExitStart => {
                let Some(generator) = self.closing.remove(seen.task) else { return };
                let place = self.stand.get(generator).copied().flatten();
                if let Some(by) = self.left.remove(generator)
                    && self.told.is_new(0, place)
                {
                    notes.say(by, place, TEXT);
                }
            }
            _ => {}
        }
    }
}

const TEXT: &str = "this generator was dropped before its end, at this yield: its clean-up runs later, in a task of \
                    its own. aclosing() closes it before the next line";
