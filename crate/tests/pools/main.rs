//! The rate limiter and the pool.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod pool;
mod rate_limiter;
mod stories;
#[path = "../story/mod.rs"]
mod story;

use loopscope::{Duration, Kind, Result, Task, VirtualLoop, sleep};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> T {
    VirtualLoop::new().run(program).unwrap()
}

/// Lets all others have their turn: Python's `sleep(0)`.
async fn turn() -> Result<()> {
    sleep(Duration::ZERO).await
}

fn is_cancelled<T>(task: &Task<T>) -> bool {
    task.result().is_some_and(|result| result.is_err_and(|error| error.is(Kind::CancelledError)))
}

/// A generator of numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// Gives a number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
