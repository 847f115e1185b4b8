//! `cargo xtask bench`: generators, hops and sleepers, ours beside the peers, natively, in CPython and in a browser, in
//! one run.
//!
//! The programs are in `tests/bench`; what each prints is put side by side here, as Markdown and as JSON.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use loopscope_tests::browser::Browser;
use loopscope_tests::driver::Driver;
use loopscope_tests::engine::Setup;
use loopscope_tests::site::Site;
use serde_json::{Value, json};

/// How often everything is measured in the browser.
const ROUNDS: usize = 15;

/// Nanoseconds per item.
struct Figure {
    name: String,
    least: f64,
    median: f64,
}

impl Figure {
    fn read(value: &Value) -> Result<Self> {
        let number = |name| value[name].as_f64().with_context(|| format!("no {name} in {value}"));
        let name = value["name"].as_str().context("a figure without a name")?.to_owned();
        Ok(Figure { name, least: number("least")?, median: number("median")? })
    }
}

fn main() -> Result<()> {
    let setup = Setup::from_env()?;
    let folder = setup.dist.clone();
    let mut native = printed(Command::new(variable("LOOPSCOPE_BENCH")?))?;
    native.extend(printed(Command::new(variable("LOOPSCOPE_BENCH_BARE")?))?);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench/generators.py");
    for python in variable("LOOPSCOPE_PYTHONS")?.split(' ').filter(|name| !name.is_empty()) {
        let mut command = Command::new(python);
        command.arg(&script);
        // Two names may be one Python.
        for figure in printed(command)? {
            if native.iter().all(|known| known.name != figure.name) {
                native.push(figure);
            }
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (weights, browser) = runtime.block_on(in_browser(&setup))?;
    table("Natively", &native);
    table(&format!("In {}", setup.engine), &browser);
    println!("\n| what, in {} | each |\n|---|--:|", setup.engine);
    for weight in &weights {
        let name = weight["name"].as_str().context("a weight without a name")?;
        println!("| {name} | {:.0} |", weight["value"].as_f64().context("a weight without a value")?);
    }
    let json = json!({
        "unit": "ns per item",
        "native": list(&native),
        setup.engine.name(): list(&browser),
        "weights": weights,
    });
    let file = folder.join("core.json");
    std::fs::write(&file, format!("{json:#}\n"))?;
    println!("\nThe same as JSON: {}", file.display());
    Ok(())
}

fn variable(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| format!("{name} is not set: run this with `cargo xtask bench`"))
}

/// Runs a program that prints a line of JSON for each figure.
fn printed(mut command: Command) -> Result<Vec<Figure>> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    text.lines().map(|line| Figure::read(&serde_json::from_str(line)?)).collect()
}

/// Returns what things weigh, and the times.
async fn in_browser(setup: &Setup) -> Result<(Vec<Value>, Vec<Figure>)> {
    let site = Site::start(&setup.dist).await?;
    let driver = Driver::start(setup).await?;
    let browser = Browser::open(setup, &driver).await?;
    browser.goto(&site.address("/index.html")).await?;
    let weights = browser.eval("return await weigh()", &[]).await?;
    for _ in 0..ROUNDS {
        // One call for each: on a busy machine all of them would take longer than a script may.
        browser.eval("await round()", &[]).await?;
    }
    let measured = browser.eval("return figures()", &[]).await?;
    browser.close().await?;
    let weights = weights.as_array().context("the page weighed nothing")?.clone();
    let figures: Result<_> =
        measured.as_array().context("the page measured nothing")?.iter().map(Figure::read).collect();
    Ok((weights, figures?))
}

/// Prints a table; the ratios are of the least, which noise can only make larger.
fn table(title: &str, figures: &[Figure]) {
    println!("\n### {title}\n\n| what | ns per item | median | to ours |\n|---|--:|--:|--:|");
    for Figure { name, least, median } in figures {
        let kind = name.split_once(", ").map_or("", |(_, kind)| kind);
        let same = |figure: &&Figure| {
            figure.name.starts_with("ours")
                && figure.name.split_once(", ").map_or("", |(_, kind)| kind) == kind
        };
        let ours = figures.iter().find(same).map_or(f64::NAN, |figure| figure.least);
        println!("| {name} | {least:.1} | {median:.1} | {:.2} |", least / ours);
    }
}

fn list(figures: &[Figure]) -> Vec<Value> {
    let row =
        |Figure { name, least, median }: &Figure| json!({ "name": name, "least": least, "median": median });
    figures.iter().map(row).collect()
}
