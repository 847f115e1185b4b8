//! Locks, events, conditions and semaphores as CPython's test_locks has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod condition;
mod event;
mod home;
mod lock;
mod semaphore;
mod stories;
#[path = "../story/mod.rs"]
mod story;
mod thrown;
mod trace;

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{Duration, Kind, Result, Task, VirtualLoop, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// What tasks leave behind, in the order in which they came there.
type Log = Rc<RefCell<Vec<usize>>>;

fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> T {
    VirtualLoop::new().run(program).unwrap()
}

/// Lets all others have their turn: Python's `sleep(0)`.
async fn turn() -> Result<()> {
    sleep(Duration::ZERO).await
}

/// Asks a task to stop in the next turn: Python's `call_soon(task.cancel)`.
fn cancel_soon<T: 'static>(task: &Task<T>) {
    let task = task.clone();
    spawn(async move {
        task.cancel();
        Ok(())
    });
}

fn is_cancelled<T>(task: &Task<T>) -> bool {
    task.result().is_some_and(|result| result.is_err_and(|error| error.is(Kind::CancelledError)))
}
