//! What is measured beside the peers, natively and in a browser.

#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod generators;
#[cfg(target_arch = "wasm32")]
pub mod hops;
#[cfg(target_arch = "wasm32")]
pub mod sleepers;
#[cfg(target_arch = "wasm32")]
pub mod tasks;
pub mod turns;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
