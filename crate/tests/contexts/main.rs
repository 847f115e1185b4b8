//! Context managers and stacks of them, row by row as CPython has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod chains;
mod exit_stack_life;
mod exit_stacks;
mod given_up;
mod helpers;
mod injection;
mod managers;
mod names;
mod reuse;
mod stops;
#[path = "../story/mod.rs"]
mod story;
mod told;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
