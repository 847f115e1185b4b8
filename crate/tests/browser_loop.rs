//! The loop on a browser's own: what only a real one can show.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use loopscope::{BrowserLoop, Duration, Instant, Kind, Result, now, sleep, spawn};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Starts a program and waits for its result as the page would.
async fn run<T: 'static>(browser: &BrowserLoop, program: impl Future<Output = Result<T>> + 'static) -> T {
    let (sender, receiver) = oneshot::channel();
    drop(browser.start(async move {
        let _ = sender.send(program.await);
        Ok(())
    }));
    receiver.await.unwrap().unwrap()
}

fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[wasm_bindgen_test]
async fn a_sleep_takes_its_time_and_not_less() {
    let browser = BrowserLoop::new(1.0, None);
    let took = run(&browser, async {
        let start = now();
        sleep(millis(60)).await?;
        Ok(now() - start)
    })
    .await;
    assert!((millis(60)..millis(2_000)).contains(&took), "{took:?}");
}

#[wasm_bindgen_test]
async fn sleeps_of_nothing_are_turns_and_no_timers() {
    let browser = BrowserLoop::new(1.0, None);
    let took = run(&browser, async {
        let start = now();
        for _ in 0..2_000 {
            sleep(Duration::ZERO).await?;
        }
        Ok(now() - start)
    })
    .await;
    // Nested timers are held back to 4 ms each, which would make 8 s of it.
    assert!(took < millis(2_000), "{took:?}");
}

#[wasm_bindgen_test]
async fn a_month_is_not_over_at_once_and_can_be_cancelled() {
    let browser = BrowserLoop::new(1.0, None);
    let error = run(&browser, async {
        let month = spawn(sleep(Duration::from_secs(30 * 24 * 3600)));
        // A browser's timer takes 31 bits of milliseconds, which is 25 days: beyond, it fires at once.
        sleep(millis(50)).await?;
        assert!(!month.is_finished());
        month.cancel();
        Ok(month.await.unwrap_err())
    })
    .await;
    assert!(error.is(Kind::CancelledError));
}

#[wasm_bindgen_test]
async fn sleepers_wake_in_the_order_of_their_times() {
    let browser = BrowserLoop::new(1.0, None);
    let order = run(&browser, async {
        let order: Rc<RefCell<Vec<u64>>> = Rc::default();
        let sleepers: Vec<_> = [30, 10, 20, 10]
            .into_iter()
            .map(|length| {
                let order = order.clone();
                spawn(async move {
                    sleep(millis(length)).await?;
                    order.borrow_mut().push(length);
                    Ok(())
                })
            })
            .collect();
        for sleeper in sleepers {
            sleeper.await?;
        }
        Ok(order.take())
    })
    .await;
    assert_eq!(order, [10, 10, 20, 30]);
}

#[wasm_bindgen_test]
async fn the_clock_runs_at_its_speed() {
    for (speed, length) in [(100.0, Duration::from_secs(10)), (0.1, millis(10))] {
        let browser = BrowserLoop::new(speed, None);
        let start = js_sys::Date::now();
        run(&browser, sleep(length)).await;
        let real = js_sys::Date::now() - start;
        assert!((80.0..3_000.0).contains(&real), "{length:?} at {speed} times took {real} ms");
    }
}

#[wasm_bindgen_test]
async fn a_paused_loop_stands_still_with_its_clock_and_its_timers() {
    let browser = BrowserLoop::new(1.0, None);
    let (sender, receiver) = oneshot::channel();
    let start = js_sys::Date::now();
    drop(browser.start(async move {
        let sleepers = [60, 300].map(|length| spawn(sleep(millis(length))));
        let mut woken = vec![];
        for sleeper in sleepers {
            sleeper.await?;
            woken.push((now(), js_sys::Date::now() - start));
        }
        let _ = sender.send(woken);
        Ok(())
    }));
    TimeoutFuture::new(20).await;
    browser.pause();
    let paused_at = browser.now();
    TimeoutFuture::new(150).await;
    assert_eq!(browser.now(), paused_at);
    browser.resume();
    // What was left of their times when the clock stood still was left when it went on.
    let woken = receiver.await.unwrap();
    for ((moment, real), length) in woken.into_iter().zip([60, 300]) {
        assert!(moment >= Instant::START + millis(length), "{length} ms ended at {moment:?}");
        assert!(
            paused_at > Instant::START + millis(length) || real >= length as f64 + 145.0,
            "after {real} ms"
        );
    }
}

#[wasm_bindgen_test]
async fn a_storm_of_turns_lets_the_browser_breathe() {
    const TIMERS: u32 = 5;
    let browser = BrowserLoop::new(1.0, None);
    let (done, seen) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(0)));
    let (ended, heard) = (done.clone(), seen.clone());
    drop(browser.start(async move {
        let start = now();
        // A loop that does not breathe would hear of no timer until it gives up.
        while heard.get() < TIMERS && now() - start < millis(5_000) {
            sleep(Duration::ZERO).await?;
        }
        ended.set(true);
        Ok(())
    }));
    // The browser's own timers go on in the middle of it, and so does its painting.
    while !done.get() {
        TimeoutFuture::new(5).await;
        seen.set(seen.get() + 1);
    }
    assert!(seen.get() >= TIMERS, "the browser was heard {} times", seen.get());
}

#[wasm_bindgen_test]
async fn a_loop_that_is_stopped_does_nothing_more() {
    let browser = BrowserLoop::new(1.0, None);
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    drop(browser.start(async move {
        loop {
            sleep(millis(5)).await?;
            counted.set(counted.get() + 1);
        }
        #[expect(unreachable_code)]
        Ok(())
    }));
    TimeoutFuture::new(60).await;
    browser.stop();
    let stopped_at = count.get();
    assert!(stopped_at > 0);
    TimeoutFuture::new(60).await;
    assert_eq!(count.get(), stopped_at);
}

#[wasm_bindgen_test]
async fn on_the_instant_clock_an_hour_is_over_at_once() {
    let browser = BrowserLoop::instant(None);
    let start = js_sys::Date::now();
    let ended = run(&browser, async {
        for _ in 0..60 {
            sleep(Duration::from_secs(60)).await?;
        }
        Ok(now())
    })
    .await;
    assert_eq!(ended.as_secs_f64(), 3_600.0);
    assert!(js_sys::Date::now() - start < 2_000.0);
}

#[wasm_bindgen_test]
async fn promises_of_the_browser_are_awaited_like_futures() {
    let browser = BrowserLoop::new(1.0, None);
    let took = run(&browser, async {
        let start = now();
        loopscope::cancellable(TimeoutFuture::new(40)).await?;
        Ok(now() - start)
    })
    .await;
    assert!(took >= millis(35), "{took:?}");
}
