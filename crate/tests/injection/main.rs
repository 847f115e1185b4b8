//! Requests to stop, errors and drops at every single turn of programs that use everything the crate has.
//!
//! Whatever is done to a program, and whenever: it comes to its end, what it acquired is released, nothing that it shared
//! is lost to those who come later, and nothing of it is left in memory.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod books;
mod drops;
mod given_up;
mod programs;
mod stops;
mod throws;
mod trial;
mod world;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
