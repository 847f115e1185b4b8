use super::{Hundredths, decimal};
use crate::error::{Error, Result};

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A whole number of things.
    Count,
    /// A time in seconds.
    Seconds,
    /// A share of a hundred, in whole percent.
    Percent,
    /// How often in a second.
    Rate,
}

impl Type {
    /// Says whether only whole numbers are allowed.
    pub fn is_whole(self) -> bool {
        matches!(self, Type::Count | Type::Percent)
    }
}

/// A parameter of a scenario.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name in addresses and attributes.
    pub name: &'static str,
    /// What it is.
    pub kind: Type,
    /// What it is unless it is set.
    pub default: Hundredths,
    /// The least it can be.
    pub min: Hundredths,
    /// The most it can be.
    pub max: Hundredths,
}

impl Param {
    /// Returns its name for people.
    pub fn label(&self) -> String {
        self.name.replace('_', " ")
    }

    /// Returns the unit; empty for a count.
    pub fn unit(&self) -> &'static str {
        match self.kind {
            Type::Count => "",
            Type::Seconds => "s",
            Type::Percent => "%",
            Type::Rate => "per second",
        }
    }

    /// Returns the step of a slider.
    pub fn step(&self) -> f64 {
        match self.kind {
            Type::Count | Type::Percent => 1.0,
            Type::Seconds => 0.01,
            Type::Rate => 0.1,
        }
    }

    /// Reads a value as a person typed it.
    ///
    /// # Errors
    ///
    /// A `ValueError` that names the parameter, the value and what is allowed.
    pub fn parse(&self, text: &str) -> Result<f64> {
        let Param { name, .. } = self;
        let (min, max) = (self.min.get(), self.max.get());
        let what = match self.kind {
            Type::Count => "a whole number",
            Type::Seconds => "a number of seconds",
            Type::Percent => "a whole number of percent",
            Type::Rate => "a number per second",
        };
        let value = decimal::read(text.trim());
        let whole = |value: &f64| !self.kind.is_whole() || value.fract() == 0.0;
        value.filter(whole).filter(|value| (min..=max).contains(value)).ok_or_else(|| {
            // A pasted novel would push the rest of the sentence off the screen.
            let end = text.char_indices().nth(40).map_or(text.len(), |(end, _)| end);
            let (shown, more) = (&text[..end], if end < text.len() { "…" } else { "" });
            let (min, max) = (decimal::show(min), decimal::show(max));
            Error::value(format!("{name} must be {what} from {min} to {max}, not \"{shown}{more}\""))
        })
    }
}
