//! What a blocking call does to the loop, and what it does beside it.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;

use futures::FutureExt;
use loopscope::trace::{Kind, Recorder};
use loopscope::{
    Duration, Kind as ErrorKind, Result, Task, VirtualLoop, block, gather, now, offload_block, sleep, spawn,
    timeout,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// The longest time between two beats, until it is asked to stop.
fn heartbeat(beat: Duration) -> Task<Duration> {
    spawn(async move {
        let mut longest = Duration::ZERO;
        loop {
            let before = now();
            let slept = sleep(beat).await;
            longest = longest.max(now() - before);
            if slept.is_err() {
                return Ok(longest);
            }
        }
    })
}

/// The longest time between two beats while something goes on, and how long that took.
async fn beside<F: Future<Output = Result<()>>>(goes_on: impl FnOnce() -> F) -> Result<(Duration, Duration)> {
    let heart = heartbeat(millis(20));
    sleep(millis(1)).await?;
    let start = now();
    goes_on().await?;
    let took = now() - start;
    sleep(millis(1)).await?;
    heart.cancel();
    Ok((heart.await?, took))
}

#[wasm_bindgen_test(unsupported = test)]
fn a_block_moves_the_virtual_clock_and_lets_nobody_run() {
    let recorder = Rc::new(Recorder::default());
    let ended = VirtualLoop::with_recorder(recorder.clone()).run(async {
        let mut order = vec![];
        let early = spawn(async {
            sleep(millis(100)).await?;
            Ok(now())
        });
        sleep(Duration::ZERO).await?;
        block(millis(250));
        order.push(now().as_secs_f64());
        order.push(early.await?.as_secs_f64());
        Ok(order)
    });
    assert_eq!(ended.unwrap(), [0.25, 0.25]);
    let events = recorder.take().events;
    let told: Vec<_> = events.iter().filter(|event| event.kind == Kind::Block).collect();
    assert_eq!(told.len(), 1);
    let block = told[0];
    assert_eq!((block.t.as_secs_f64(), block.value, block.task), (0.25, 250_000_000, 1));
    assert!(block.place.unwrap().file().ends_with("blocking.rs"));
}

#[wasm_bindgen_test(unsupported = test)]
fn timers_that_were_due_during_a_block_fire_in_their_order() {
    let order = VirtualLoop::new().run(async {
        let sleeper = |length| async move {
            sleep(millis(length)).await?;
            Ok((length, now().as_secs_f64()))
        };
        let all = gather([30, 10, 20, 400].map(sleeper));
        sleep(Duration::ZERO).await?;
        block(millis(100));
        all.await
    });
    assert_eq!(order.unwrap(), [(30, 0.1), (10, 0.1), (20, 0.1), (400, 0.4)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_offloaded_holds_nobody_up() {
    let (gap, took) = VirtualLoop::new().run(beside(async || offload_block(millis(300)).await)).unwrap();
    assert_eq!((gap, took), (millis(20), millis(300)));
    let (gap, took) = VirtualLoop::new()
        .run(beside(async || {
            block(millis(300));
            Ok(())
        }))
        .unwrap();
    assert_eq!((gap, took), (millis(301), millis(300)));
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_offloaded_can_be_given_up() {
    let late = VirtualLoop::new().run(async {
        let late = timeout(millis(50), async |_| offload_block(millis(300)).await).await.unwrap_err();
        assert!(late.is(ErrorKind::TimeoutError));
        Ok(now())
    });
    assert_eq!(late.unwrap().as_secs_f64(), 0.05);
}

#[wasm_bindgen_test(unsupported = test)]
fn outside_of_a_loop_nothing_blocks() {
    block(millis(60_000));
    let error = offload_block(millis(10)).now_or_never().unwrap().unwrap_err();
    assert!(error.message().starts_with("no running event loop"));
}

#[cfg(target_arch = "wasm32")]
mod in_the_browser {
    use std::cell::{Cell, RefCell};

    use gloo_timers::future::TimeoutFuture;
    use loopscope::{BrowserLoop, print};

    use super::*;

    /// Runs a program on the wall clock at a speed; gives what it gave and the milliseconds it really took.
    async fn live<T: 'static>(speed: f64, program: impl Future<Output = Result<T>> + 'static) -> (T, f64) {
        let lap = BrowserLoop::new(speed, None);
        let start = js_sys::Date::now();
        let task = lap.start(program);
        for _ in 0..2000 {
            if let Some(result) = task.result() {
                return (result.unwrap(), js_sys::Date::now() - start);
            }
            assert!(!lap.is_idle(), "the loop has nothing to do, and the program has not ended");
            TimeoutFuture::new(5).await;
        }
        panic!("the program has not ended");
    }

    #[wasm_bindgen_test]
    async fn a_block_on_the_wall_clock_is_real() {
        let blocked = || async {
            block(millis(300));
            Ok(())
        };
        let ((gap, took), real) = live(1.0, beside(blocked)).await;
        assert!(took >= millis(300) && gap >= millis(299), "{took:?} {gap:?}");
        assert!(real >= 295.0, "{real}");
        // Ten seconds of the run in one of ours.
        let (took, real) = live(10.0, async {
            let start = now();
            block(millis(10_000));
            Ok(now() - start)
        })
        .await;
        assert!(took >= millis(10_000) && (950.0..9000.0).contains(&real), "{took:?} {real}");
    }

    #[wasm_bindgen_test]
    async fn what_was_said_before_a_block_is_handed_on_before_it() {
        let recorder = Rc::new(Recorder::default());
        let lap = BrowserLoop::new(1.0, Some(recorder.clone()));
        let handed = Rc::new(RefCell::new(vec![]));
        let (list, idle) = (handed.clone(), Rc::new(Cell::new(false)));
        let (lap, was_idle) = (Rc::new(lap), idle.clone());
        let seen = Rc::downgrade(&lap);
        lap.after_pump(move || {
            let kinds = recorder.take().events.iter().map(|event| event.kind).collect::<Vec<_>>();
            list.borrow_mut().push((js_sys::Date::now(), kinds));
            was_idle
                .set(was_idle.get() || seen.upgrade().is_some_and(|lap| lap.is_idle() && !lap.is_empty()));
        });
        let task = lap.start(async {
            print("now");
            block(millis(300));
            Ok(())
        });
        while !task.is_finished() {
            TimeoutFuture::new(5).await;
        }
        let handed = handed.borrow();
        assert!(handed[0].1.contains(&Kind::Print) && !handed[0].1.contains(&Kind::Block));
        assert!(handed[1].1.contains(&Kind::Block) && handed[1].0 - handed[0].0 >= 295.0);
        assert!(!idle.get());
    }

    #[wasm_bindgen_test]
    async fn a_worker_blocks_in_the_loops_stead() {
        let ((gap, took), real) = live(1.0, beside(async || offload_block(millis(1_500)).await)).await;
        assert!(took >= millis(1_500) && real >= 1_495.0, "{took:?} {real}");
        // Starting the worker is work, but not as much as the call itself.
        assert!(gap < millis(1_200), "{gap:?}");
    }

    #[wasm_bindgen_test]
    async fn a_worker_that_nobody_waits_for_is_ended() {
        let (ended, _) = live(1.0, async {
            let late = timeout(millis(50), async |_| offload_block(millis(60_000)).await).await.unwrap_err();
            Ok(late.is(ErrorKind::TimeoutError))
        })
        .await;
        assert!(ended);
    }

    #[wasm_bindgen_test]
    async fn a_loop_with_a_worker_is_not_idle() {
        let lap = BrowserLoop::new(1.0, None);
        let (idle, ended) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));
        let end = ended.clone();
        lap.start(async move {
            offload_block(millis(200)).await?;
            end.set(true);
            Ok(())
        });
        for _ in 0..1000 {
            TimeoutFuture::new(5).await;
            if ended.get() {
                break;
            }
            idle.set(idle.get() || lap.is_idle());
        }
        assert!(ended.get() && !idle.get());
        assert!(lap.is_idle());
    }
}
