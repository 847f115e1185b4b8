//! Which functions the programs really run, and which stretches of these.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::{npm, run};

/// What is rare in a function runs for less than one in so many of the programs that run the function.
const RARE: usize = 2;

/// The marks that were set.
pub(super) struct Ran {
    /// Until a program starts.
    opening: BTreeSet<usize>,
    /// For each program, by the name of its module.
    programs: BTreeMap<String, BTreeSet<usize>>,
    /// The marks of the functions' beginnings, by their names: some functions go by the same one.
    functions: BTreeMap<String, BTreeSet<usize>>,
}

impl Ran {
    /// Runs every program as it is by itself, on both clocks, in Node.js; nothing is known where there is none.
    ///
    /// The wasm has marks; in the folder is its glue.
    pub(super) fn watch(marked: &[u8], folder: &Path) -> Result<Option<Ran>> {
        if !npm::is_here() {
            println!(
                "There is no Node.js here: what programs rarely need of the wasm is fetched with the rest"
            );
            return Ok(None);
        }
        let file = folder.join("watched.wasm");
        fs::write(&file, marked)?;
        let said = run::output(run::command("node").arg("xtask/watch/programs.js").arg(folder));
        fs::remove_file(&file)?;
        Ran::read(&said.context("the programs could not be watched")?).map(Some)
    }

    /// Reads what the script says: for each program the numbers of the marks that were set.
    fn read(said: &str) -> Result<Ran> {
        let seen: BTreeMap<String, BTreeSet<usize>> = serde_json::from_str(said)?;
        for (id, marks) in &seen {
            ensure!(!marks.is_empty(), "nothing ran for \"{id}\"");
        }
        let mut programs: BTreeMap<_, _> =
            seen.into_iter().map(|(id, marks)| (id.replace('-', "_"), marks)).collect();
        let opening = programs.remove("").context("nothing was seen of the opening")?;
        Ok(Ran { opening, programs, functions: BTreeMap::new() })
    }

    /// Says which mark is at the beginning of a function.
    pub(super) fn name(&mut self, function: String, mark: usize) {
        self.functions.entry(function).or_default().insert(mark);
    }

    /// Whether this function ran before a program started, or for each of them.
    pub(super) fn always(&self, function: &str) -> bool {
        self.is_in(function, &self.opening) || self.programs.values().all(|ran| self.is_in(function, ran))
    }

    /// Whether this function ran for one program.
    pub(super) fn by(&self, program: &str, function: &str) -> bool {
        self.programs.get(program).is_some_and(|ran| self.is_in(function, ran))
    }

    /// Whether one that goes by this name is among what ran.
    fn is_in(&self, function: &str, ran: &BTreeSet<usize>) -> bool {
        self.functions.get(function).is_some_and(|marks| !marks.is_disjoint(ran))
    }

    /// Whether a stretch ran for few of those that ran the function that begins with the first mark.
    pub(super) fn rarely(&self, beginning: usize, stretch: usize) -> bool {
        let among = |mark: usize| {
            self.programs.values().filter(|ran| ran.contains(&beginning) && ran.contains(&mark)).count()
        };
        !self.opening.contains(&stretch)
            && (among(stretch) * RARE < among(beginning)
                // It ran before all programs, and for none.
                || among(beginning) == 0 && self.opening.contains(&beginning))
    }
}

#[cfg(test)]
mod tests {
    use super::Ran;

    fn ran() -> Ran {
        let mut ran =
            Ran::read(r#"{"": [0], "one-a": [1, 2], "one-b": [1], "one-c": [1], "one-d": [1]}"#).unwrap();
        for (mark, name) in ["init", "always", "once"].into_iter().enumerate() {
            ran.name(name.to_owned(), mark);
        }
        // Another that goes by the same name, and never runs.
        ran.name("always".to_owned(), 9);
        ran
    }

    #[test]
    fn what_one_program_needs_is_not_what_all_need() {
        let always = ["init", "always", "once", "who"].map(|function| ran().always(function));
        assert_eq!(always, [true, true, false, false]);
        assert!(ran().by("one_a", "once") && !ran().by("one_b", "once"));
    }

    #[test]
    fn what_few_of_them_run_is_rare() {
        assert!(ran().rarely(1, 2) && ran().rarely(1, 3) && ran().rarely(0, 3));
        assert!(!ran().rarely(1, 0) && !ran().rarely(2, 1) && !ran().rarely(3, 4));
    }

    #[test]
    fn a_program_that_was_not_watched_is_refused() {
        assert!(Ran::read(r#"{"": [0], "one-a": []}"#).is_err());
        assert!(Ran::read(r#"{"one-a": [0]}"#).is_err());
    }
}
