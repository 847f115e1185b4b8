//! The steps of `cargo xtask test`.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail, ensure};
use clap::ValueEnum;

use crate::count::Count;
use crate::driven::{driven, on_display};
use crate::engine::Engine;
use crate::report::{Place, Report};
use crate::{bake, build, docs, hostile, npm, paths, pkg, run, site, tools, wasm};

/// One step, cheap ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Step {
    /// rustfmt finds nothing to change
    Fmt,
    /// clippy has no warnings, natively and for wasm
    Clippy,
    /// Tests that need no browser, among them the examples in the documentation
    Native,
    /// rustdoc has no warnings, nor has cargo when it packs the crate
    Doc,
    /// The JavaScript has the right types, and its unit tests pass
    Js,
    /// The crate's tests inside each browser engine
    Wasm,
    /// The npm package, and small sites of documentation generators and a bundler, in Chromium
    Docs,
    /// The built page, driven in each browser engine
    Page,
}

impl Step {
    /// Whether the step needs browsers.
    pub(crate) fn needs_browsers(self) -> bool {
        matches!(self, Self::Wasm | Self::Docs | Self::Page)
    }

    /// Whether the step needs Node.js.
    pub(crate) fn needs_node(self) -> bool {
        matches!(self, Self::Js | Self::Docs | Self::Page)
    }

    /// Runs the step. An error is something that kept it from running; failed tests are in the report.
    pub(crate) fn run(self, engines: &[Engine], report: &mut Report) -> Result<()> {
        match self {
            Self::Fmt => fmt(),
            Self::Clippy => clippy(),
            Self::Native => native(report),
            Self::Doc => doc(),
            Self::Js => js(report),
            Self::Wasm => wasm_tests(engines, report),
            Self::Docs => docs(report),
            Self::Page => page(engines, report),
        }
    }
}

fn fmt() -> Result<()> {
    component("fmt", "rustfmt")?;
    // By itself it does not find the modules that a macro declares.
    let scenarios = fs::read_dir(paths::root().join("crate/src/scenarios"))?;
    let scenarios = scenarios.map(|file| Ok(file?.path())).collect::<Result<Vec<_>>>()?;
    run::run(run::cargo().args(["fmt", "--all", "--check", "--"]).args(scenarios))
}

fn clippy() -> Result<()> {
    component("clippy", "clippy")?;
    wasm::add_target()?;
    let deny = ["--", "--deny", "warnings"];
    run::run(run::cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny))?;
    run::run(
        run::cargo()
            .args(["clippy", "--package", "loopscope", "--all-targets", "--target", wasm::TARGET])
            .args(deny),
    )?;
    // What is measured in a browser is no test, and is compiled here alone.
    run::run(
        run::cargo()
            .args(["clippy", "--package", "loopscope-bench", "--lib", "--target", wasm::TARGET])
            .args(deny),
    )
}

/// Adds a component of the toolchain if it is missing.
fn component(subcommand: &str, component: &str) -> Result<()> {
    if run::output(run::cargo().args([subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    if let Err(error) = run::output(run::command("rustup").args(["component", "add", component])) {
        bail!("{component} could not be added to the toolchain, is there a network? {error}");
    }
    Ok(())
}

fn native(report: &mut Report) -> Result<()> {
    // By package, so that each is compiled as its own commands do.
    let mut runs = vec![
        vec!["--workspace".into(), "--exclude=loopscope-tests".into(), "--exclude=xtask".into()],
        vec!["--package=xtask".into()],
        vec!["--package=loopscope-tests".into(), "--lib".into()],
    ];
    for target in site::list(&paths::root().join("tests/tests"))? {
        let name = target.file_stem().unwrap_or_default().to_string_lossy();
        // These have steps of their own: they need a browser.
        if !["page", "docs"].contains(&&*name) {
            runs[2].push(format!("--test={name}"));
        }
    }
    for args in runs {
        let mut command = run::cargo();
        counted(command.args(["test", "--no-fail-fast"]).args(args), Place::Native, Count::of_rust, report)?;
    }
    Ok(())
}

fn doc() -> Result<()> {
    run::run(run::cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"))?;
    package()
}

/// Packs the crate as it would be published, but for the compiler, which has seen it in other steps.
fn package() -> Result<()> {
    // What it depends on is here by now; asking a registry again would fail without a network.
    let pack = ["package", "--package", "loopscope", "--no-verify", "--allow-dirty", "--offline"];
    let said = run::messages(run::cargo().args(pack))?;
    match said.lines().find(|line| line.starts_with("warning")) {
        Some(warning) => bail!("`cargo package` is not content: {warning}"),
        None => Ok(()),
    }
}

fn js(report: &mut Report) -> Result<()> {
    // The types of the wasm module are generated.
    pkg::build()?;
    npm::install_in(bake::FOLDER)?;
    for project in ["tests/tsconfig.json", "bake/tsconfig.json"] {
        run::run(run::command(npm::program("tsc")).args(["--project", project]))?;
        // The check of the types is one test of the JavaScript.
        report.add(Place::Js, Count { passed: 1, ..Count::default() });
    }
    readable("tests/bench")?;
    let folder = paths::root().join("tests/js");
    let mut files = if folder.is_dir() { site::files(&folder)? } else { Vec::new() };
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    if files.is_empty() {
        return Ok(());
    }
    let mut command = run::command("node");
    counted(command.args(["--test", "--test-reporter=spec"]).args(files), Place::Js, Count::of_node, report)
}

/// Checks that the scripts of a folder can be read: what the bench measures with is run by the bench alone.
fn readable(folder: &str) -> Result<()> {
    let mut entries = site::list(&paths::root().join(folder))?;
    entries.retain(|entry| !entry.ends_with("node_modules"));
    for entry in entries {
        let files = if entry.is_dir() { site::files(&entry)? } else { vec![entry] };
        for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "js")) {
            run::output(run::command("node").arg("--check").arg(file))?;
        }
    }
    Ok(())
}

fn wasm_tests(engines: &[Engine], report: &mut Report) -> Result<()> {
    wasm::add_target()?;
    let wasm_pack = tools::WASM_PACK.install()?;
    tools::install_wasm_bindgen()?;
    for engine in engines {
        engine.driver()?;
        let mut command = on_display(*engine, &wasm_pack.to_string_lossy());
        command.args(["test", "--headless", "--mode", "no-install"]).args(engine.wasm_pack()?).arg("crate");
        // wasm-pack takes the runner and the drivers from PATH. A cold browser on a busy machine takes its time.
        command.env("PATH", paths::path_with_tools()).env("WASM_BINDGEN_TEST_TIMEOUT", "120");
        counted_in(*engine, &mut command, Place::Wasm(*engine), Count::of_wasm, report)?;
    }
    Ok(())
}

fn docs(report: &mut Report) -> Result<()> {
    build::build(0)?;
    npm::install_in(bake::FOLDER)?;
    let mut package = run::command("node");
    package.args(["--test", "--test-reporter=spec", "tests/npm/package.test.js"]);
    package.env("LOOPSCOPE_DIST", paths::dist());
    counted(&mut package, Place::Js, Count::of_node, report)?;
    let sites = docs::build(&paths::dist())?;
    // What a generator makes of a tag is the same in every engine.
    let mut command = driven(Engine::Chromium, &test("docs"), &paths::dist())?;
    command.env("LOOPSCOPE_SITES", sites);
    counted(&mut command, Place::Docs, Count::of_rust, report)
}

fn page(engines: &[Engine], report: &mut Report) -> Result<()> {
    build::build(0)?;
    let hostile = hostile::build()?;
    for engine in engines {
        let mut command = driven(*engine, &test("page"), &paths::dist())?;
        command.env("LOOPSCOPE_HOSTILE", &hostile);
        counted_in(*engine, &mut command, Place::Page(*engine), Count::of_rust, report)?;
    }
    Ok(())
}

/// What cargo is told to run a test of `tests/`.
fn test(name: &str) -> [&str; 5] {
    ["test", "--package", "loopscope-tests", "--test", name]
}

/// Runs tests in an engine and notes what their output counts.
///
/// In WebKitGTK one run of several failed, in a test whose program is the same each time and in one that moves the
/// pointer, and the next ones passed with the same bytes. Why is not known. Until it is, all is run a second time there,
/// and what failed first is told under the table.
fn counted_in(
    engine: Engine,
    command: &mut Command,
    place: Place,
    read: fn(&str) -> Count,
    report: &mut Report,
) -> Result<()> {
    if engine == Engine::Webkit {
        let (success, output) = run::tee(command)?;
        let count = read(&output);
        if success && count.ran() > 0 {
            report.add(place, count);
            return Ok(());
        }
        report.note(format!(
            "{}: {} failed at the first try; the second one counts",
            place.name(),
            count.failed
        ));
    }
    counted(command, place, read, report)
}

/// Runs tests and notes what their output counts. No tests at all is a failure too.
fn counted(command: &mut Command, place: Place, read: fn(&str) -> Count, report: &mut Report) -> Result<()> {
    let (success, output) = run::tee(command)?;
    let count = read(&output);
    report.add(place, count);
    if !success && count.failed == 0 {
        report.fail(format!("{}: `{}` failed", place.name(), run::shown(command)));
    }
    ensure!(!success || count.ran() > 0, "{}: `{}` ran no tests", place.name(), run::shown(command));
    Ok(())
}
