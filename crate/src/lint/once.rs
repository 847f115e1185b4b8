use std::collections::BTreeSet;

/// How many things one lint may speak of in a run: a reader has seen enough then.
const MOST: usize = 64;

/// Of what something was said already: nothing is said twice.
pub(super) struct Once<K>(BTreeSet<K>);

impl<K> Default for Once<K> {
    fn default() -> Self {
        Once(BTreeSet::new())
    }
}

impl<K: Ord> Once<K> {
    /// Says whether this is the first time for `key`; never so when enough was said.
    pub(super) fn is_new(&mut self, key: K) -> bool {
        self.0.len() < MOST && self.0.insert(key)
    }
}
