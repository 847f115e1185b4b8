use crate::shelf::Shelf;
use crate::time::Instant;
use crate::trace::{Kind, Seen};

/// Who is alive, and who waits for what.
#[derive(Default)]
pub(super) struct Scene {
    tasks: Shelf<Task>,
}

/// A task that has not ended.
#[derive(Default)]
pub(super) struct Task {
    /// It can go on and has not yet been given its turn.
    pub(super) is_ready: bool,
    /// What it waits for, or will when its turn is over.
    pub(super) wait: Option<Wait>,
    /// The generators that run in it, each driven by the one before it.
    pub(super) generators: Vec<u32>,
}

/// An await at which a task stands.
#[derive(Clone, Copy)]
pub(super) struct Wait {
    pub(super) since: Instant,
    pub(super) on: u32,
    /// When it ends by itself; the start of time if it does not.
    pub(super) until: Instant,
}

impl Scene {
    /// Returns a task that is alive.
    pub(super) fn task(&self, id: u32) -> Option<&Task> {
        self.tasks.get(id)
    }

    /// Returns the tasks beside this one.
    pub(super) fn others(&self, id: u32) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |(other, _)| *other != u64::from(id)).map(|(_, task)| task)
    }

    /// Returns the generator in whose body a task is; 0 when it is in none.
    pub(super) fn generator(&self, task: u32) -> u32 {
        self.task(task).and_then(|task| task.generators.last()).copied().unwrap_or_default()
    }

    /// Takes in what has happened.
    pub(super) fn take_in(&mut self, seen: &Seen<'_>) {
        if seen.kind == Kind::Spawn {
            self.tasks.insert(seen.task, Task { is_ready: true, ..Task::default() });
        }
        let Some(task) = self.tasks.get_mut(seen.task) else { return };
        match seen.kind {
            Kind::PollStart => {
                task.is_ready = false;
                task.wait = None;
            }
            Kind::Wait => {
                let until = Instant::from_nanos(seen.value.max(0) as u64);
                task.wait = Some(Wait { since: seen.t, on: seen.subject, until });
            }
            Kind::Wake => task.is_ready = true,
            Kind::Resume | Kind::Throw if task.generators.last() != Some(&seen.subject) => {
                task.generators.push(seen.subject);
            }
            Kind::Yield | Kind::Return => {
                if let Some(depth) = task.generators.iter().rposition(|id| *id == seen.subject) {
                    task.generators.truncate(depth);
                }
            }
            Kind::Done => {
                self.tasks.remove(seen.task);
            }
            _ => {}
        }
    }
}
