//! The project's own commands, `cargo xtask serve | test | build | bake | bench | fuzz | soak`.
//!
//! Each command does its own set-up. Every failure is one sentence on stderr and a non-zero exit.

mod apt;
mod bake;
mod bench;
mod build;
mod bundle;
mod cli;
mod count;
mod docs;
mod draft;
mod driven;
mod engine;
mod fuzz;
mod guide;
mod hash;
mod hostile;
mod kept;
mod npm;
mod optimise;
mod package;
mod paths;
mod pkg;
mod python;
mod report;
mod run;
mod serve;
mod site;
mod sizes;
mod small;
mod soak;
mod split;
mod step;
mod strip;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::start() {
        Ok(code) => code,
        Err(error) => {
            // One line, whatever a tool put into its message.
            let sentence = format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ");
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}
