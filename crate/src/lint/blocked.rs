use super::once::Once;
use super::scene::Scene;
use super::{Lint, Notes, count};
use crate::time::{Duration, Instant, Seconds};
use crate::trace::{Kind, Place, Seen};

/// From here on a person notices that nothing moves; browsers call it a long task.
const LONG: Duration = Duration::from_millis(50);

/// A task that keeps its turn for long while others could go on.
#[derive(Default)]
pub(super) struct Blocked {
    told: Once,
    /// When the turn began or something was last seen in it, and where.
    last: Instant,
    at: Option<Place>,
    /// The longest stretch of the turn in which nothing was seen, and what was seen before it.
    longest: Duration,
    before: Option<Place>,
}

impl Lint for Blocked {
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::PollStart => (self.longest, self.before, self.at) = (Duration::ZERO, None, None),
            Kind::Block => {
                let length = Duration::from_nanos(seen.value.max(0) as u64);
                self.say(scene, seen, length, seen.place, notes);
            }
            Kind::Wake | Kind::Spawn | Kind::Cancel | Kind::Done => return,
            _ if seen.t - self.last > self.longest => {
                (self.longest, self.before) = (seen.t - self.last, self.at);
            }
            _ => {}
        }
        (self.last, self.at) = (seen.t, seen.place.or(self.at));
        if seen.kind == Kind::PollEnd {
            self.say(scene, seen, self.longest, self.before, notes);
        }
    }
}

impl Blocked {
    fn say(
        &mut self,
        scene: &Scene,
        seen: &Seen<'_>,
        length: Duration,
        at: Option<Place>,
        notes: &mut Notes,
    ) {
        if length < LONG {
            return;
        }
        let due = |until: Instant| until > Instant::START && until < seen.t;
        let held_up = scene
            .others(seen.task)
            .filter(|task| task.is_ready || task.wait.is_some_and(|wait| due(wait.until)));
        let held_up = held_up.count();
        if held_up > 0 && self.told.is_new(seen.task, at) {
            notes.say(
                seen.task,
                at,
                format!(
                    "this kept the loop for {:.2} s, and {} could not go on meanwhile: await it, or let it run beside the \
                     loop with offload_block",
                    Seconds(length),
                    count(held_up, "other task", "other tasks"),
                ),
            );
        }
    }
}
