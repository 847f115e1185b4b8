use super::overlap::Row;

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
