//! Programs that together use everything.

mod generators;
mod groups;
mod managers;
mod sharing;
mod tasks;

pub(crate) use generators::{Source, leaf, nested, stubborn};

use crate::trial::Program;

/// All programs by name.
pub(crate) const ALL: &[(&str, Program)] = &[
    ("managers", |world| Box::pin(managers::managers(world))),
    ("generators", |world| Box::pin(generators::generators(world))),
    ("adapters", |world| Box::pin(generators::adapters(world))),
    ("locks", |world| Box::pin(sharing::locks(world))),
    ("queues", |world| Box::pin(sharing::queues(world))),
    ("lending", |world| Box::pin(sharing::lending(world))),
    ("waits", |world| Box::pin(tasks::waits(world))),
    ("gathers", |world| Box::pin(tasks::gathers(world))),
    ("groups", |world| Box::pin(groups::groups(world))),
    ("timeouts", |world| Box::pin(groups::timeouts(world))),
    ("pipeline", |world| Box::pin(groups::pipeline(world))),
];
