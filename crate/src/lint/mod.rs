//! What is probably a mistake in a program, told in a beginner's words while it runs.
//!
//! Each lint looks on at the events of a run, and at nothing else: what it says can be seen in the trace, at the place that
//! it names. It is silent when it is not sure. Nothing here runs without a recorder; what is kept grows with the tasks that
//! are alive, and not with the run.

mod blocked;
mod dropped;
mod forgotten;
mod lock_held;
mod once;
mod overlap;
mod queue_pace;
mod scene;
mod site;
mod yield_inside;

use scene::Scene;

use crate::trace::{Finding, Observer, Place, Seen};

/// A mistake that can be seen in the events of a run.
trait Lint {
    /// Sees an event. The scene is still as it was before it.
    fn see(&mut self, scene: &Scene, seen: &Seen<'_>, notes: &mut Notes);
}

/// What the lints have to say of an event.
#[derive(Default)]
struct Notes(Vec<Finding>);

impl Notes {
    /// Says something of a task and a place in it.
    fn say(&mut self, of: u32, place: Option<Place>, text: impl Into<String>) {
        self.0.push(Finding { of, text: text.into(), place });
    }
}

/// All lints, and the scene that they look at.
struct Lints {
    scene: Scene,
    lints: Vec<Box<dyn Lint>>,
}

/// Creates what looks on at a run.
pub(crate) fn observer() -> Box<dyn Observer> {
    let lints: Vec<Box<dyn Lint>> = vec![
        Box::<overlap::Overlap>::default(),
        Box::<forgotten::Forgotten>::default(),
        Box::<blocked::Blocked>::default(),
        Box::<dropped::Dropped>::default(),
        Box::<yield_inside::YieldInside>::default(),
        Box::<lock_held::LockHeld>::default(),
        Box::<queue_pace::QueuePace>::default(),
    ];
    Box::new(Lints { scene: Scene::default(), lints })
}

impl Observer for Lints {
    fn see(&mut self, seen: &Seen<'_>) -> Vec<Finding> {
        let mut notes = Notes::default();
        for lint in &mut self.lints {
            lint.see(&self.scene, seen, &mut notes);
        }
        self.scene.take_in(seen);
        notes.0
    }
}

/// Says how many there are of something.
fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
