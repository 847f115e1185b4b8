//! `cargo xtask fuzz`: looks for inputs that break what reads them, each branch that is found deciding what is tried next.
//!
//! The Rust targets run under libFuzzer by cargo-fuzz, the JavaScript ones in a loop of our own (fuzz/js/fuzz.js says why).
//! What was found of interest is kept in fuzz/corpus, as few and as small inputs as will do, and the tests try it again.

use std::process::Command;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::{npm, run, tools};

const NIGHTLY: &str = "nightly";

/// What reads something from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Target {
    /// Rust: what is typed for a scenario's parameters
    Parameters,
    /// Rust: the recorder, its texts and batches
    Record,
    /// JavaScript: share links
    Address,
    /// JavaScript: what stands on a tag
    Attributes,
    /// JavaScript: the batches of columns that the engine hands over
    Columns,
    /// JavaScript: saved runs that are well-formed and untrue
    Made,
    /// JavaScript: saved runs, byte by byte
    Saved,
}

/// Fuzzes the targets named, or all, each for so many seconds.
pub(crate) fn fuzz(named: &[Target], seconds: u32) -> Result<()> {
    let targets = if named.is_empty() { Target::value_variants() } else { named };
    for target in targets {
        let name = format!("{target:?}").to_lowercase();
        match target {
            Target::Parameters | Target::Record => rust(&name, seconds)?,
            _ => js(&name, seconds)?,
        }
    }
    Ok(())
}

fn rust(name: &str, seconds: u32) -> Result<()> {
    toolchain()?;
    run::run(cargo_fuzz()?.args(["run", name, "--"]).args([
        &format!("-max_total_time={seconds}"),
        "-max_len=1024",
        "-timeout=20",
        "-print_final_stats=1",
        "-verbosity=0",
    ]))?;
    // Each way once, however often it is gone.
    run::run(cargo_fuzz()?.args(["cmin", name, "--", "-use_counters=0", "-verbosity=0"]))
}

/// The command, of which the tool's name is a part.
fn cargo_fuzz() -> Result<Command> {
    let mut command = run::command(tools::CARGO_FUZZ.install()?);
    // The sanitizers need it; what runs us has said that another one is to be used.
    command.env("RUSTUP_TOOLCHAIN", NIGHTLY).env_remove("CARGO").env_remove("RUSTC");
    Ok(command)
}

fn toolchain() -> Result<()> {
    let there = run::output(run::command("rustup").args(["run", NIGHTLY, "rustc", "--version"]));
    if there.is_ok() {
        return Ok(());
    }
    let install = ["toolchain", "install", NIGHTLY, "--profile=minimal"];
    if let Err(error) = run::output(run::command("rustup").args(install)) {
        bail!("the nightly toolchain could not be installed, is there a network? {error}");
    }
    Ok(())
}

fn js(name: &str, seconds: u32) -> Result<()> {
    npm::install_in("fuzz/js")?;
    run::run(run::command("node").args(["fuzz/js/fuzz.js", name, &seconds.to_string()]))
}
