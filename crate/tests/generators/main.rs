//! Async generators, row by row as CPython has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod calls;
mod closing;
mod driving;
mod leaving;
mod moving;
mod places;
mod throwing;
mod values;

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{AsyncGen, Co, Duration, Error, Kind, Result, VirtualLoop, sleep};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

/// What the bodies below leave behind.
type Log = Rc<RefCell<Vec<&'static str>>>;

fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> T {
    VirtualLoop::new().run(program).unwrap()
}

fn moment() -> Duration {
    Duration::from_millis(10)
}

/// Yields 1 and 2 and takes note of its clean-up.
fn simple(log: &Log) -> AsyncGen<i32, i32> {
    let log = log.clone();
    AsyncGen::receiving(async move |co| {
        let body = async {
            co.yield_(1).await?;
            co.yield_(2).await?;
            Ok(())
        };
        let ended = body.await;
        log.borrow_mut().push("finally");
        ended
    })
}

/// Waits, yields 1, and waits in its clean-up.
fn slow(log: &Log) -> AsyncGen<i32> {
    let log = log.clone();
    AsyncGen::new(async move |co| {
        let body = async {
            sleep(moment()).await?;
            co.yield_(1).await?;
            Ok(())
        };
        let ended = body.await;
        let cleaned = sleep(moment()).await;
        if let Err(error) = cleaned {
            return Err(match ended {
                Err(handled) => error.while_handling(&handled),
                Ok(()) => error,
            });
        }
        log.borrow_mut().push("slow finally");
        ended
    })
}

fn of(body: impl AsyncFnOnce(Co<i32>) -> Result<()> + 'static) -> AsyncGen<i32> {
    AsyncGen::new(move |co| async move { body(co).await })
}

#[track_caller]
fn says(error: &Error, kind: Kind, message: &str) {
    assert_eq!((error.kind(), error.message()), (kind, message), "{error}");
}

#[track_caller]
fn ended<T: std::fmt::Debug>(result: Result<T>) {
    says(&result.unwrap_err(), Kind::StopAsyncIteration, "");
}
