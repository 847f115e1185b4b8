//! Draws a scenario's timeline in a terminal: `cargo run -p loopscope --example ascii -- SCENARIO [name=value …]`.

mod axis;
mod lane;
mod picture;

use std::process::ExitCode;
use std::rc::Rc;

use loopscope::scenario::{Param, Params, Type};
use loopscope::trace::Recorder;
use loopscope::{Error, Result, VirtualLoop, scenarios};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((id, given)) = arguments.split_first().filter(|(first, _)| !first.starts_with('-')) else {
        print!("{}", list());
        return ExitCode::SUCCESS;
    };
    let prepared = prepare(given).and_then(|(given, seed)| {
        let scenario = scenarios::find(id)?;
        Ok((scenario, Params::new(scenario.manifest(), given)?.seeded(seed)))
    });
    let (scenario, params) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            eprintln!("{}", error.message());
            return ExitCode::from(2);
        }
    };
    let recorder = Rc::new(Recorder::default());
    let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
    let result = virtual_loop.run(scenario.program(&params));
    let title = scenario.manifest().title;
    let picture = format!("{title}\n\n{}", picture::draw(&recorder, width()));
    match result {
        Ok(result) => {
            println!("{picture}\nresult {result}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{picture}");
            eprintln!("{}", error.headline());
            ExitCode::FAILURE
        }
    }
}

/// Takes `name=value …` apart; the seed is nobody's parameter.
fn prepare(given: &[String]) -> Result<(Vec<(&str, &str)>, u64)> {
    let (mut params, mut seed) = (vec![], 0);
    for argument in given {
        let Some((name, value)) = argument.split_once('=') else {
            return Err(Error::value(format!("\"{argument}\" is not of the form name=value")));
        };
        if name == "seed" {
            let wrong = || Error::value(format!("seed must be a whole number, not \"{value}\""));
            seed = value.parse().map_err(|_| wrong())?;
        } else {
            params.push((name, value));
        }
    }
    Ok((params, seed))
}

/// All scenarios with what can be set.
fn list() -> String {
    let mut text = String::from("usage: ascii SCENARIO [name=value …]\n");
    let mut chapter = "";
    for scenario in scenarios::all() {
        let manifest = scenario.manifest();
        if manifest.chapter != chapter {
            chapter = manifest.chapter;
            text += &format!("\n{chapter}\n");
        }
        text += &format!("  {:26} {}\n", manifest.id, manifest.title);
        for Param { name, kind, default, min, max } in manifest.params {
            let unit = match kind {
                Type::Count => "",
                Type::Seconds => " seconds",
                Type::Percent => " percent",
                Type::Rate => " per second",
            };
            text += &format!("    {:24} from {min} to {max}{unit}\n", format!("{name}={default}"));
        }
        if manifest.seeded {
            text += &format!("    {:24} any whole number\n", "seed=0");
        }
    }
    text
}

/// How many columns the terminal has; 100 where there is none.
fn width() -> usize {
    terminal().unwrap_or(100).max(40)
}

#[cfg(not(target_arch = "wasm32"))]
fn terminal() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

#[cfg(target_arch = "wasm32")]
fn terminal() -> Option<usize> {
    None
}
