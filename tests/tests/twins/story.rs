//! What a scenario says, in the words of its twin.

use std::rc::Rc;

use loopscope::scenario::Params;
use loopscope::trace::{Kind, Recorder};
use loopscope::{VirtualLoop, scenarios};
use serde_json::Value;

/// How far apart two numbers may be: both count in floating point, in their own order.
const CLOSE: f64 = 1e-9;

/// What a twin has nothing to say of: values weigh something else in Python.
const ONLY_HERE: &str = "peak_bytes";

/// Runs a scenario on the virtual clock with `name=value …`; returns what it printed, with the time, and its result.
pub(crate) fn tell(id: &str, arguments: &str) -> String {
    let scenario = scenarios::find(id).unwrap();
    let mut given: Vec<_> = arguments.split_whitespace().filter_map(|word| word.split_once('=')).collect();
    let mut seed = 0;
    given.retain(|(name, value)| {
        if *name == "seed" {
            seed = value.parse().unwrap();
        }
        *name != "seed"
    });
    let params = Params::new(scenario.manifest(), given).unwrap().seeded(seed);
    let recorder = Rc::new(Recorder::default());
    let result = VirtualLoop::with_recorder(recorder.clone()).run(scenario.program(&params));
    let mut said = String::new();
    for event in recorder.take().events.iter().filter(|event| event.kind == Kind::Print) {
        said += &format!("{:.3} {}\n", event.t.as_secs_f64(), recorder.text(event.text));
    }
    match result {
        Ok(result) => said + &format!("result {result}\n"),
        Err(error) => said + &format!("raised {}\n", error.headline()),
    }
}

/// Says where a scenario and its twin part; `None` if they do not.
pub(crate) fn difference(said: &str, twin: &str) -> Option<String> {
    let (mut ours, mut theirs) = (said.lines(), twin.lines());
    for number in 1.. {
        match (ours.next(), theirs.next()) {
            (None, None) => break,
            (Some(one), Some(other)) if same(one, other) => {}
            (one, other) => {
                let [one, other] = [one, other].map(|line| line.unwrap_or("nothing more"));
                return Some(format!("line {number}\nsays       {one}\nits twin   {other}"));
            }
        }
    }
    None
}

fn same(one: &str, other: &str) -> bool {
    let result =
        |line: &str| line.strip_prefix("result ").and_then(|json| serde_json::from_str::<Value>(json).ok());
    match (result(one), result(other)) {
        (Some(one), Some(other)) => close(&one, &other),
        _ => one == other,
    }
}

/// Says whether two results are the same but for what floating point does to the last digits.
fn close(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            (one - other).abs() <= CLOSE * one.abs().max(1.0)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| close(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let here = || one.iter().filter(|(name, _)| *name != ONLY_HERE);
            here().count() == other.len()
                && here().all(|(name, value)| other.get(name).is_some_and(|other| close(value, other)))
        }
        _ => one == other,
    }
}
