/// Where the value of each number stands: a table in which a number is looked for from the place on that its hash says.
///
/// Nobody goes through it, so its order is nobody's. Written by hand to be small: the standard library's maps are code
/// for each type of value, and begin by asking for chance.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// None, or a power of two of them, of which at most three in four are taken.
    slots: Vec<Slot>,
    taken: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    place: u32,
}

const VACANT: Slot = Slot { key: 0, place: u32::MAX };

impl Slot {
    fn is_vacant(self) -> bool {
        self.place == VACANT.place
    }
}

impl Index {
    /// Returns the place of a number.
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        self.find(key).map(|at| self.slots[at]).filter(|slot| !slot.is_vacant()).map(|slot| slot.place)
    }

    /// Notes the place of a number; false when it is known, and then notes nothing.
    #[inline(never)]
    pub(crate) fn insert(&mut self, key: u64, place: u32) -> bool {
        if self.get(key).is_some() {
            return false;
        }
        self.taken += 1;
        if self.taken * 4 > self.slots.len() * 3 {
            let more = vec![VACANT; (self.slots.len() * 2).max(8)];
            for slot in std::mem::replace(&mut self.slots, more) {
                if !slot.is_vacant() {
                    self.put(slot);
                }
            }
        }
        self.put(Slot { key, place });
        true
    }

    /// Forgets a number, and gives the place that it had.
    #[inline(never)]
    pub(crate) fn remove(&mut self, key: u64) -> Option<u32> {
        let place = self.get(key)?;
        let mut gap = self.find(key)?;
        self.taken -= 1;
        // Those that follow move up as far as they may: a gap would end the search for them.
        let mask = self.slots.len() - 1;
        let mut at = gap;
        loop {
            at = (at + 1) & mask;
            let slot = self.slots[at];
            if slot.is_vacant() {
                self.slots[gap] = VACANT;
                return Some(place);
            }
            if at.wrapping_sub(home(slot.key)) & mask >= at.wrapping_sub(gap) & mask {
                self.slots[gap] = slot;
                gap = at;
            }
        }
    }

    fn put(&mut self, slot: Slot) {
        if let Some(at) = self.find(slot.key) {
            self.slots[at] = slot;
        }
    }

    /// Returns the slot of a number, or the vacant one where it would be.
    #[inline(never)]
    fn find(&self, key: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = home(key) & mask;
        while !self.slots[at].is_vacant() && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        Some(at)
    }
}

/// Where the search for a number begins: numbers that follow each other are strewn about.
fn home(key: u64) -> usize {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::btree_map::Entry;

    use super::Index;

    #[test]
    fn it_knows_what_a_tree_knows() {
        for seed in 0..24_u64 {
            let (mut index, mut tree) = (Index::default(), BTreeMap::new());
            let mut chance = seed;
            let mut below = |many: u64| {
                chance =
                    chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (chance >> 33) % many
            };
            for step in 0..5_000 {
                let key = below(1 << (seed % 12)) << (seed * 3 % 50);
                match (below(3), tree.entry(key)) {
                    (0, Entry::Vacant(entry)) => {
                        assert!(index.insert(key, step));
                        entry.insert(step);
                    }
                    (0, Entry::Occupied(_)) => assert!(!index.insert(key, step)),
                    (1, Entry::Occupied(entry)) => assert_eq!(index.remove(key), Some(entry.remove())),
                    (_, Entry::Occupied(entry)) => assert_eq!(index.get(key), Some(*entry.get())),
                    (1, Entry::Vacant(_)) => assert_eq!(index.remove(key), None),
                    (_, Entry::Vacant(_)) => assert_eq!(index.get(key), None),
                }
                assert_eq!(index.taken, tree.len());
            }
            assert!(tree.iter().all(|(key, place)| index.get(*key) == Some(*place)));
            assert!(index.slots.len() <= 4_096);
        }
    }
}
