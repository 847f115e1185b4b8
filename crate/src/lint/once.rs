use crate::trace::Place;

/// How many things one lint may speak of in a run: a reader has seen enough then.
const MOST: usize = 64;

/// Of what something was said already, a task or a queue and a place: nothing is said twice.
#[derive(Default)]
pub(super) struct Once(Vec<(u32, Option<Place>)>);

impl Once {
    /// Says whether this is the first time for both; never so when enough was said.
    #[inline(never)]
    pub(super) fn is_new(&mut self, of: u32, place: Option<Place>) -> bool {
        let is_new = self.0.len() < MOST && !self.0.contains(&(of, place));
        if is_new {
            self.0.push((of, place));
        }
        is_new
    }
}
