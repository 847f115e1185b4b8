use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};

/// What is in a queue, in the order in which it comes out.
pub(super) enum Store<T> {
    Fifo(VecDeque<T>),
    Lifo(Vec<T>),
    Priority(Heap<T>),
}

impl<T> Store<T> {
    pub(super) fn priority() -> Self
    where
        T: Ord,
    {
        Store::Priority(Heap { compare: T::cmp, heap: BinaryHeap::new(), sequence: 0 })
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Store::Fifo(items) => items.len(),
            Store::Lifo(items) => items.len(),
            Store::Priority(items) => items.heap.len(),
        }
    }

    pub(super) fn push(&mut self, item: T) {
        match self {
            Store::Fifo(items) => items.push_back(item),
            Store::Lifo(items) => items.push(item),
            Store::Priority(items) => items.push(item),
        }
    }

    pub(super) fn pop(&mut self) -> Option<T> {
        match self {
            Store::Fifo(items) => items.pop_front(),
            Store::Lifo(items) => items.pop(),
            Store::Priority(items) => items.heap.pop().map(|Reverse(entry)| entry.item),
        }
    }
}

/// The least item first; of equal ones the one that came first.
pub(super) struct Heap<T> {
    /// Kept as a function, so that only a queue with priorities asks for items with an order.
    compare: fn(&T, &T) -> Ordering,
    heap: BinaryHeap<Reverse<Entry<T>>>,
    sequence: u64,
}

struct Entry<T> {
    item: T,
    sequence: u64,
    compare: fn(&T, &T) -> Ordering,
}

impl<T> Heap<T> {
    fn push(&mut self, item: T) {
        self.sequence += 1;
        self.heap.push(Reverse(Entry { item, sequence: self.sequence, compare: self.compare }));
    }
}

impl<T> Ord for Entry<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.compare)(&self.item, &other.item).then(self.sequence.cmp(&other.sequence))
    }
}

impl<T> PartialOrd for Entry<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl<T> Eq for Entry<T> {}
