//! Queues as CPython's test_queues has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod get;
mod join;
mod order;
mod put;
mod shutdown;
mod stories;
#[path = "../story/mod.rs"]
mod story;

use loopscope::{Duration, Kind, Queue, Result, Task, VirtualLoop, sleep};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// The three orders; each with so much room.
const ORDERS: [fn(usize) -> Queue<i32>; 3] = [Queue::new, Queue::lifo, Queue::priority];

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

/// Gives the kind of the error; the queue's own errors have no message.
fn kind<T>(result: Result<T>) -> Option<Kind> {
    let error = result.err()?;
    assert_eq!(error.to_string(), error.kind().name());
    Some(error.kind())
}
