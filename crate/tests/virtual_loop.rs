//! What a virtual loop does with its clock, with other threads and with itself.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use futures::FutureExt;
use loopscope::{Duration, Error, Kind, VirtualLoop, now, sleep, sleep_until};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn secs(count: u64) -> Duration {
    Duration::from_secs(count)
}

#[cfg(not(target_arch = "wasm32"))] // There are no threads.
#[wasm_bindgen_test(unsupported = test)]
fn a_wake_from_another_thread_comes_before_a_deadlock() {
    let heard = VirtualLoop::new().run(async {
        let (says, hears) = futures::channel::oneshot::channel();
        let task = loopscope::spawn(async move { Ok(hears.await?) });
        sleep(secs(1)).await?;
        std::thread::spawn(move || says.send(5)).join().unwrap().unwrap();
        task.await
    });
    assert_eq!(heard.unwrap(), 5);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_clock_is_never_set_back() {
    let virtual_loop = VirtualLoop::new();
    let past = virtual_loop.now() + secs(1);
    virtual_loop.advance(secs(5));
    virtual_loop.spawn("late", async move {
        sleep_until(past).await?;
        sleep(secs(1)).await
    });
    while virtual_loop.advance_to_next() {
        assert!(virtual_loop.now() >= past + secs(4));
    }
    assert_eq!(virtual_loop.now(), past + secs(5));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_loop_that_runs_is_not_run_again_from_inside() {
    let outer = Rc::new(VirtualLoop::new());
    let same = outer.clone();
    let ended = outer.run(async move {
        let refused = same.run(async { sleep(secs(1)).await }).unwrap_err();
        assert_eq!(
            (refused.kind(), refused.message()),
            (Kind::RuntimeError, "This event loop is already running")
        );
        VirtualLoop::new().run(async { sleep(secs(1)).await })?;
        sleep(secs(2)).await?;
        Ok(now().as_secs_f64())
    });
    assert_eq!(ended.unwrap(), 2.0);
    assert_eq!(outer.run(async { Ok(1) }).unwrap(), 1);
}

#[cfg(not(target_arch = "wasm32"))] // A panic ends the module there.
#[wasm_bindgen_test(unsupported = test)]
fn a_loop_that_runs_is_not_driven_from_inside() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let drivers: [fn(&VirtualLoop); 6] = [
        |own| assert!(!own.turn()),
        |own| assert!(!own.step()),
        VirtualLoop::settle,
        |own| own.advance(secs(1)),
        |own| assert!(!own.advance_to_next()),
        VirtualLoop::run_until_idle,
    ];
    let own = Rc::new(VirtualLoop::new());
    for drive in drivers {
        let same = own.clone();
        let ended = own.run(async move {
            let before = now();
            let panic = catch_unwind(AssertUnwindSafe(|| drive(&same))).unwrap_err();
            let told = panic.downcast_ref::<String>().cloned();
            assert_eq!(now(), before);
            Ok(told.unwrap())
        });
        let message = "This event loop is already running: a program that runs on it cannot drive it";
        assert_eq!(ended.unwrap(), message);
        assert_eq!(own.run(async { Ok(1) }).unwrap(), 1);
    }
}

#[cfg(not(target_arch = "wasm32"))] // A panic ends the module there.
#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_panics_has_ended() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let own = VirtualLoop::new();
    let bad = own.spawn("bad", async {
        sleep(secs(1)).await?;
        if now().as_nanos() > 0 { panic!("boom") } else { Ok(()) }
    });
    let waiting = own.spawn("waiting", bad.clone());
    let panic = catch_unwind(AssertUnwindSafe(|| own.run_until_idle())).unwrap_err();
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"boom"));
    own.run_until_idle();
    assert!(bad.is_finished() && !bad.cancel());
    assert_eq!(waiting.result().unwrap().unwrap_err().to_string(), "RuntimeError: the task panicked");
    assert_eq!(own.run(async { Ok(1) }).unwrap(), 1);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wake_from_another_loop_reaches_its_own() {
    let loops = [VirtualLoop::new(), VirtualLoop::new()];
    for (hearing, saying) in [(0, 1), (1, 0)] {
        let (says, hears) = futures::channel::oneshot::channel();
        let hearing = &loops[hearing];
        let task = hearing.spawn("hears", async move { Ok(hears.await?) });
        hearing.settle();
        loops[saying].spawn("says", async move { says.send(5).map_err(|_| Error::runtime("nobody hears")) });
        loops[saying].settle();
        hearing.settle();
        assert_eq!(task.result().unwrap().unwrap(), 5);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sleep_that_is_given_up_leaves_no_deadline() {
    let virtual_loop = VirtualLoop::new();
    virtual_loop.spawn("gives up", async {
        assert!(sleep(secs(60)).now_or_never().is_none());
        sleep(secs(1)).await
    });
    virtual_loop.run_until_idle();
    assert_eq!(virtual_loop.now().as_secs_f64(), 1.0);
}
