//! `cargo xtask bench`: the figures, ours beside the peers, in one run.
//!
//! Programs measure, each in a process or a page of its own, and print a line of samples for each thing that is done
//! ([`samples`]). What they did of the same is put side by side ([`measure`]), with the [`goal`] there is for it.

mod assets;
mod goal;
mod ground;
mod json;
mod markdown;
mod measure;
mod readme;
mod run;
mod samples;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};

use crate::paths;

/// What is asked for on the command line.
#[derive(Args)]
pub(crate) struct Options {
    /// Repeats less: for a look, and not for the table of the README
    #[arg(long)]
    quick: bool,
    /// Measures these only
    #[arg(long, value_name = "NOUN", num_args = 1..)]
    only: Vec<Noun>,
    /// Writes the Markdown to this file too
    #[arg(long, value_name = "FILE")]
    markdown: Option<PathBuf>,
    /// Writes the JSON to this file and not to target/bench/bench.json
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Writes the rows that have a goal into README.md
    #[arg(long, conflicts_with_all = ["quick", "only"])]
    readme: bool,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Noun {
    /// Generators and turns natively, also in CPython
    Native,
    /// Generators, hops, tasks and recorded events in each browser engine
    Programs,
    /// Memory of recorded events and of sleeping tasks
    Weights,
    /// Time and bytes up to the first finished picture
    Start,
    /// Thirty widgets on one page
    Crowd,
    /// Frames of large runs
    Frames,
}

/// Measures what was asked for, and prints and writes it.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let nouns = if options.only.is_empty() { Noun::value_variants() } else { &options.only };
    let ground = ground::Ground::lay(nouns)?;
    let run = run::run(&ground, nouns, if options.quick { 3 } else { 15 });
    let table = table::Table::new(run, ground.assets, options.quick, options.only.is_empty())?;
    let markdown = markdown::whole(&table);
    print!("\n{markdown}");
    if let Some(file) = &options.markdown {
        write(file, &markdown)?;
    }
    let usual = paths::target().join("bench/bench.json");
    let file = options.json.as_ref().unwrap_or(&usual);
    write(file, &format!("{:#}\n", json::whole(&table)))?;
    println!("\nThe same as JSON: {}", file.display());
    ensure!(table.failures.is_empty(), "not all could be measured: {}", table.failures.join("; "));
    if options.readme {
        readme::write(&table)?;
    }
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
