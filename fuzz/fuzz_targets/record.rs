#![no_main]

use libfuzzer_sys::fuzz_target;

// The ordinary tests call the same for each input that is kept.
#[path = "../../tests/tests/corpus/record.rs"]
mod record;

fuzz_target!(|data: &[u8]| record::check(data));
