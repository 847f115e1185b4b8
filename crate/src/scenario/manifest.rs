use super::Param;

/// What is known of a scenario without running it.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its name in addresses and attributes. Its text is [`scenarios::source`](crate::scenarios::source), and what it
    /// shows tells [`scenarios::about`](crate::scenarios::about).
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The chapter it stands in.
    pub chapter: &'static str,
    /// What can be set.
    pub params: &'static [Param],
    /// Whether the run's seed makes a difference: something is left to chance.
    pub seeded: bool,
}

impl Manifest {
    /// Returns the file of the program, as events name it.
    pub fn file(&self) -> String {
        format!("scenarios/{}.rs", self.id.replace('-', "_"))
    }
}
