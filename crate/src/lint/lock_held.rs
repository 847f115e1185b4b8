use super::once::Once;
use super::scene::{Scene, Task};
use super::{Lint, Notes, count};
use crate::shelf::Shelf;
use crate::time::{Duration, Seconds};
use crate::trace::{Kind, Place, Seen};

/// A wait that is shorter holds nobody up for long.
const SLOW: Duration = Duration::from_millis(100);

/// A lock that is held across a slow wait while others want it.
#[derive(Default)]
pub(super) struct LockHeld {
    told: Once,
    held: Shelf<Hold>,
}

struct Hold {
    task: u32,
    place: Option<Place>,
    /// How long its holder has waited while others wanted the lock, and for how many that was at most.
    slow: Duration,
    others: usize,
}

impl Lint for LockHeld {
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::Acquire if seen.of_kind("lock").is_some() => {
                let hold = Hold { task: seen.task, place: seen.place, slow: Duration::ZERO, others: 0 };
                self.held.insert(seen.subject, hold);
            }
            Kind::PollStart => {
                let Some(wait) = scene.task(seen.task).and_then(|task| task.wait) else { return };
                let length = seen.t - wait.since;
                if length < SLOW {
                    return;
                }
                for (id, hold) in self.held.iter_mut() {
                    if hold.task != seen.task || u64::from(wait.on) == id {
                        continue;
                    }
                    let wants = |task: &&Task| task.wait.is_some_and(|wait| u64::from(wait.on) == id);
                    let others = scene.others(seen.task).filter(wants).count();
                    if others > 0 {
                        hold.slow += length;
                        hold.others = hold.others.max(others);
                    }
                }
            }
            Kind::Release => {
                if let Some(hold) = self.held.remove(seen.subject)
                    && hold.others > 0
                    && self.told.is_new(0, hold.place)
                {
                    let text = format!(
                        "this lock is held across a wait of {:.2} s while {} for it: if that wait does not need the lock, \
                         release the lock before it",
                        Seconds(hold.slow),
                        count(hold.others, "other task waits", "other tasks wait"),
                    );
                    notes.say(hold.task, hold.place, text);
                }
            }
            _ => {}
        }
    }
}
