//! What the types forbid, with the words in which rustc says so. `TRYBUILD=overwrite` takes new words down.
#![cfg(not(target_arch = "wasm32"))]

#[test]
fn misuse_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/misuse/*.rs");
}
