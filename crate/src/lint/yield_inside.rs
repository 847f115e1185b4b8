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
    /// The same by who holds them and by who enters them just now, from the outermost: there may be tens of thousands.
    by: Shelf<Vec<u32>>,
    /// Generators that are context managers: their one yield is the body, and no consumer can be elsewhere.
    managers: Index,
}

struct Open {
    task: u32,
    /// The generator in whose body it was entered, or the task.
    holder: u64,
    /// What it is, if it asks others to stop.
    what: Option<&'static str>,
    place: Option<Place>,
}

/// Whoever is no generator holds contexts by this number.
fn task(task: u32) -> u64 {
    u64::from(task) << 32
}

/// By this number are those that a task enters just now.
fn entering(task: u32) -> u64 {
    u64::from(task) << 32 | 1
}

// What few programs do is not inlined: the page can fetch it later.
impl YieldInside {
    #[inline(never)]
    fn enter(&mut self, scene: &Scene, seen: &Seen<'_>) {
        let what = match seen.resource.map(|context| context.name.as_str()) {
            Some("Timeout") => Some("a timeout"),
            Some("TaskGroup") => Some("a task group"),
            _ => None,
        };
        let holder = match scene.generator(seen.task) {
            0 => task(seen.task),
            generator => generator.into(),
        };
        self.leave(seen.subject);
        self.open.insert(seen.subject, Open { task: seen.task, holder, what, place: seen.place });
        for by in [holder, entering(seen.task)] {
            self.by.get_or_default(by).push(seen.subject);
        }
    }

    #[inline(never)]
    fn entered(&mut self, context: u32) {
        if let Some(task) = self.open.get(context).map(|open| open.task) {
            self.take(entering(task), context);
        }
    }

    #[inline(never)]
    fn leave(&mut self, context: u32) {
        if let Some(open) = self.open.remove(context) {
            self.take(entering(open.task), context);
            self.take(open.holder, context);
        }
    }

    fn take(&mut self, by: u64, context: u32) {
        let Some(list) = self.by.get_mut(by) else { return };
        // As a rule it is the last one that is left.
        if let Some(at) = list.iter().rposition(|known| *known == context) {
            list.remove(at);
        }
        if list.is_empty() {
            self.by.remove(by);
        }
    }

    /// Leaves all that one holds who has ended.
    fn end(&mut self, holder: u64) {
        for context in self.by.remove(holder).unwrap_or_default() {
            self.leave(context);
        }
    }

    #[inline(never)]
    fn tell(&mut self, seen: &Seen<'_>, notes: &mut Notes) {
        if self.managers.get(seen.subject.into()).is_some() {
            return;
        }
        let inside = self.by.get(seen.subject).into_iter().flatten();
        let first = inside.filter_map(|id| self.open.get(*id)).find(|open| open.what.is_some());
        if let Some(Open { what: Some(what), place, .. }) = first
            && self.told.is_new(0, *place)
        {
            let text = format!(
                "this yields inside of {what}: while the consumer has the value, a request to stop that is meant \
                 for this generator reaches the consumer instead. Let it end before the yield"
            );
            notes.say(seen.task, seen.place, text);
        }
    }
}

impl Lint for YieldInside {
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        match seen.kind {
            Kind::EnterStart => self.enter(scene, seen),
            Kind::Entered => self.entered(seen.subject),
            Kind::Exited => self.leave(seen.subject),
            Kind::Resume if self.by.get(entering(seen.task)).is_some() => {
                self.managers.insert(seen.subject.into(), 0);
            }
            Kind::Yield if self.by.get(seen.subject).is_some() => self.tell(seen, notes),
            Kind::Return => {
                self.managers.remove(seen.subject.into());
                self.end(seen.subject.into());
            }
            Kind::Done => self.end(task(seen.task)),
            _ => {}
        }
    }
}
