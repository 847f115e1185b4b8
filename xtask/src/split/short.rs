//! Short names for what one part hands to another.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use walrus::Function;

/// What they are made of, two at a time.
const LETTERS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-";

/// Names by the functions' indices, which are the same in all copies of the module.
pub(super) struct Short(BTreeMap<usize, usize>);

impl Short {
    /// Names these in the order in which they stand in the module: names that follow one another pack well.
    pub(super) fn new<'a>(functions: impl Iterator<Item = &'a Function>) -> Result<Short> {
        let numbers: BTreeMap<_, _> = functions.map(|function| function.id().index()).zip(0..).collect();
        ensure!(
            numbers.len() <= LETTERS.len().pow(2),
            "two letters are too few to name {} functions",
            numbers.len()
        );
        Ok(Short(numbers))
    }

    /// The name of this function.
    pub(super) fn of(&self, function: &Function) -> String {
        let number = self.0[&function.id().index()];
        [number / LETTERS.len(), number % LETTERS.len()]
            .map(|letter| char::from(LETTERS[letter]))
            .into_iter()
            .collect()
    }
}
