//! Every scenario says what a program in plain asyncio says, at the same times, with the same result.
//!
//! The programs are in ../../twins, one for each scenario, and beside each what it said: a section for each set of
//! parameters, which begins with `$ name=value …`. Where a Python of 3.11 or later is on the path they are run again.
//! `UPDATE_TWINS=1 cargo test -p loopscope-tests --test twins` records them anew; a new one begins as a file of such lines.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod python;
mod section;
mod story;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs};

use loopscope::{Duration, Random, scenarios};

use crate::section::Section;

/// What the twins said, by the name of the scenario; recorded anew if that is asked for.
static TWINS: LazyLock<Vec<(&str, Vec<Section>)>> = LazyLock::new(|| {
    let update = env::var_os("UPDATE_TWINS").is_some();
    let mut twins = Vec::new();
    for id in scenarios::all().map(|scenario| scenario.manifest().id) {
        let file = folder().join(format!("{id}.txt"));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut sections = section::read(&text);
        if update {
            let python =
                python::find().expect("to record the twins needs a Python of 3.11 or later on the path");
            python::run_all(python, id, &mut sections);
            fs::write(file, section::write(&sections)).unwrap();
        }
        twins.push((id, sections));
    }
    twins
});

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("twins")
}

#[test]
fn every_scenario_says_what_its_twin_says() {
    let mut wrong = Vec::new();
    for (id, sections) in &*TWINS {
        for section in sections {
            let said = story::tell(id, &section.arguments);
            if let Some(difference) = story::difference(&said, &section.said) {
                wrong.push(format!("{id} {}: {difference}", section.arguments));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_twins_still_say_what_is_recorded() {
    let Some(python) = python::find() else {
        println!("there is no Python of 3.11 or later on the path: the twins were not run again");
        return;
    };
    let mut wrong = Vec::new();
    for (id, recorded) in &*TWINS {
        let mut again = recorded.clone();
        python::run_all(python, id, &mut again);
        for (recorded, again) in recorded.iter().zip(again) {
            if recorded.said != again.said {
                wrong.push(format!("{id} {} says now\n{}", recorded.arguments, again.said));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn several_sets_of_parameters_are_tried_where_there_are_any() {
    for scenario in scenarios::all() {
        let manifest = scenario.manifest();
        let (_, sections) = TWINS.iter().find(|(id, _)| *id == manifest.id).unwrap();
        assert_eq!(sections[0].arguments, "", "{}: the first section has the defaults", manifest.id);
        let sets: BTreeSet<_> = sections.iter().map(|section| &section.arguments).collect();
        let least = if manifest.params.is_empty() && !manifest.seeded { 1 } else { 3 };
        assert!(sets.len() >= least, "{} has {} sections, of {least}", manifest.id, sets.len());
    }
}

#[test]
fn every_twin_is_one_of_a_scenario() {
    let ours: BTreeSet<String> = scenarios::all().map(|scenario| scenario.manifest().id.to_owned()).collect();
    for entry in fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let (stem, kind) = name.rsplit_once('.').unwrap_or((&name, ""));
        let shared = ["twin", "chance", "bucket", "__pycache__"].contains(&stem);
        assert!(
            shared || ["py", "txt"].contains(&kind) && ours.contains(stem),
            "{name} belongs to no scenario"
        );
    }
}

#[test]
fn chance_is_the_same_in_rust_and_in_python() {
    let millis = Duration::from_millis;
    let numbers = |seed| {
        let mut random = Random::new(seed);
        let ends = [0, 1, 2, 6, 100, 10_000_019, 1 << 63, (1 << 63) + 1, u64::MAX];
        let mut numbers: Vec<u64> = ends.map(|n| random.below(n)).to_vec();
        let spans = [(500, 2000), (0, 1), (3000, 3000), (2000, 1000), (100, 500)];
        let seconds = spans.map(|(from, to)| random.seconds(millis(from), millis(to)).as_millis() as u64);
        numbers.extend(seconds);
        numbers.extend([0, 5, 50, 95, 100].map(|percent| u64::from(random.chance(percent))));
        let words: Vec<_> = std::iter::once(seed).chain(numbers).map(|number| number.to_string()).collect();
        words.join(" ") + "\n"
    };
    let rust: String = (0..20).chain([4711, 1 << 53, u64::MAX]).map(numbers).collect();
    assert_eq!(rust, fs::read_to_string(folder().join("chance.txt")).unwrap());
    if let Some(python) = python::find() {
        assert_eq!(rust, python::run(python, &["chance.py"]));
    }
}
