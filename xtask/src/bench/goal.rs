//! What was set as a goal, and for which of the figures.

use super::measure::Measure;
use super::samples::Samples;

/// How the peer's figure must be to ours: so many times as much, or more. Below 1 ours may be the larger one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Goal(pub(crate) f64);

impl Goal {
    /// Whether it is met.
    pub(crate) fn is_met(self, ours: f64, theirs: f64) -> bool {
        ours * self.0 <= theirs
    }
}

/// Goals by what is done, where, and whose program the peer is, each as it begins.
const GOALS: &[(&str, &str, &str, Goal)] = &[
    ("an item of an async generator", "natively", "CPython 3.11", Goal(6.0)),
    ("an item through 5 async generators", "natively", "CPython 3.11", Goal(6.0)),
    ("an item of an async generator", "natively", "async-stream", Goal(1.0 / 4.5)),
    ("an item through 5 async generators", "natively", "async-stream", Goal(1.0 / 4.5)),
    ("an item of an async generator", "in Chromium", "V8's own", Goal(6.0)),
    ("an item through 5 async generators", "in Chromium", "V8's own", Goal(6.0)),
    ("a hop", "in Chromium", "spawn_local", Goal(18.0)),
    ("a task of 100,000 that sleep at once", "in Chromium", "promises", Goal(1.0)),
    ("memory of a task of 100,000 that sleep at once", "in Chromium", "promises", Goal(1.0)),
    ("what is sent until then, gzip", "in Chromium", "asciinema-player", Goal(1.0)),
    ("what is sent until then, gzip", "in Chromium", "the limit", Goal(1.0)),
    ("from navigation to the first finished picture", "in Chromium", "Pyodide", Goal(20.0)),
    ("from navigation to the first finished picture", "in Chromium", "MicroPython", Goal(1.0)),
    ("100,000 events", "in Chromium", "a frame", Goal(1.0)),
    ("1,000,000 events", "in Chromium", "two frames", Goal(1.0)),
    ("requests of 30 widgets", "in Chromium", "one widget", Goal(1.0)),
    ("workers of 30 widgets", "in Chromium", "one widget", Goal(1.0)),
    ("wasm instances of 30 widgets", "in Chromium", "one widget", Goal(1.0)),
    ("script run by 30 widgets far away", "in Chromium", "none", Goal(1.0)),
];

/// Returns the goal for a figure of a peer.
pub(crate) fn find(samples: &Samples) -> Option<Goal> {
    GOALS.iter().find(|goal| is_for(goal, samples)).map(|(.., goal)| *goal)
}

/// Returns those that no figure was measured for, each as a sentence says it.
pub(crate) fn left(measures: &[Measure]) -> Vec<String> {
    let peers = || measures.iter().flat_map(|measure| &measure.peers);
    let left = GOALS.iter().filter(|goal| !peers().any(|peer| is_for(goal, &peer.samples)));
    left.map(|(what, place, who, _)| format!("{what}, {place}, beside {who}")).collect()
}

fn is_for((what, place, who, _): &(&str, &str, &str, Goal), samples: &Samples) -> bool {
    samples.what.starts_with(what) && samples.place == *place && samples.who.starts_with(who)
}

#[cfg(test)]
mod tests {
    use super::super::measure::{Measure, tests::samples};
    use super::{Goal, find, left};

    #[test]
    fn six_times_faster_is_a_sixth_or_less() {
        assert!(Goal(6.0).is_met(1.0, 6.1) && !Goal(6.0).is_met(1.0, 5.9));
        assert!(Goal(0.25).is_met(3.9, 1.0) && !Goal(0.25).is_met(4.1, 1.0));
        assert!(Goal(1.0).is_met(0.0, 0.0));
    }

    #[test]
    fn a_goal_is_found_by_how_names_begin() {
        let item = |who| samples("an item of an async generator", who, "ns", &[1.0]);
        assert_eq!(find(&item("V8's own")), Some(Goal(6.0)));
        assert_eq!(find(&item("a bird")), None);
        let measures = Measure::gather(&[item("ours"), item("V8's own")]);
        assert_eq!(left(&measures).len(), left(&[]).len() - 1);
    }
}
