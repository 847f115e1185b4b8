//! The table for people.

use super::assets::Asset;
use super::goal::Goal;
use super::measure::{Measure, Peer};
use super::samples::Samples;
use super::table::Table;

const HEAD: &str = "| what | ours | beside | theirs | theirs ÷ ours | goal |\n|---|--:|---|--:|--:|---|\n";

/// Returns all of the table.
pub(crate) fn whole(table: &Table) -> String {
    let mut text = format!("{}\n\n{HEAD}", caption(table));
    for measure in &table.measures {
        if measure.peers.is_empty() {
            text += &alone(measure);
        }
        measure.peers.iter().for_each(|peer| text += &row(measure, peer));
    }
    let left = table.left.iter().map(|goal| format!("There is a goal and no figure: {goal}."));
    let sentences = table.notes.iter().chain(&table.failures).cloned().chain(left);
    sentences.for_each(|sentence| text += &format!("\n{sentence}\n"));
    if !table.assets.is_empty() {
        text += &format!("\n{}", weights(&table.assets));
    }
    text
}

/// Returns the rows that have a goal.
pub(crate) fn goals(table: &Table) -> String {
    let mut text = format!("{}\n\n{HEAD}", caption(table));
    for measure in &table.measures {
        measure.peers.iter().filter(|peer| peer.goal.is_some()).for_each(|peer| text += &row(measure, peer));
    }
    text
}

/// Says when and how it was measured, and what the figures are.
fn caption(table: &Table) -> String {
    let (met, goals) = table.met();
    let command = if table.quick { "cargo xtask bench --quick" } else { "cargo xtask bench" };
    format!(
        "Measured on {} by `{command}`, on {} processors, with {}. Medians, and between which figures the middle half of \
         the runs was. Programs of ours are the crate compiled for speed; what a page loads is compiled for size. {met} \
         of {goals} goals are met.",
        table.date,
        table.processors,
        table.versions.join(", "),
    )
}

fn row(measure: &Measure, peer: &Peer) -> String {
    let ratio = measure.ratio(peer).map_or("–".into(), times);
    let goal = match (peer.goal, measure.is_met(peer)) {
        (Some(Goal(goal)), Some(true)) => format!("{}, met", times(goal)),
        (Some(Goal(goal)), _) => format!("{}, **missed**", times(goal)),
        (None, _) => String::new(),
    };
    let Samples { who, .. } = &peer.samples;
    format!(
        "| {} | {} | {who} | {} | {ratio} | {goal} |\n",
        title(measure),
        figure(&measure.ours),
        figure(&peer.samples)
    )
}

fn alone(measure: &Measure) -> String {
    format!("| {} | {} | | | | |\n", title(measure), figure(&measure.ours))
}

fn title(measure: &Measure) -> String {
    format!("{}, {}", measure.ours.what, measure.ours.place)
}

/// A median, and the quartiles where they differ from it.
fn figure(samples: &Samples) -> String {
    let unit = if samples.unit == "count" { String::new() } else { format!(" {}", samples.unit) };
    let (lower, upper) = samples.quartiles();
    let (median, lower, upper) = (number(samples.median()), number(lower), number(upper));
    if lower == upper { format!("{median}{unit}") } else { format!("{median}{unit} ({lower} to {upper})") }
}

/// Three digits that count, and large numbers in groups.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        value if value == 0.0 || value >= 99.95 => 0,
        value if value >= 9.995 => 1,
        _ => 2,
    };
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.trim_end_matches('0').trim_end_matches('.');
    grouped + rest
}

/// A ratio; one of which ours is the larger part is told as a fraction.
fn times(ratio: f64) -> String {
    if ratio >= 0.995 || ratio <= 0.0 { number(ratio) } else { format!("1/{}", number(1.0 / ratio)) }
}

/// What the site is made of, file by file.
fn weights(assets: &[Asset]) -> String {
    let mut text = "| file of the built site | bytes | gzip | Brotli |\n|---|--:|--:|--:|\n".to_owned();
    let sum = |bytes: fn(&Asset) -> u64| assets.iter().map(bytes).sum();
    let all = Asset {
        file: "all".into(),
        raw: sum(|asset| asset.raw),
        gzip: sum(|asset| asset.gzip),
        brotli: sum(|asset| asset.brotli),
    };
    for Asset { file, raw, gzip, brotli } in assets.iter().chain([&all]) {
        let [raw, gzip, brotli] = [raw, gzip, brotli].map(|bytes| number(*bytes as f64));
        text += &format!("| {file} | {raw} | {gzip} | {brotli} |\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::measure::{Measure, tests::samples};
    use super::{Asset, alone, number, row, times, weights};

    #[test]
    fn a_row_tells_spread_ratio_and_goal() {
        let all = [
            samples("a hop", "ours", "ns", &[50.0, 60.0, 40.0]),
            samples("a hop", "spawn_local", "ns", &[800.0]),
            samples("a hop", "a bird", "ns", &[10.0]),
        ];
        let measure = &Measure::gather(&all)[0];
        let rows: Vec<_> = measure.peers.iter().map(|peer| row(measure, peer)).collect();
        assert_eq!(
            rows[0],
            "| a hop, in Chromium | 50 ns (45 to 55) | spawn_local | 800 ns | 16 | 18, **missed** |\n"
        );
        assert_eq!(rows[1], "| a hop, in Chromium | 50 ns (45 to 55) | a bird | 10 ns | 1/5 |  |\n");
        assert_eq!(alone(measure), "| a hop, in Chromium | 50 ns (45 to 55) | | | | |\n");
    }

    #[test]
    fn numbers_have_the_digits_that_count() {
        let told = [0.0, 0.123, 9.99, 16.667, 120.4, 65_000.0, 13_245_678.0].map(number);
        assert_eq!(told, ["0", "0.12", "9.99", "16.7", "120", "65,000", "13,245,678"]);
        assert_eq!([6.0, 1.0, 1.0 / 4.5, 0.24].map(times), ["6", "1", "1/4.5", "1/4.17"]);
    }

    #[test]
    fn the_weights_end_with_their_sum() {
        let asset = |file: &str, raw| Asset { file: file.into(), raw, gzip: 2, brotli: 1 };
        let text = weights(&[asset("a.js", 1000), asset("b.wasm", 500)]);
        assert!(
            text.ends_with("| a.js | 1,000 | 2 | 1 |\n| b.wasm | 500 | 2 | 1 |\n| all | 1,500 | 4 | 2 |\n"),
            "{text}"
        );
    }
}
