//! The same for a browser.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{generators, hops, sleepers, turns};

/// Reads our generator.
#[wasm_bindgen]
pub fn ours_flat(items: u32) -> u64 {
    generators::ours_flat(items.into())
}

/// Reads a chain of five of our generators.
#[wasm_bindgen]
pub fn ours_chain(items: u32) -> u64 {
    generators::ours_chain::<5>(items.into())
}

/// Hops on our loop.
#[wasm_bindgen]
pub async fn ours_hops(hops: u32) {
    hops::ours(hops).await;
}

/// Hops on `spawn_local`.
#[wasm_bindgen]
pub async fn spawn_local_hops(hops: u32) {
    hops::spawn_local_self_wake(hops).await;
}

/// Puts tasks of ours to sleep.
#[wasm_bindgen]
pub fn ours_sleepers(tasks: u32) -> u32 {
    sleepers::ours(tasks)
}

/// Returns how many bytes so many tasks of ours have while they sleep.
#[wasm_bindgen]
pub fn our_sleepers_bytes(tasks: u32) -> u64 {
    sleepers::our_bytes(tasks)
}

/// Records so many events, and returns how many there are.
#[wasm_bindgen]
pub fn record_events(events: u32) -> u64 {
    turns::record_events(events.into())
}
