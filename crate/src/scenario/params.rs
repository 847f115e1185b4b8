use super::{Manifest, Param};
use crate::error::{Error, Result};
use crate::time::Duration;

/// The values with which a scenario runs: all of its parameters, checked.
#[derive(Clone, Debug)]
pub struct Params {
    values: Vec<(&'static Param, f64)>,
}

impl Params {
    /// Takes the defaults and replaces what was given.
    ///
    /// # Errors
    ///
    /// A `ValueError` for a name that the scenario does not have, or a value that it does not allow.
    pub fn new<'a>(manifest: &Manifest, given: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut values: Vec<_> = manifest.params.iter().map(|param| (param, param.default)).collect();
        for (name, text) in given {
            let Some((param, value)) = values.iter_mut().find(|(param, _)| param.name == name) else {
                let known: Vec<_> = manifest.params.iter().map(|param| param.name).collect();
                let known = if known.is_empty() {
                    "it has none".into()
                } else {
                    format!("it has {}", known.join(", "))
                };
                return Err(Error::value(format!("{} has no parameter \"{name}\": {known}", manifest.id)));
            };
            *value = param.parse(text)?;
        }
        Ok(Params { values })
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
        Duration::from_secs_f64(self.get(name))
    }

    fn get(&self, name: &str) -> f64 {
        let found = self.values.iter().find(|(param, _)| param.name == name);
        found.unwrap_or_else(|| panic!("the manifest has no parameter {name}")).1
    }
}
