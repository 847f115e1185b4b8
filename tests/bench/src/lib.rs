//! What is measured beside the peers, natively and in a browser.

pub mod generators;
pub mod wasm;
