use super::once::Once;
use super::scene::Scene;
use super::{Lint, Notes};
use crate::trace::{Kind, Seen};

/// A coroutine that was made and never awaited: nothing of it has run.
#[derive(Default)]
pub(super) struct Forgotten {
    told: Once,
}

impl Lint for Forgotten {
    fn see(&mut self, _: &Scene, seen: &Seen<'_>, notes: &mut Notes) {
        if seen.kind == Kind::Drop
            && let Some(coroutine) = seen.of_kind("coroutine")
            && self.told.is_new(0, seen.place)
        {
            let name = &coroutine.name;
            notes.say(
                seen.task,
                seen.place,
                format!(
                    "{name} was made and never awaited, so nothing of it has run: add `.await`, or spawn it"
                ),
            );
        }
    }
}
