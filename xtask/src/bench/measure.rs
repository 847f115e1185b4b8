//! One thing that is done: what it takes of ours, and of the peers.

use super::goal::{self, Goal};
use super::samples::Samples;

/// The same thing, done by several.
pub(crate) struct Measure {
    pub(crate) ours: Samples,
    pub(crate) peers: Vec<Peer>,
}

/// Somebody beside ours.
pub(crate) struct Peer {
    pub(crate) samples: Samples,
    pub(crate) goal: Option<Goal>,
}

impl Measure {
    /// Puts side by side what was done of the same in the same place, in the order in which ours was measured.
    pub(crate) fn gather(all: &[Samples]) -> Vec<Self> {
        let ours = all.iter().filter(|samples| samples.who == "ours");
        let measure = |ours: &Samples| {
            let beside = |samples: &&Samples| {
                samples.what == ours.what && samples.place == ours.place && samples.who != ours.who
            };
            let peer = |samples: &Samples| Peer { samples: samples.clone(), goal: goal::find(samples) };
            Self { ours: ours.clone(), peers: all.iter().filter(beside).map(peer).collect() }
        };
        ours.map(measure).collect()
    }

    /// How many times ours the peer's figure is; not known where ours is nothing.
    pub(crate) fn ratio(&self, peer: &Peer) -> Option<f64> {
        let (ours, theirs) = (self.ours.median(), peer.samples.median());
        if ours == theirs { Some(1.0) } else { Some(theirs / ours).filter(|ratio| ratio.is_finite()) }
    }

    /// Whether the goal is met, if there is one.
    pub(crate) fn is_met(&self, peer: &Peer) -> Option<bool> {
        peer.goal.map(|goal| goal.is_met(self.ours.median(), peer.samples.median()))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Measure, Samples};

    pub(crate) fn samples(what: &str, who: &str, unit: &str, samples: &[f64]) -> Samples {
        let line = serde_json::json!({ "what": what, "where": "in Chromium", "who": who, "unit": unit, "samples": samples });
        Samples::read(&line.to_string()).unwrap()
    }

    #[test]
    fn the_same_thing_stands_side_by_side() {
        let item = "an item of an async generator";
        let all = [
            samples("a hop", "ours", "ns", &[0.0]),
            samples(item, "V8's own", "ns", &[120.0]),
            samples(item, "ours", "ns", &[19.0, 21.0]),
            samples("a hop", "spawn_local", "ns", &[5.0]),
        ];
        let measures = Measure::gather(&all);
        let row = |measure: &Measure| {
            let peer = &measure.peers[0];
            (measure.peers.len(), measure.ratio(peer), measure.is_met(peer))
        };
        assert_eq!(
            measures.iter().map(row).collect::<Vec<_>>(),
            [(1, None, Some(true)), (1, Some(6.0), Some(true))]
        );
    }
}
