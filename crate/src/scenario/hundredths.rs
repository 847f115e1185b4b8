use std::fmt::{self, Display, Formatter};

/// A number from 0 on with two decimals at most, in four bytes: every page carries some two hundred of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(u32);

impl Hundredths {
    /// Takes a number that has no more decimals.
    ///
    /// # Panics
    ///
    /// It has more, or is out of range.
    pub const fn new(number: f64) -> Hundredths {
        let hundredths = Hundredths((number * 100.0 + 0.5) as u32);
        assert!(hundredths.get() == number, "it has more than two decimals, or is too large");
        hundredths
    }

    /// Returns the number.
    pub const fn get(self) -> f64 {
        self.0 as f64 / 100.0
    }
}

impl Display for Hundredths {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.get().fmt(f)
    }
}
