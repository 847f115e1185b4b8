use super::{Manifest, Param};
use crate::error::{Error, Result};
use crate::time::{Duration, from_secs};

/// The values with which a scenario runs: all of its parameters, checked, and the seed of what is left to chance.
///
/// ```
/// use loopscope::{Duration, scenario::Params, scenarios};
///
/// let counter = scenarios::find("async-counter")?;
/// let params = Params::new(counter.manifest(), [("delay", "0.25")])?.seeded(7);
/// assert_eq!((params.count("limit"), params.seconds("delay")), (3, Duration::from_millis(250)));
/// assert_eq!(params.seed(), 7);
/// # Ok::<(), loopscope::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Params {
    values: Vec<(&'static Param, f64)>,
    seed: u64,
}

impl Params {
    /// Takes the defaults and replaces what was given.
    ///
    /// # Errors
    ///
    /// A `ValueError` for a name that the scenario does not have, or a value that it does not allow.
    pub fn new<'a>(manifest: &Manifest, given: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut params = Params::of(manifest);
        for (name, text) in given {
            params.set(manifest, name, text)?;
        }
        Ok(params)
    }

    /// Takes the defaults.
    pub(crate) fn of(manifest: &Manifest) -> Self {
        Params { values: manifest.params.iter().map(|param| (param, param.default.get())).collect(), seed: 0 }
    }

    /// Replaces a value by what was given.
    pub(crate) fn set(&mut self, manifest: &Manifest, name: &str, text: &str) -> Result<()> {
        let Some((param, value)) = self.values.iter_mut().find(|(param, _)| param.name == name) else {
            let known = listed(&mut manifest.params.iter().map(|param| param.name));
            let known = if known.is_empty() { "it has none".into() } else { format!("it has {known}") };
            return Err(Error::value(format!("{} has no parameter \"{name}\": {known}", manifest.id)));
        };
        *value = param.parse(text)?;
        Ok(())
    }

    /// Sets the seed of what is left to chance; 0 unless it is set.
    #[must_use]
    pub fn seeded(self, seed: u64) -> Self {
        Params { seed, ..self }
    }

    /// Returns the seed of what is left to chance.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns the parameters with their values, in the order of the manifest.
    pub fn iter(&self) -> impl Iterator<Item = (&'static Param, f64)> {
        self.values.iter().copied()
    }

    /// Returns a count.
    ///
    /// # Panics
    ///
    /// Panics when the manifest has no such parameter: the scenario is at fault and not its user.
    pub fn count(&self, name: &str) -> u64 {
        self.get(name) as u64
    }

    /// Returns a time.
    ///
    /// # Panics
    ///
    /// Panics when the manifest has no such parameter: the scenario is at fault and not its user.
    pub fn seconds(&self, name: &str) -> Duration {
        from_secs(self.get(name))
    }

    /// Returns a share in percent.
    ///
    /// # Panics
    ///
    /// Panics when the manifest has no such parameter: the scenario is at fault and not its user.
    pub fn percent(&self, name: &str) -> u64 {
        self.get(name) as u64
    }

    /// Returns how often something happens in a second.
    ///
    /// # Panics
    ///
    /// Panics when the manifest has no such parameter: the scenario is at fault and not its user.
    pub fn rate(&self, name: &str) -> f64 {
        self.get(name)
    }

    fn get(&self, name: &str) -> f64 {
        let found = self.values.iter().find(|(param, _)| param.name == name);
        found.unwrap_or_else(|| panic!("the manifest has no parameter {name}")).1
    }
}

/// Names what there is to choose from.
pub(crate) fn listed(names: &mut dyn Iterator<Item = &'static str>) -> String {
    let mut all = String::new();
    for name in names {
        all.push_str(if all.is_empty() { "" } else { ", " });
        all.push_str(name);
    }
    all
}
