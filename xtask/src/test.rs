//! `cargo xtask test`: everything there is.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::ValueEnum;

use crate::engine::Engine;
use crate::report::Report;
use crate::step::Step;
use crate::{apt, npm, python, tools};

/// Runs the steps named, or all; in the engines named, or all.
pub(crate) fn test(only: &[Step], engines: &[Engine]) -> Result<ExitCode> {
    let steps = chosen(only);
    let engines = chosen(engines);
    set_up(&steps, &engines)?;

    let mut report = Report::default();
    let mut left = steps.iter();
    for step in left.by_ref() {
        let name = name(*step);
        println!("\n== {name}");
        let start = Instant::now();
        if let Err(error) = step.run(&engines, &mut report) {
            report.fail(format!("{name}: {error:#}"));
        }
        println!("== {name}: {:.0} s", start.elapsed().as_secs_f64());
        // The steps go from cheap to dear: what is dear can wait for a repair.
        if report.has_failed() {
            break;
        }
    }
    tools::clean();
    println!("\n{}", report.table());
    let left: Vec<_> = left.map(|step| name(*step)).collect();
    if !left.is_empty() {
        println!("not run: {}", left.join(", "));
    }
    if steps.contains(&Step::Native) && python::find().is_none() {
        println!("not run again: the twins in Python, since there is no Python of 3.11 or later on PATH");
    }
    Ok(if report.has_failed() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The step as the command line names it.
fn name(step: Step) -> String {
    format!("{step:?}").to_lowercase()
}

/// What was chosen, in order and once; everything if nothing was.
fn chosen<T: ValueEnum + Copy + Ord>(named: &[T]) -> Vec<T> {
    let mut chosen = if named.is_empty() { T::value_variants().to_vec() } else { named.to_vec() };
    chosen.sort();
    chosen.dedup();
    chosen
}

/// Installs what a later step would miss, before any time is spent.
fn set_up(steps: &[Step], engines: &[Engine]) -> Result<()> {
    if steps.iter().any(|step| step.needs_node()) {
        npm::install()?;
    }
    if steps.iter().any(|step| step.needs_browsers()) {
        apt::install(engines)?;
    }
    if steps.contains(&Step::Docs) {
        apt::install_python()?;
    }
    Ok(())
}
