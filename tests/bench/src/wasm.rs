//! The same for a browser.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::generators;

/// Reads our generator.
#[wasm_bindgen]
pub fn ours_flat(items: u32) -> u64 {
    generators::ours_flat(items.into())
}

/// Reads a chain of our generators.
#[wasm_bindgen]
pub fn ours_chain(items: u32) -> u64 {
    generators::ours_chain(items.into())
}
