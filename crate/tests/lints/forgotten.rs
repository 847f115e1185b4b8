//! Made and never awaited.

use loopscope::{coroutine, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{millis, pause, said_of, silent};

#[wasm_bindgen_test(unsupported = test)]
fn a_coroutine_that_is_dropped_before_it_ran_was_forgotten() {
    let lint = said_of(async {
        spawn(async {
            let _forgotten = coroutine("make coffee", pause(100));
            sleep(millis(1)).await
        })
        .await
    });
    assert_eq!((lint.line, lint.task), (line!() - 5, 2));
    assert!(lint.text.starts_with("make coffee was made and never awaited"), "{}", lint.text);
}

#[wasm_bindgen_test(unsupported = test)]
fn one_that_is_awaited_or_spawned_was_not() {
    silent(async {
        coroutine("awaited", pause(100)).await?;
        spawn(coroutine("spawned", pause(100))).await?;
        spawn(coroutine("stopped", pause(1000)));
        pause(1).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn one_whose_task_was_stopped_before_it_began_was_not() {
    silent(async {
        spawn(coroutine("stopped", pause(100))).cancel();
        pause(1).await
    });
}
