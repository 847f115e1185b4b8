//! Values by a number, for whatever is looked up: tasks, locks, sites. The tree beneath them is one for all, and so is its
//! code: a tree for each type of value would be a third of the wasm.

use std::collections::BTreeMap;

/// Where the value of each number stands.
pub(crate) type Index = BTreeMap<u64, u32>;

/// Values by a number.
pub(crate) struct Shelf<V> {
    index: Index,
    values: Vec<Option<V>>,
    free: Vec<u32>,
}

impl<V> Default for Shelf<V> {
    fn default() -> Self {
        Shelf { index: Index::new(), values: Vec::new(), free: Vec::new() }
    }
}

impl<V> Shelf<V> {
    /// Puts a value in its place, and gives the one that stood there.
    pub(crate) fn insert(&mut self, key: impl Into<u64>, value: V) -> Option<V> {
        let place = place_of(&mut self.index, key.into(), &mut self.free, self.values.len());
        if place == self.values.len() {
            self.values.push(None);
        }
        self.values[place].replace(value)
    }

    /// Returns the value of a number.
    pub(crate) fn get(&self, key: impl Into<u64>) -> Option<&V> {
        let place = *self.index.get(&key.into())?;
        self.values[place as usize].as_ref()
    }

    /// As [`Shelf::get`], to change it.
    pub(crate) fn get_mut(&mut self, key: impl Into<u64>) -> Option<&mut V> {
        let place = *self.index.get(&key.into())?;
        self.values[place as usize].as_mut()
    }

    /// Returns the value of a number, the default one where there is none.
    pub(crate) fn get_or_default(&mut self, key: impl Into<u64>) -> &mut V
    where
        V: Default,
    {
        let place = place_of(&mut self.index, key.into(), &mut self.free, self.values.len());
        if place == self.values.len() {
            self.values.push(None);
        }
        self.values[place].get_or_insert_default()
    }

    /// Takes a value away.
    pub(crate) fn remove(&mut self, key: impl Into<u64>) -> Option<V> {
        let place = self.index.remove(&key.into())?;
        self.free.push(place);
        self.values[place as usize].take()
    }

    /// Says whether nothing is there.
    pub(crate) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Returns how many values there are.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Returns all numbers with their values, in the order of the numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &V)> {
        self.index.iter().filter_map(|(key, place)| Some((*key, self.values[*place as usize].as_ref()?)))
    }
}

impl<V> Shelf<V> {
    /// Calls `change` for each value.
    pub(crate) fn each(&mut self, mut change: impl FnMut(u64, &mut V)) {
        for (key, place) in &self.index {
            if let Some(value) = &mut self.values[*place as usize] {
                change(*key, value);
            }
        }
    }

    /// Takes away what is not to be kept.
    pub(crate) fn retain(&mut self, keep: impl Fn(&V) -> bool) {
        let gone: Vec<u64> = self.iter().filter(|(_, value)| !keep(value)).map(|(key, _)| key).collect();
        for key in gone {
            self.remove(key);
        }
    }
}

/// Returns the place of a number; one that is free, or the next one, where it has none yet.
#[inline(never)]
fn place_of(index: &mut Index, key: u64, free: &mut Vec<u32>, next: usize) -> usize {
    let new = || free.pop().unwrap_or(next as u32);
    *index.entry(key).or_insert_with(new) as usize
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn places_are_used_again_and_the_order_is_that_of_the_numbers() {
        let mut shelf = Shelf::default();
        for key in [5_u32, 1, 9] {
            assert_eq!(shelf.insert(key, key), None);
        }
        assert_eq!((shelf.remove(1_u32), shelf.remove(1_u32)), (Some(1), None));
        assert_eq!((shelf.insert(7_u32, 70), shelf.insert(7_u32, 7)), (None, Some(70)));
        *shelf.get_or_default(2_u32) += 2;
        assert_eq!(
            shelf.iter().map(|(key, value)| (key, *value)).collect::<Vec<_>>(),
            [(2, 2), (5, 5), (7, 7), (9, 9)]
        );
        assert_eq!((shelf.get(5_u32), shelf.get(1_u32), shelf.len()), (Some(&5), None, 4));
        assert_eq!(shelf.values.len(), 4);
    }
}
