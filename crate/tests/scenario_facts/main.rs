//! What must hold of every scenario, with parameters of all kinds: from what it returns, and from what was recorded.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod async_generators;
mod context_managers;
mod lazy_values;
mod ran;
mod systems;
mod the_loop;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
