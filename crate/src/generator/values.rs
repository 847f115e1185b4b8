use super::Gen;
use crate::error::Result;

/// The generator as an iterator of results.
impl<Y, R, S> Iterator for Gen<Y, R, S> {
    type Item = Result<Y>;

    fn next(&mut self) -> Option<Result<Y>> {
        self.step()
    }
}

/// Iterates over a borrowed [`Gen`]. Made by [`Gen::by_ref`].
pub struct Values<'g, Y, R, S>(&'g Gen<Y, R, S>);

impl<'g, Y, R, S> Values<'g, Y, R, S> {
    pub(super) fn new(generator: &'g Gen<Y, R, S>) -> Self {
        Values(generator)
    }
}

impl<Y, R, S> Iterator for Values<'_, Y, R, S> {
    type Item = Result<Y>;

    fn next(&mut self) -> Option<Result<Y>> {
        self.0.step()
    }
}
