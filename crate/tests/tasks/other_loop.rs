//! A task of another loop is refused, and not waited for for ever.

use futures::TryStreamExt;
use loopscope::{Duration, Result, Task, VirtualLoop, WaitUntil, as_completed, gather, shield, sleep, wait};
use wasm_bindgen_test::wasm_bindgen_test;

/// Runs a program that is given a task of another loop, and returns what it fails with.
fn refused<F>(program: impl FnOnce(Task<u32>) -> F + 'static) -> String
where
    F: Future<Output = Result<()>> + 'static,
{
    let other = VirtualLoop::new();
    let task = other.spawn("elsewhere", async {
        sleep(Duration::from_secs(1)).await?;
        Ok(5)
    });
    VirtualLoop::new().run(async move { program(task).await }).unwrap_err().to_string()
}

#[wasm_bindgen_test(unsupported = test)]
fn by_an_await() {
    let said = refused(|task| async move { task.await.map(drop) });
    assert_eq!(said, "RuntimeError: Task main got Future elsewhere attached to a different loop");
}

#[wasm_bindgen_test(unsupported = test)]
fn by_all_that_waits_for_several() {
    let ways = [
        refused(|task| async move { gather([task]).await.map(drop) }),
        refused(|task| async move { shield(task).await.map(drop) }),
        refused(|task| async move { wait([task], WaitUntil::All, None).await.map(drop) }),
        refused(|task| async move { as_completed([task], None).try_next().await.map(drop) }),
    ];
    for said in ways {
        assert!(said.starts_with("ValueError: The future belongs to a different loop"), "{said}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn but_not_what_has_ended() {
    let other = VirtualLoop::new();
    let task = other.spawn("elsewhere", async { Ok(5) });
    other.settle();
    assert_eq!(VirtualLoop::new().run(task).unwrap(), 5);
}
