use super::once::Once;
use super::scene::Scene;
use super::{Lint, Notes};
use crate::shelf::{Index, Shelf};
use crate::trace::{Kind, Place, Seen};

/// A yield inside of a timeout or a task group: what these ask to stop may be the consumer (Python's PEP 789).
#[derive(Default)]
pub(super) struct YieldInside {
    told: Once,
    /// The contexts that are entered and not left, by their numbers.
    open: Shelf<Open>,
    /// Generators that are context managers: their one yield is the body, and no consumer can be elsewhere.
    managers: Index,
}

struct Open {
    task: u32,
    /// In whose body it was entered; 0 for none.
    generator: u32,
    /// What it is, if it asks others to stop.
    what: Option<&'static str>,
    is_entering: bool,
    place: Option<Place>,
}

impl Lint for YieldInside {
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::EnterStart => {
                let what = match seen.resource.map(|context| context.name.as_str()) {
                    Some("Timeout") => Some("a timeout"),
                    Some("TaskGroup") => Some("a task group"),
                    _ => None,
                };
                let generator = scene.generator(seen.task);
                self.open.insert(
                    seen.subject,
                    Open { task: seen.task, generator, what, is_entering: true, place: seen.place },
                );
            }
            Kind::Entered => {
                if let Some(open) = self.open.get_mut(seen.subject) {
                    open.is_entering = false;
                }
            }
            Kind::Exited => {
                self.open.remove(seen.subject);
            }
            Kind::Resume if self.open.iter().any(|(_, open)| open.is_entering && open.task == seen.task) => {
                self.managers.insert(seen.subject.into(), 0);
            }
            Kind::Yield if self.managers.get(seen.subject.into()).is_none() => {
                let inside = self.open.iter().filter(|(_, open)| open.generator == seen.subject);
                let first = inside.filter(|(_, open)| open.what.is_some()).min_by_key(|(id, _)| *id);
                if let Some((_, Open { what: Some(what), place, .. })) = first
                    && self.told.is_new(0, *place)
                {
                    let text = format!(
                        "this yields inside of {what}: while the consumer has the value, a request to stop that is meant \
                         for this generator reaches the consumer instead. Let it end before the yield"
                    );
                    notes.say(seen.task, seen.place, text);
                }
            }
            Kind::Return => {
                self.managers.remove(seen.subject.into());
                self.open.retain(|open| open.generator != seen.subject);
            }
            Kind::Done => self.open.retain(|open| open.task != seen.task || open.generator != 0),
            _ => {}
        }
    }
}
