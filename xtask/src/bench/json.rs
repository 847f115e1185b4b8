//! The table for programs.

use serde_json::{Value, json};

use super::measure::{Measure, Peer};
use super::samples::Samples;
use super::table::Table;

/// Returns all of the table.
pub(crate) fn whole(table: &Table) -> Value {
    let assets = table.assets.iter().map(
        |asset| json!({ "file": asset.file, "raw": asset.raw, "gzip": asset.gzip, "brotli": asset.brotli }),
    );
    json!({
        "date": table.date.to_string(),
        "quick": table.quick,
        "processors": table.processors,
        "versions": table.versions,
        "measures": table.measures.iter().map(measure).collect::<Vec<_>>(),
        "assets": assets.collect::<Vec<_>>(),
        "goals_without_figure": table.left,
        "notes": table.notes,
        "failures": table.failures,
    })
}

fn measure(measure: &Measure) -> Value {
    json!({
        "what": measure.ours.what,
        "where": measure.ours.place,
        "unit": measure.ours.unit,
        "ours": figure(&measure.ours),
        "against": measure.peers.iter().map(|peer| against(measure, peer)).collect::<Vec<_>>(),
    })
}

fn against(measure: &Measure, peer: &Peer) -> Value {
    json!({
        "who": peer.samples.who,
        "theirs": figure(&peer.samples),
        "ratio": measure.ratio(peer),
        "goal": peer.goal.map(|goal| goal.0),
        "met": measure.is_met(peer),
    })
}

fn figure(samples: &Samples) -> Value {
    let (lower, upper) = samples.quartiles();
    json!({
        "median": samples.median(),
        "quartiles": [lower, upper],
        "least": samples.least(),
        "most": samples.most(),
        "runs": samples.runs(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::measure::{Measure, tests::samples};
    use super::measure;

    #[test]
    fn a_measure_tells_both_the_ratio_and_the_goal() {
        let all = [
            samples("a hop", "ours", "ns", &[50.0, 60.0, 40.0]),
            samples("a hop", "spawn_local", "ns", &[1000.0]),
        ];
        let json = measure(&Measure::gather(&all)[0]);
        assert_eq!(json["ours"]["median"], 50.0);
        assert_eq!(json["ours"]["quartiles"], serde_json::json!([45.0, 55.0]));
        let against = &json["against"][0];
        assert_eq!(
            (&against["ratio"], &against["goal"], &against["met"]),
            (&20.0.into(), &18.0.into(), &true.into())
        );
    }
}
