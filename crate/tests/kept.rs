//! What is over keeps nothing. The counter of bytes is one for the process: natively all of this is one test, so that nothing
//! runs beside it.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::cell::RefCell;
use std::rc::Rc;

use futures::{FutureExt, StreamExt};
use loopscope::memory::live;
use loopscope::{
    AsyncGen, Duration, Error, Event, Result, Task, VirtualLoop, WaitUntil, as_completed, shield, sleep,
    spawn, wait, wait_for,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn what_is_over_keeps_nothing() {
    a_task_that_is_asked_often_keeps_nothing_of_it();
    a_wait_that_goes_from_task_to_task_keeps_nothing_of_them();
    a_loop_that_is_left_is_given_back();
}

/// Asks a task that goes on for ever in one of the ways that end before it.
async fn ask(way: u32, server: &Task<()>) -> Result<()> {
    let (task, limit) = (server.clone(), Duration::from_millis(1));
    match way {
        0 => drop(wait([task], WaitUntil::All, limit).await?),
        1 => drop(wait_for(shield(task), limit).await.unwrap_err()),
        2 => drop(as_completed([task], limit).next().await),
        _ => drop(futures::future::select(task, sleep(limit)).await),
    }
    Ok(())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_task_that_is_asked_often_keeps_nothing_of_it() {
    for way in 0..4 {
        let grew = VirtualLoop::new().run(async move {
            let server = spawn(async { Event::new().wait().await });
            // What the loop keeps room in is there after a few turns.
            for _ in 0..20 {
                ask(way, &server).await?;
            }
            let before = live();
            for _ in 0..200 {
                ask(way, &server).await?;
            }
            Ok(live() - before)
        });
        assert!(grew.as_ref().unwrap() <= &64, "way {way}: {grew:?} bytes are kept");
    }
}

/// Two tasks drive it by turns, and each time let go of it where its body waits.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_wait_that_goes_from_task_to_task_keeps_nothing_of_them() {
    let grew = VirtualLoop::new().run(async {
        let numbers = AsyncGen::<()>::new(async |_| Event::new().wait().await);
        let numbers = Rc::new(RefCell::new(numbers));
        let drive = |times: usize| {
            let numbers = numbers.clone();
            async move {
                for _ in 0..times {
                    let numbers = numbers.clone();
                    let driver = spawn(async move {
                        let mut numbers = numbers.borrow_mut();
                        assert!(numbers.next().now_or_never().is_none());
                        Ok(())
                    });
                    driver.await?;
                }
                Ok::<_, Error>(())
            }
        };
        drive(20).await?;
        let before = live();
        drive(200).await?;
        Ok(live() - before)
    });
    assert!(grew.as_ref().unwrap() <= &64, "{grew:?} bytes are kept");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
fn a_loop_that_is_left_is_given_back() {
    let leave = || {
        let left = VirtualLoop::new();
        left.spawn("shields", async { shield(async { Event::new().wait().await }).await });
        left.settle();
    };
    leave();
    let before = live();
    leave();
    assert_eq!(live(), before);
}
