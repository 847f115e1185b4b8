//! What ran, where, and with what result.

use std::collections::BTreeMap;

use crate::count::Count;
use crate::engine::Engine;

/// Where tests run: on this machine, or in a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Native,
    Js,
    Wasm(Engine),
    Docs,
    Page(Engine),
}

impl Place {
    /// The place as a sentence names it.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Native => "native".into(),
            Self::Js => "js".into(),
            Self::Wasm(engine) => format!("wasm in {}", engine.name()),
            Self::Docs => "docs sites in chromium".into(),
            Self::Page(engine) => format!("page in {}", engine.name()),
        }
    }
}

/// The numbers of a whole `cargo xtask test`.
#[derive(Default)]
pub(crate) struct Report {
    counts: BTreeMap<Place, Count>,
    /// Sentences about what went wrong without a number.
    errors: Vec<String>,
    /// What a reader of the numbers must know, though nothing is counted as a failure.
    notes: Vec<String>,
}

impl Report {
    /// Notes what a runner counted, and says so if tests failed.
    pub(crate) fn add(&mut self, place: Place, count: Count) {
        if count.failed > 0 {
            eprintln!("error: {} of {} tests failed: {}", count.failed, count.ran(), place.name());
        }
        *self.counts.entry(place).or_default() += count;
    }

    /// Notes something that went wrong and says so.
    pub(crate) fn fail(&mut self, sentence: String) {
        eprintln!("error: {sentence}");
        self.errors.push(sentence);
    }

    /// Notes what the numbers do not tell: it stands under the table.
    pub(crate) fn note(&mut self, sentence: String) {
        println!("\n{sentence}");
        self.notes.push(sentence);
    }

    /// Whether anything went wrong so far.
    pub(crate) fn has_failed(&self) -> bool {
        !self.errors.is_empty() || self.total().failed > 0
    }

    /// All numbers in one. What failed without a number, such as a crash of the runner, counts as one failure.
    fn total(&self) -> Count {
        let mut total: Count = self.counts.values().copied().sum();
        total.failed += self.errors.len() as u32;
        total
    }

    /// The lines that end the output: a table and the sum.
    pub(crate) fn table(&self) -> String {
        let width = self.counts.keys().map(|place| place.name().len()).max().unwrap_or(0);
        let mut text = String::new();
        for (place, count) in &self.counts {
            text += &format!("{:width$}  {count}\n", place.name());
        }
        let total = self.total();
        text += &format!("{} passed, {} failed", total.passed, total.failed);
        for note in &self.notes {
            text += &format!("\n{note}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_with_the_sum() {
        let mut report = Report::default();
        report.add(Place::Wasm(Engine::Firefox), Count { passed: 2, failed: 0, ignored: 1 });
        report.add(Place::Native, Count { passed: 40, failed: 0, ignored: 0 });
        assert!(!report.has_failed());
        assert_eq!(
            report.table(),
            "native           40 passed\nwasm in firefox  2 passed, 1 ignored\n42 passed, 0 failed"
        );
    }

    #[test]
    fn a_note_stands_under_the_sum_and_is_no_failure() {
        let mut report = Report::default();
        report.note("webkit: at the second try".into());
        assert!(!report.has_failed());
        assert_eq!(report.table(), "0 passed, 0 failed\nwebkit: at the second try");
    }

    #[test]
    fn a_failure_without_a_number_counts() {
        let mut report = Report::default();
        report.fail("`cargo fmt` failed".into());
        assert!(report.has_failed());
        assert_eq!(report.table(), "0 passed, 1 failed");
    }
}
