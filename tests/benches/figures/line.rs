//! A line that tells what one program took.

use anyhow::{Context, Result};
use loopscope_tests::engine::{Engine, Setup};
use serde_json::{Value, json};

/// Prints samples of one program.
pub(crate) fn print(setup: &Setup, what: &str, who: &str, unit: &str, samples: &[f64]) {
    println!(
        "{}",
        json!({ "what": what, "where": place(setup.engine), "who": who, "unit": unit, "samples": samples })
    );
}

/// Prints what a page has measured: a list of lines that do not know where they are.
pub(crate) fn print_all(setup: &Setup, list: &Value) -> Result<()> {
    for line in list.as_array().with_context(|| format!("the page measured nothing: {list}"))? {
        let text = |name| line[name].as_str().with_context(|| format!("no {name} in {line}"));
        let samples: Option<Vec<f64>> =
            line["samples"].as_array().and_then(|list| list.iter().map(Value::as_f64).collect());
        let who = if text("who")? == "engine" { own_generators(setup.engine) } else { text("who")? };
        print(
            setup,
            text("what")?,
            who,
            text("unit")?,
            &samples.with_context(|| format!("no samples in {line}"))?,
        );
    }
    Ok(())
}

fn place(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "in Chromium",
        Engine::Firefox => "in Firefox",
        Engine::Webkit => "in WebKit",
    }
}

/// The peer that every browser brings along.
fn own_generators(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "V8's own",
        Engine::Firefox => "SpiderMonkey's own",
        Engine::Webkit => "JavaScriptCore's own",
    }
}
