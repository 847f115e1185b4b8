use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::Core;
use crate::time::Instant;

/// Something that happens at a time.
pub(crate) trait Timed {
    /// Says whether it is still wanted.
    fn is_live(&self) -> bool;
    /// Lets it happen.
    fn fire(&self, core: &Rc<Core>);
}

struct Entry {
    at: Instant,
    sequence: u64,
    timer: Rc<dyn Timed>,
}

/// All timers, the earliest first; equal ones in the order in which they were set.
#[derive(Default)]
pub(crate) struct Timers {
    heap: BinaryHeap<Entry>,
    sequence: u64,
    dead: usize,
}

impl Timers {
    pub(super) fn push(&mut self, at: Instant, timer: Rc<dyn Timed>) {
        self.sequence += 1;
        self.heap.push(Entry { at, sequence: self.sequence, timer });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// Sweeps the heap when most of it is dead, so that timeouts that never fire do not pile up.
    pub(super) fn one_died(&mut self) {
        self.dead += 1;
        if self.dead > 64 && self.dead * 2 > self.heap.len() {
            self.heap.retain(|entry| entry.timer.is_live());
            self.dead = 0;
        }
    }

    /// Returns the earliest deadline of a live timer.
    pub(super) fn next(&mut self) -> Option<Instant> {
        while let Some(first) = self.heap.peek() {
            if first.timer.is_live() {
                return Some(first.at);
            }
            self.heap.pop();
            self.dead = self.dead.saturating_sub(1);
        }
        None
    }

    pub(super) fn pop_due(&mut self, now: Instant) -> Option<Rc<dyn Timed>> {
        if self.next()? > now {
            return None;
        }
        self.heap.pop().map(|entry| entry.timer)
    }
}

/// `BinaryHeap` gives the greatest first, so the earliest is the greatest here.
impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.sequence == other.sequence
    }
}

impl Eq for Entry {}
