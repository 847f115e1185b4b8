//! What anybody may write for a parameter: a line that names the scenario, and one for each `name=value`.

use loopscope::scenario::Params;
use loopscope::{Kind, scenarios};

pub(crate) fn check(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut lines = text.lines();
    let scenario = match scenarios::find(lines.next().unwrap_or_default()) {
        Ok(scenario) => scenario,
        Err(error) => return sentence(&error),
    };
    let manifest = scenario.manifest();
    let given: Vec<_> = lines.filter_map(|line| line.split_once('=')).collect();
    match Params::new(manifest, given.iter().copied()) {
        Ok(params) => {
            for (param, value) in params.iter() {
                assert!((param.min.get()..=param.max.get()).contains(&value), "{} is {value}", param.name);
                assert!(!param.kind.is_whole() || value.fract() == 0.0, "{} is {value}", param.name);
                // What counts of several is the last; Rust's own reading of it is the same, but for what nobody sees.
                let Some((_, text)) = given.iter().rev().find(|(name, _)| *name == param.name) else {
                    continue;
                };
                let exact: f64 = text.trim().parse().expect("what Rust does not read is not taken");
                assert!((exact - value).abs() <= exact.abs() * 1e-13, "{text} is read as {value}");
                // As it is shown, it is taken again.
                assert_eq!(param.parse(&value.to_string()).ok(), Some(value), "{} {value}", param.name);
            }
        }
        Err(error) => sentence(&error),
    }
}

fn sentence(error: &loopscope::Error) {
    assert_eq!(error.kind(), Kind::ValueError);
    assert!(!error.message().is_empty());
}
