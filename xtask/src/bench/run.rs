//! Runs the programs that measure, and reads what they print.

use std::process::{Command, Stdio};

use anyhow::Result;
use clap::ValueEnum;

use super::Noun;
use super::ground::Ground;
use super::samples::Samples;
use crate::driven::driven;
use crate::engine::Engine;
use crate::{apt, run};

/// The Pythons that are measured, where there are any.
const PYTHONS: [&str; 3] = ["python3.11", "python3.13", "python3"];

/// What one run of everything brings.
#[derive(Default)]
pub(crate) struct Run {
    pub(crate) samples: Vec<Samples>,
    /// What was measured, by its own name.
    pub(crate) versions: Vec<String>,
    /// What is not here.
    pub(crate) notes: Vec<String>,
    /// What broke down.
    pub(crate) failures: Vec<String>,
}

/// Measures these, so many times.
pub(crate) fn run(ground: &Ground, nouns: &[Noun], rounds: usize) -> Run {
    let mut all = Run::default();
    let rounds = &rounds.to_string();
    if nouns.contains(&Noun::Native) {
        all.natively(ground, rounds);
    }
    let pages: Vec<_> = nouns.iter().filter_map(|noun| page(*noun)).collect();
    for engine in Engine::value_variants() {
        // Only generators and tasks have peers that differ from engine to engine.
        let pages = pages.iter().filter(|page| *engine == Engine::Chromium || **page == "programs");
        let pages: Vec<_> = pages.collect();
        if !pages.is_empty() && all.is_here(*engine) {
            pages.iter().for_each(|page| all.in_browser(ground, *engine, page, rounds));
        }
    }
    all
}

/// The page of the bench that measures something.
fn page(noun: Noun) -> Option<&'static str> {
    match noun {
        Noun::Native => None,
        Noun::Programs => Some("programs"),
        Noun::Weights => Some("weights"),
        Noun::Start => Some("start"),
        Noun::Crowd => Some("crowd"),
        Noun::Frames => Some("frames"),
    }
}

impl Run {
    fn natively(&mut self, ground: &Ground, rounds: &str) {
        for program in &ground.programs {
            self.take("the native programs", run::command(program).arg(rounds));
        }
        // A version manager may leave a name on PATH that runs nothing, and two names may be one Python.
        let mut versions = Vec::new();
        for name in PYTHONS {
            let Ok(version) = run::output(run::command(name).arg("--version")) else { continue };
            if !versions.contains(&version) {
                self.take(name, run::command(name).arg("tests/bench/generators.py").arg(rounds));
                versions.push(version);
            }
        }
        if versions.is_empty() {
            self.notes.push("There is no Python here: CPython is not measured.".into());
        }
        self.versions.extend(versions.iter().map(|version| version.trim().to_owned()));
    }

    /// Whether the engine can be measured here, once what can be installed is.
    fn is_here(&mut self, engine: Engine) -> bool {
        let browser = apt::install(&[engine]).and_then(|()| engine.driver()).and_then(|_| engine.browser());
        let browser = match browser {
            Ok(browser) => browser,
            Err(error) => {
                self.notes.push(format!("Not measured in {}: {error:#}.", engine.name()));
                return false;
            }
        };
        let version = match engine {
            // Its browser for tests does not know its own version.
            Engine::Webkit => run::output(run::command("WebKitWebDriver").arg("--version")),
            Engine::Chromium | Engine::Firefox => run::output(run::command(browser).arg("--version")),
        };
        self.versions.extend(
            version.ok().map(|version| version.split(" built").next().unwrap_or_default().trim().to_owned()),
        );
        true
    }

    fn in_browser(&mut self, ground: &Ground, engine: Engine, page: &str, rounds: &str) {
        println!("\n== {page} in {}", engine.name());
        let arguments =
            ["bench", "--quiet", "--package", "loopscope-tests", "--bench", "figures", "--", page];
        let what = format!("{page} in {}", engine.name());
        match driven(engine, &arguments, &ground.folder) {
            Ok(mut command) => self.take(&what, command.env("LOOPSCOPE_ROUNDS", rounds)),
            Err(error) => self.failures.push(format!("{what}: {error:#}")),
        }
    }

    /// Takes what a program prints. What breaks down does not keep the others from being measured.
    fn take(&mut self, what: &str, command: &mut Command) {
        match read(command) {
            Ok(samples) => self.samples.extend(samples),
            Err(error) => {
                eprintln!("error: {what}: {error:#}");
                self.failures.push(format!("{what}: {error:#}"));
            }
        }
    }
}

fn read(command: &mut Command) -> Result<Vec<Samples>> {
    run::output(command.stderr(Stdio::inherit()))?.lines().map(Samples::read).collect()
}
