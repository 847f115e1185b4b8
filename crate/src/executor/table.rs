use std::rc::Rc;

use super::TaskCell;

/// A task's place in the table and the generation of that place: stale keys find nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TaskKey {
    index: u32,
    generation: u32,
}

impl TaskKey {
    /// Finds nothing in any table.
    pub(super) const NOBODY: TaskKey = TaskKey { index: u32::MAX, generation: u32::MAX };
}

#[derive(Default)]
struct Place {
    generation: u32,
    task: Option<Rc<TaskCell>>,
}

/// All tasks that have not ended.
#[derive(Default)]
pub(crate) struct Table {
    places: Vec<Place>,
    free: Vec<u32>,
}

impl Table {
    pub(super) fn insert(&mut self, make: impl FnOnce(TaskKey) -> Rc<TaskCell>) -> Rc<TaskCell> {
        let index = self.free.pop().unwrap_or_else(|| {
            self.places.push(Place::default());
            self.places.len() as u32 - 1
        });
        let place = &mut self.places[index as usize];
        let task = make(TaskKey { index, generation: place.generation });
        place.task = Some(task.clone());
        task
    }

    pub(super) fn get(&self, key: TaskKey) -> Option<&Rc<TaskCell>> {
        let place = self.places.get(key.index as usize)?;
        if place.generation == key.generation { place.task.as_ref() } else { None }
    }

    pub(super) fn remove(&mut self, key: TaskKey) {
        if self.get(key).is_some() {
            let place = &mut self.places[key.index as usize];
            place.task = None;
            place.generation = place.generation.wrapping_add(1);
            self.free.push(key.index);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.free.len() == self.places.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Rc<TaskCell>> {
        self.places.iter().filter_map(|place| place.task.as_ref())
    }

    pub(super) fn clear(&mut self) {
        for place in std::mem::take(&mut self.places) {
            if let Some(task) = place.task {
                task.destroy();
            }
        }
    }
}
