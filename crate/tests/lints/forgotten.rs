//! Made and never awaited.

use std::rc::Rc;

use futures::FutureExt;
use loopscope::trace::{Kind, Recorder};
use loopscope::{VirtualLoop, coroutine, sleep, spawn};
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

#[wasm_bindgen_test(unsupported = test)]
fn one_that_is_dropped_where_no_task_runs_is_nobodys_mistake() {
    let recorder = Rc::new(Recorder::default());
    let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
    let quick = virtual_loop.spawn("quick", pause(1));
    let unused = coroutine("unused", pause(1));
    quick.add_done_callback(move |_| drop(unused));
    drop(coroutine("outside", pause(1)));
    virtual_loop.run_until_idle();
    assert!(recorder.take().events.iter().all(|event| event.kind != Kind::Drop));
}

#[wasm_bindgen_test(unsupported = test)]
fn it_says_whether_it_has_started() {
    let coffee = coroutine("make coffee", pause(1));
    assert_eq!(format!("{coffee:?}"), "<Coroutine make coffee not started>");
    let virtual_loop = VirtualLoop::new();
    let told = virtual_loop.run(async move {
        let mut coffee = coffee;
        assert!((&mut coffee).now_or_never().is_none());
        Ok(format!("{coffee:?}"))
    });
    assert_eq!(told.unwrap(), "<Coroutine make coffee>");
}
