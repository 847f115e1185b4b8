//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use clap::{CommandFactory, Parser, Subcommand};

use crate::engine::Engine;
use crate::fuzz::Target;
use crate::step::Step;
use crate::{bake, bench, build, fuzz, serve, soak, test};

/// loopscope's own commands. Each does its own set-up.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the wasm and serves www/ at http://localhost:8000
    ///
    /// Needs rustup only: adds the wasm target if it is missing. Files are served as they are and never cached, so an
    /// edited page needs a reload only; edited Rust needs a new start.
    Serve {
        /// The port to listen on, 1 to 65535
        // Text, so that a wrong one is answered in our words and in one sentence.
        #[arg(long, default_value = "8000", value_name = "N", allow_negative_numbers = true)]
        port: String,
    },
    /// Runs everything: formatting, lints, native tests, and the wasm and page tests in three browser engines
    ///
    /// Needs rustup and Node.js. Installs what is missing: browsers with apt-get where it may, tools with
    /// `cargo install` into target/tools, npm packages from the lock file. The last lines count what ran where.
    Test {
        /// Runs these steps only
        #[arg(long, value_name = "STEP", num_args = 1..)]
        only: Vec<Step>,
        /// Uses these browser engines only
        #[arg(long, value_name = "ENGINE", num_args = 1..)]
        engine: Vec<Engine>,
    },
    /// Makes dist/: the site for any static host, and dist/npm/, the npm package
    ///
    /// The wasm is optimised by wasm-opt, which comes from npm where there is Node.js, from PATH, or is built by
    /// `cargo install` into target/tools. Prints what a reader downloads.
    Build {
        /// Keeps the folders of the last N builds, for readers whose browser still has an old entry file
        #[arg(long, default_value_t = 0, value_name = "N")]
        keep: usize,
    },
    /// Writes what each `<loop-scope>` of these HTML and Markdown files shows into its tag, for readers without JavaScript
    ///
    /// Runs the programs in Node.js, on the virtual clock. The picture, the output and what happened in words go between
    /// two marks; all the rest of the file stays as it is, to the byte.
    Bake {
        /// Writes nothing, and fails with a sentence for each tag that is not up to date
        #[arg(long)]
        check: bool,
        /// Puts the picture into an `<img>`, for templates and policies that refuse `<style>`
        #[arg(long)]
        image: bool,
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Measures ours beside the peers, natively, in CPython and in the browser engines, in one run
    ///
    /// Prints Markdown and writes the same as JSON. Needs rustup and Node.js, which brings the peers of a page from npm; Firefox,
    /// WebKit and the Pythons are measured where they are, and a sentence tells what is not here. Takes half an hour.
    Bench(bench::Options),
    /// Fuzzes what reads links, tags, saved runs, parameters and batches, and keeps what it finds in fuzz/corpus
    ///
    /// Needs Node.js, and for the Rust targets a nightly toolchain and a C++ compiler; installs what else is missing. The
    /// ordinary tests try the kept inputs again.
    Fuzz {
        /// These targets only
        #[arg(value_name = "TARGET")]
        targets: Vec<Target>,
        /// How long each is fuzzed
        #[arg(long, default_value_t = 60, value_name = "N")]
        seconds: u32,
    },
    /// Runs all programs over and over in Chromium, and fails if anything leaks, is lost, or is not as the first time
    ///
    /// Prints how large the wasm's memory and JavaScript's heap are, every few minutes.
    Soak {
        /// Minutes on the virtual clock, one run after the other
        #[arg(long = "virtual", default_value_t = 60.0, value_name = "MINUTES", value_parser = minutes)]
        instant: f64,
        /// Minutes on the wall clock, all programs together
        #[arg(long, default_value_t = 10.0, value_name = "MINUTES", value_parser = minutes)]
        live: f64,
    },
}

/// Reads a length of time; up to a week.
fn minutes(text: &str) -> Result<f64> {
    text.parse()
        .ok()
        .filter(|minutes| (0.0..=10080.0).contains(minutes))
        .context("it has to be a number from 0 to 10080")
}

/// Reads the arguments and runs the command they name.
pub(crate) fn start() -> Result<ExitCode> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            print!("{error}");
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(sentence(&error, std::env::args().nth(1).as_deref())),
    };
    match cli.command {
        Command::Test { only, engine } => return test::test(&only, &engine),
        Command::Serve { port } => serve::serve(&port)?,
        Command::Build { keep } => build::build(keep)?,
        Command::Bake { check, image, files } => return bake::bake(check, image, &files),
        Command::Fuzz { targets, seconds } => fuzz::fuzz(&targets, seconds)?,
        Command::Bench(options) => bench::bench(&options)?,
        Command::Soak { instant, live } => soak::soak(instant, live)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes one sentence of clap's paragraph with tips and usage.
fn sentence(error: &clap::Error, first_argument: Option<&str>) -> anyhow::Error {
    let text = error.to_string();
    if text.starts_with("error:") {
        // Its first paragraph says what is wrong, the others are tips and usage.
        let first = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        anyhow!("{first}, see `{} --help`", command(first_argument))
    } else {
        // Without a command clap answers with the whole help.
        anyhow!("a command is missing, see `cargo xtask --help`")
    }
}

/// The command that the first argument names, `cargo xtask` if it is none of ours.
fn command(first: Option<&str>) -> String {
    match first.filter(|name| Cli::command().find_subcommand(name).is_some()) {
        Some(name) => format!("cargo xtask {name}"),
        None => "cargo xtask".into(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Cli, sentence};

    fn said(words: &[&str]) -> String {
        let error = Cli::try_parse_from(["cargo xtask"].iter().chain(words)).err().expect("a mistake");
        sentence(&error, words.first().copied()).to_string()
    }

    #[test]
    fn the_hint_names_the_command() {
        assert!(said(&["serve", "--prot", "1"]).ends_with("see `cargo xtask serve --help`"));
        assert!(said(&["test", "--engine", "opera"]).ends_with("see `cargo xtask test --help`"));
        assert!(said(&["srve"]).ends_with("see `cargo xtask --help`"));
        assert!(said(&[]).ends_with("see `cargo xtask --help`"));
    }

    #[test]
    fn an_engine_has_the_names_of_its_browsers() {
        assert!(Cli::try_parse_from(["cargo xtask", "test", "--engine", "chrome", "safari"]).is_ok());
    }
}
