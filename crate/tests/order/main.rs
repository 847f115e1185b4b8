//! Which callback runs in which turn is part of what a program means: ours say the same lines as their twins in Python.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod dice;
mod maker;
mod random;
mod world;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
