//! The inputs that the fuzzers have kept, tried once more: `cargo xtask fuzz` finds new ones.

mod parameters;
mod record;

use std::fs;
use std::path::Path;

/// Tries each input of a target; there have to be some.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(target);
    let inputs = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut count = 0;
    for input in inputs {
        let path = input.expect("a folder can be listed").path();
        println!("{}", path.display());
        check(&fs::read(&path).expect("an input can be read"));
        count += 1;
    }
    assert!(count > 3, "only {count} inputs of {target}");
}

#[test]
fn parameters() {
    replay("parameters", parameters::check);
}

#[test]
fn record() {
    replay("record", record::check);
}
