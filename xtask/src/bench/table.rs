//! All that one run has measured.

use anyhow::Result;
use time::{Date, OffsetDateTime};

use super::assets::Asset;
use super::goal;
use super::measure::Measure;
use super::run::Run;

/// The measures, and what a reader must know of them.
pub(crate) struct Table {
    pub(crate) date: Date,
    /// Whether it was repeated less than it should.
    pub(crate) quick: bool,
    /// How many processors the machine has.
    pub(crate) processors: usize,
    /// Which browsers and Pythons it was.
    pub(crate) versions: Vec<String>,
    pub(crate) measures: Vec<Measure>,
    pub(crate) assets: Vec<Asset>,
    /// Goals for which there is no figure.
    pub(crate) left: Vec<String>,
    /// What is not here and was not measured.
    pub(crate) notes: Vec<String>,
    /// What broke down.
    pub(crate) failures: Vec<String>,
}

impl Table {
    /// Puts it together; `whole` says whether everything should be in it.
    pub(crate) fn new(run: Run, assets: Vec<Asset>, quick: bool, whole: bool) -> Result<Self> {
        let measures = Measure::gather(&run.samples);
        let left = if whole { goal::left(&measures) } else { Vec::new() };
        Ok(Self {
            date: OffsetDateTime::now_utc().date(),
            quick,
            processors: std::thread::available_parallelism()?.get(),
            versions: run.versions,
            measures,
            assets,
            left,
            notes: run.notes,
            failures: run.failures,
        })
    }

    /// How many goals are met, and how many there are.
    pub(crate) fn met(&self) -> (usize, usize) {
        let goals: Vec<_> = self
            .measures
            .iter()
            .flat_map(|measure| measure.peers.iter().filter_map(|peer| measure.is_met(peer)))
            .collect();
        (goals.iter().filter(|met| **met).count(), goals.len())
    }
}
