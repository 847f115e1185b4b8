use super::once::Once;
use super::scene::Scene;
use super::{Lint, Notes};
use crate::shelf::Shelf;
use crate::trace::{Kind, Seen};

/// How often in a row it must be so: fewer times may be the start of a program, or chance.
const OFTEN: u32 = 8;

/// A queue that is always full, or always empty: one side is slower than the other.
#[derive(Default)]
pub(super) struct QueuePace {
    /// By the number of the queue, doubled, and one more for what is put.
    told: Once,
    /// How often in a row a queue was full when something was put, and empty when something was taken.
    runs: Shelf<[u32; 2]>,
    /// The queue for which each task has waited.
    waited: Shelf<u32>,
}

impl Lint for QueuePace {
    fn see(&mut self, _: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::Wait => {
                self.waited.remove(seen.task);
                if seen.of_kind("queue").is_some() {
                    self.waited.insert(seen.task, seen.subject);
                }
            }
            Kind::Done => {
                self.waited.remove(seen.task);
            }
            Kind::Put | Kind::Get => {
                let is_put = seen.kind == Kind::Put;
                let waited = self.waited.remove(seen.task) == Some(seen.subject);
                let run = &mut self.runs.get_or_default(seen.subject)[usize::from(is_put)];
                *run = if waited { *run + 1 } else { 0 };
                if *run == OFTEN && self.told.is_new(2 * seen.subject + u32::from(is_put), None) {
                    let text = if is_put { ALWAYS_FULL } else { ALWAYS_EMPTY };
                    notes.say(seen.task, seen.place, text);
                }
            }
            _ => {}
        }
    }
}

const ALWAYS_FULL: &str = "the queue was full each of the last 8 times that something was put into it: those who take from \
                           it are slower than those who fill it, and more room would only put that off";
const ALWAYS_EMPTY: &str = "the queue was empty each of the last 8 times that something was taken from it: those who fill \
                            it are slower than those who take, and more of the latter would change nothing";
