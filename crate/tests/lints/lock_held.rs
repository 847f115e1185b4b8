//! A lock that is held across a slow wait.

use loopscope::{Lock, Result, gather, sleep};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{millis, said_of, silent};

#[wasm_bindgen_test(unsupported = test)]
fn a_lock_held_across_a_slow_wait_while_others_want_it_is_told() {
    let lint = said_of(async {
        let lock = Lock::new();
        let work = async move |lock: Lock| -> Result<()> {
            let _held = lock.acquire().await?;
            sleep(millis(1000)).await
        };
        gather([work(lock.clone()), work(lock.clone()), work(lock)]).await.map(drop)
    });
    assert_eq!((lint.line, lint.task), (line!() - 5, 2));
    assert!(lint.text.contains("a wait of 1.00 s while 2 other tasks wait for it"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn one_that_nobody_else_wants_or_that_is_held_for_a_moment_is_no_mistake() {
    silent(async {
        let lock = Lock::new();
        let alone = lock.acquire().await?;
        sleep(millis(1000)).await?;
        drop(alone);
        let work = async move |lock: Lock| -> Result<()> {
            let held = lock.acquire().await?;
            sleep(millis(10)).await?;
            drop(held);
            sleep(millis(1000)).await
        };
        gather([work(lock.clone()), work(lock)]).await.map(drop)
    });
}
