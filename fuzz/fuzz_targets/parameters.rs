#![no_main]

use libfuzzer_sys::fuzz_target;

// The ordinary tests call the same for each input that is kept.
#[path = "../../tests/tests/corpus/parameters.rs"]
mod parameters;

fuzz_target!(|data: &[u8]| parameters::check(data));
