//! Values by a number, for whatever is looked up: tasks, locks, sites. What finds them is one for all types, and so is its
//! code: a tree for each type of value was a quarter of the wasm.

mod index;

pub(crate) use index::Index;

/// Values by a number.
pub(crate) struct Shelf<V> {
    index: Index,
    values: Vec<Option<(u64, V)>>,
    free: Vec<u32>,
}

impl<V> Default for Shelf<V> {
    fn default() -> Self {
        Shelf { index: Index::default(), values: Vec::new(), free: Vec::new() }
    }
}

impl<V> Shelf<V> {
    /// Puts a value in its place, and gives the one that stood there.
    pub(crate) fn insert(&mut self, key: impl Into<u64>, value: V) -> Option<V> {
        let key = key.into();
        if let Some(known) = self.get_mut(key) {
            return Some(std::mem::replace(known, value));
        }
        let place = self.add(key);
        self.values[place as usize] = Some((key, value));
        None
    }

    /// Returns a place for a number that has none.
    fn add(&mut self, key: u64) -> u32 {
        let place = self.free.pop().unwrap_or(self.values.len() as u32);
        if place as usize == self.values.len() {
            self.values.push(None);
        }
        self.index.insert(key, place);
        place
    }

    /// Returns the value of a number, the default one where there was none.
    pub(crate) fn get_or_default(&mut self, key: impl Into<u64>) -> &mut V
    where
        V: Default,
    {
        let key = key.into();
        let place = self.index.get(key).unwrap_or_else(|| self.add(key));
        &mut self.values[place as usize].get_or_insert_with(|| (key, V::default())).1
    }

    /// Returns the value of a number.
    pub(crate) fn get(&self, key: impl Into<u64>) -> Option<&V> {
        let place = self.index.get(key.into())?;
        self.values[place as usize].as_ref().map(|(_, value)| value)
    }

    /// As [`Shelf::get`], to change it.
    pub(crate) fn get_mut(&mut self, key: impl Into<u64>) -> Option<&mut V> {
        let place = self.index.get(key.into())?;
        self.values[place as usize].as_mut().map(|(_, value)| value)
    }

    /// Takes a value away.
    pub(crate) fn remove(&mut self, key: impl Into<u64>) -> Option<V> {
        let place = self.index.remove(key.into())?;
        self.free.push(place);
        self.values[place as usize].take().map(|(_, value)| value)
    }

    /// Says whether nothing is there.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many values there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len() - self.free.len()
    }

    /// Returns all numbers with their values, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &V)> {
        self.values.iter().flatten().map(|(key, value)| (*key, value))
    }

    /// As [`Shelf::iter`], to change the values.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (u64, &mut V)> {
        self.values.iter_mut().flatten().map(|(key, value)| (*key, value))
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn values_are_found_and_places_used_again() {
        let mut shelf = Shelf::default();
        for key in [5_u32, 1, 9] {
            assert_eq!(shelf.insert(key, key), None);
        }
        assert_eq!((shelf.remove(1_u32), shelf.remove(1_u32)), (Some(1), None));
        assert_eq!((shelf.insert(7_u32, 70), shelf.insert(7_u32, 7)), (None, Some(70)));
        *shelf.get_or_default(2_u32) += 2;
        assert_eq!((shelf.get(5_u32), shelf.get(1_u32), shelf.len()), (Some(&5), None, 4));
        for (key, value) in shelf.iter_mut() {
            *value += key as u32;
        }
        assert_eq!(shelf.remove(5_u32), Some(10));
        assert_eq!(shelf.insert(6_u32, 6), None);
        let mut left: Vec<_> = shelf.iter().map(|(key, value)| (key, *value)).collect();
        left.sort_unstable();
        assert_eq!(left, [(2, 4), (6, 6), (7, 14), (9, 18)]);
        assert_eq!(shelf.values.len(), 4);
    }
}
