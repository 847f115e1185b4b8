//! What is measured beside the peers, natively and in a browser.

pub mod generators;
#[cfg(target_arch = "wasm32")]
pub mod hops;
pub mod sleepers;
pub mod turns;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
