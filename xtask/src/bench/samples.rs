//! What one program took, time after time.

use anyhow::{Context, Result};
use serde_json::Value;

/// A line of a program's output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Samples {
    /// What was done.
    pub(crate) what: String,
    /// Natively, or in which browser.
    pub(crate) place: String,
    /// Whose program did it.
    pub(crate) who: String,
    pub(crate) unit: String,
    /// From the least to the most; there is at least one.
    sorted: Vec<f64>,
}

impl Samples {
    /// Reads a line of JSON.
    pub(crate) fn read(line: &str) -> Result<Self> {
        let value: Value = serde_json::from_str(line).with_context(|| format!("no JSON: {line}"))?;
        let text =
            |name| value[name].as_str().map(str::to_owned).with_context(|| format!("no {name} in {line}"));
        let sorted: Option<Vec<f64>> =
            value["samples"].as_array().and_then(|list| list.iter().map(Value::as_f64).collect());
        let mut sorted =
            sorted.filter(|list| !list.is_empty()).with_context(|| format!("no samples in {line}"))?;
        sorted.sort_by(f64::total_cmp);
        Ok(Self {
            what: text("what")?,
            place: text("where")?,
            who: text("who")?,
            unit: text("unit")?,
            sorted,
        })
    }

    pub(crate) fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// The quartiles, between which the middle half of the samples is.
    pub(crate) fn quartiles(&self) -> (f64, f64) {
        (self.at(0.25), self.at(0.75))
    }

    pub(crate) fn least(&self) -> f64 {
        self.at(0.0)
    }

    pub(crate) fn most(&self) -> f64 {
        self.at(1.0)
    }

    /// How often it was measured.
    pub(crate) fn runs(&self) -> usize {
        self.sorted.len()
    }

    /// The sample at a part of the way from the least to the most, between two of them in proportion.
    fn at(&self, part: f64) -> f64 {
        let place = part * (self.sorted.len() - 1) as f64;
        let (low, high) = (self.sorted[place.floor() as usize], self.sorted[place.ceil() as usize]);
        low + (high - low) * place.fract()
    }
}

#[cfg(test)]
mod tests {
    use super::Samples;

    #[test]
    fn the_spread_is_that_of_the_samples() {
        let line = r#"{"what": "a", "where": "b", "who": "c", "unit": "ns", "samples": [4, 1, 2.5, 2]}"#;
        let samples = Samples::read(line).unwrap();
        assert_eq!((samples.least(), samples.median(), samples.most()), (1.0, 2.25, 4.0));
        assert_eq!((samples.quartiles(), samples.runs()), ((1.75, 2.875), 4));
    }

    #[test]
    fn a_line_without_samples_is_refused() {
        for line in ["", "{}", r#"{"what": "a", "where": "b", "who": "c", "unit": "ns", "samples": []}"#] {
            assert!(Samples::read(line).is_err(), "{line}");
        }
    }
}
