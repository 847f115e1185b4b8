//! Random programs of a small grammar say, turn by turn, what CPython's asyncio says.
//!
//! What CPython 3.13 said of some hundred programs is in ../twins/grammar.txt: a program, a tab and its story in each
//! line. Where a Python of that version is on the path, fresh programs are compared as well, as many as
//! `LOOPSCOPE_PROGRAMS` says, from the seed `LOOPSCOPE_SEED`; a program that differs is made as small as it goes.
//! `LOOPSCOPE_RECORD` names a file that they and their stories are written to: 320 programs of the seed 1 are recorded.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

#[cfg(not(target_arch = "wasm32"))]
mod fresh;
mod generators;
#[cfg(not(target_arch = "wasm32"))]
mod maker;
mod managers;
mod play;
#[cfg(not(target_arch = "wasm32"))]
mod python;
mod step;
mod world;

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A program and what CPython 3.13 said of it, line by line.
const TWINS: &str = include_str!("../twins/grammar.txt");

#[wasm_bindgen_test(unsupported = test)]
fn every_program_says_what_its_twin_says() {
    let mut letters = std::collections::BTreeSet::new();
    let mut count = 0;
    for line in TWINS.lines() {
        let (program, twin) = line.split_once('\t').unwrap();
        let said = play::tell(program);
        assert!(said == twin, "{program} says\n{said}\nits twin says\n{twin}");
        letters.extend(program.chars().filter(|letter| letter.is_alphabetic()));
        count += 1;
    }
    let letters: String = letters.into_iter().collect();
    println!("{count} programs say what CPython 3.13 said; they use {letters}");
    assert!(count >= 300);
    assert_eq!(letters, step::LETTERS);
}
