//! The same for a browser.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{generators, hops, sleepers, tasks, turns};

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

/// Spawns tasks of ours and waits for them.
#[wasm_bindgen]
pub async fn our_tasks(count: u32) {
    tasks::ours(count).await;
}

/// Spawns tasks with `spawn_local` and waits for them.
#[wasm_bindgen]
pub async fn spawn_local_tasks(count: u32) {
    tasks::spawn_locals(count).await;
}

/// Puts tasks of ours to sleep, for so many milliseconds, and waits for them; returns how many bytes they have while they sleep.
#[wasm_bindgen]
pub async fn our_sleepers(count: u32, milliseconds: u32) -> Option<u64> {
    sleepers::ours(count, milliseconds).await
}

/// Records so many events, and returns how many there are.
#[wasm_bindgen]
pub fn record_events(events: u32) -> u64 {
    turns::record_events(events.into())
}
