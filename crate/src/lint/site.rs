use super::overlap::Row;
use crate::shelf::Shelf;
use crate::trace::Place;

/// The places at which tasks wait, found by line and column; those of several files can have the same.
#[derive(Default)]
pub(super) struct Sites(Shelf<Vec<(Place, Site)>>);

impl Sites {
    /// Returns the site at a place if anybody has waited there.
    pub(super) fn get(&mut self, place: Place) -> Option<&mut Site> {
        let sites = self.0.get_mut(number(place))?;
        sites.iter_mut().find(|(at, _)| *at == place).map(|(_, site)| site)
    }

    /// Returns the site at a place, a new one if nobody has waited there.
    pub(super) fn at(&mut self, place: Place) -> &mut Site {
        let sites = self.0.get_or_default(number(place));
        let known = sites.iter().position(|(at, _)| *at == place);
        let index = known.unwrap_or_else(|| {
            sites.push((place, Site::default()));
            sites.len() - 1
        });
        &mut sites[index].1
    }
}

fn number(place: Place) -> u64 {
    (u64::from(place.line()) << 32) | u64::from(place.column())
}

/// A place of the program at which tasks wait.
#[derive(Default)]
pub(super) struct Site {
    /// How many wait there now, and how many came so far.
    pub(super) here: u32,
    pub(super) came: u32,
    /// How many tasks came for this one wait, beside others, and ended.
    pub(super) together: u32,
    /// Waits that followed each other, of which it is not known yet whether they could overlap.
    pub(super) row: Option<Row>,
}

impl Site {
    /// Says whether it was seen that what is awaited here can overlap.
    pub(super) fn is_proven(&self) -> bool {
        self.together >= 2
    }
}
