//! Finds the errors in a log line by line, and once more with a list after each step.

// What lists and lines weigh in Python is another matter: the twin leaves `peak_bytes` out.

use loopscope::memory::Meter;
use loopscope::value::{Value, json};
use loopscope::{Gen, Result, print};

/// A line of the log; of every hundred as many are errors as there should be.
fn line(number: u64, errors: u64) -> String {
    let level = if number * errors % 100 < errors { "error" } else { "info" };
    format!("  {number:07} {level:>5}: disk {} answers  ", number % 8)
}

fn log(lines: u64, errors: u64) -> Gen<String> {
    Gen::new(async move |co| {
        for number in 1..=lines {
            co.yield_(line(number, errors)).await?;
        }
        Ok(())
    })
    .named("log")
}

fn is_error(line: &str) -> bool {
    line.contains("error")
}

/// One line is in memory at a time, however long the log is.
fn lazy(lines: u64, errors: u64) -> Result<u64> {
    let found = log(lines, errors).filter(|line| is_error(line)).named("filter");
    let trimmed = found.map(|line| line.trim().to_owned()).named("trim");
    let mut matched = 0;
    for line in trimmed.map(|line| line.to_uppercase()).named("upper") {
        let line = line?;
        matched += 1;
        if matched == 1 {
            print(format!("the first: {line}"));
        }
    }
    Ok(matched)
}

/// Every step has all its lines before the next one begins.
fn eager(lines: u64, errors: u64) -> u64 {
    let log: Vec<String> = (1..=lines).map(|number| line(number, errors)).collect();
    let found: Vec<&String> = log.iter().filter(|line| is_error(line)).collect();
    let trimmed: Vec<String> = found.iter().map(|line| line.trim().to_owned()).collect();
    let upper: Vec<String> = trimmed.iter().map(|line| line.to_uppercase()).collect();
    if let Some(line) = upper.first() {
        print(format!("the first: {line}"));
    }
    upper.len() as u64
}

pub(super) async fn run(lines: u64, errors: u64) -> Result<Value> {
    let memory = Meter::start();
    let matched = lazy(lines, errors)?;
    let lazy = json!({ "peak_bytes": memory.peak_bytes() });
    print(format!("lazily: {matched} of {lines} lines"));

    let memory = Meter::start();
    let again = eager(lines, errors);
    let eager = json!({ "peak_bytes": memory.peak_bytes() });
    print(format!("with lists: {again} of {lines} lines"));
    Ok(json!({ "matched": matched, "lazy": lazy, "eager": eager }))
}
