use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::future::{Either, select};
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{Duration, Instant, Kind, RateLimiter, Result, VirtualLoop, now, sleep, sleep_until, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Numbers, is_cancelled, run, turn};

const SECOND: u64 = 1_000_000_000;

/// When so many pass that ask one after the other, in nanoseconds.
fn times(limiter: RateLimiter, count: usize) -> Vec<u64> {
    run(async move {
        let mut times = Vec::new();
        for _ in 0..count {
            limiter.acquire().await?;
            times.push(now().as_nanos());
        }
        Ok(times)
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn tokens_come_at_exact_nanoseconds() {
    // A third of a second is no whole number of nanoseconds: each is rounded up, and the third is a whole second.
    let expected = [0, 333_333_334, 666_666_667, SECOND, 1_333_333_334];
    assert_eq!(times(RateLimiter::new(3, 1).unwrap(), 5), expected);
    let late = times(RateLimiter::new(7, 1).unwrap(), 70_001);
    assert_eq!(late.last(), Some(&(10_000 * SECOND)), "rounding adds up");
}

#[wasm_bindgen_test(unsupported = test)]
fn so_many_pass_at_once_as_the_bucket_holds_and_no_more_after_a_long_pause() {
    run(async {
        let limiter = RateLimiter::new(2, 3)?;
        for _ in 0..2 {
            let start = now();
            let mut passed = Vec::new();
            for _ in 0..5 {
                limiter.acquire().await?;
                passed.push((now() - start).as_millis());
            }
            assert_eq!(passed, [0, 0, 0, 500, 1000]);
            sleep(Duration::from_secs(3600)).await?;
        }
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_period_may_be_of_any_length() {
    let slow = RateLimiter::per(5, Duration::from_secs(2), 1).unwrap();
    assert_eq!(times(slow, 4), [0, 400_000_000, 800_000_000, 1_200_000_000]);
    let fast = RateLimiter::per(3, Duration::from_nanos(2), 1).unwrap();
    assert_eq!(times(fast, 7), [0, 1, 2, 2, 3, 4, 4]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_limiter_that_lets_nothing_pass_is_an_error() {
    for (rate, period, burst) in [(0, 1, 1), (1, 0, 1), (1, 1, 0)] {
        let error = RateLimiter::per(rate, Duration::from_secs(period), burst).unwrap_err();
        assert!(error.is(Kind::ValueError), "{error}");
    }
    let error = RateLimiter::new(0, 2).unwrap_err();
    assert_eq!(error.message(), "a rate limiter of 0 per 1s with bursts of 2 lets nothing pass");
}

#[wasm_bindgen_test(unsupported = test)]
fn who_came_first_passes_first_and_nobody_overtakes() {
    run(async {
        let limiter = RateLimiter::new(1, 1)?;
        let log = Rc::new(RefCell::new(Vec::new()));
        // Its timer is set first: it has its turn when the first token has come, and who waits for that has not.
        let thief = spawn({
            let limiter = limiter.clone();
            async move {
                sleep_until(Instant::from_nanos(SECOND)).await?;
                Ok(limiter.try_acquire())
            }
        });
        turn().await?;
        let ask = |i: u64| {
            let (limiter, log) = (limiter.clone(), log.clone());
            spawn(async move {
                limiter.acquire().await?;
                log.borrow_mut().push((i, now().as_nanos() / SECOND));
                Ok(())
            })
        };
        let tasks: Vec<_> = (0..5).map(ask).collect();
        turn().await?;
        assert!(!limiter.try_acquire());
        assert!(!thief.await?, "it took a token for which another one waited");
        for task in tasks {
            task.await?;
        }
        assert_eq!(*log.borrow(), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
        sleep(Duration::from_secs(1)).await?;
        assert!(limiter.try_acquire() && !limiter.try_acquire());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn who_gives_up_takes_no_token() {
    for by_drop in [false, true] {
        run(async move {
            let limiter = RateLimiter::new(1, 1)?;
            limiter.acquire().await?;
            let ask = || {
                let limiter = limiter.clone();
                spawn(async move {
                    limiter.acquire().await?;
                    Ok(now().as_nanos())
                })
            };
            let patience = Duration::from_millis(500);
            let hasty = {
                let limiter = limiter.clone();
                spawn(async move {
                    let first = select(Box::pin(limiter.acquire()), Box::pin(sleep(patience))).await;
                    if let Either::Left((passed, _)) = first {
                        return passed;
                    }
                    drop(first);
                    sleep(Duration::from_secs(60)).await
                })
            };
            let (second, third) = (ask(), ask());
            sleep(patience).await?;
            if !by_drop {
                hasty.cancel();
            }
            assert_eq!((second.await?, third.await?), (SECOND, 2 * SECOND));
            turn().await?;
            assert_eq!(is_cancelled(&hasty), !by_drop);
            Ok(())
        });
    }
}

/// In each window of a second: what the bucket held, and what came.
#[wasm_bindgen_test(unsupported = test)]
fn no_second_sees_more_than_the_bucket_allows() {
    for seed in 0..60 {
        let mut numbers = Numbers(seed);
        let (rate, burst) = (1 + numbers.below(9), 1 + numbers.below(5));
        let asked: Vec<_> = (0..80).map(|_| (numbers.below(6 * SECOND), numbers.below(3))).collect();
        let mut passed: Vec<(u64, u64)> = run(async move {
            let limiter = RateLimiter::new(rate as u32, burst as u32)?;
            let passed = Rc::new(RefCell::new(Vec::new()));
            let mut tasks = Vec::new();
            for (at, patience) in asked {
                let (limiter, passed) = (limiter.clone(), passed.clone());
                let task = spawn(async move {
                    sleep(Duration::from_nanos(at)).await?;
                    limiter.acquire().await?;
                    passed.borrow_mut().push((now().as_nanos(), at));
                    Ok(())
                });
                let stop = task.clone();
                tasks.push(spawn(async move {
                    sleep(Duration::from_nanos(at + SECOND)).await?;
                    if patience == 0 {
                        stop.cancel();
                    }
                    // Whether it passed or was stopped, the others must pass.
                    let _ = stop.await;
                    Ok(())
                }));
            }
            for task in tasks {
                task.await?;
            }
            Ok(passed.take())
        });
        let window = |start: u64| passed.iter().filter(|(t, _)| (start..=start + SECOND).contains(t)).count();
        for (start, _) in &passed {
            assert!(window(*start) as u64 <= burst + rate, "seed {seed}: too many from {start} on");
        }
        assert!(passed.is_sorted_by_key(|(_, asked)| *asked), "seed {seed}: somebody was overtaken");
        // And none passes later than it must: one who waited passes at the first token after the one before.
        passed.retain(|(t, asked)| t > asked);
        for pair in passed.windows(2) {
            let (before, after) = (pair[0].0, pair[1].0);
            let waited_since = pair[1].1.max(before);
            assert!(
                after - waited_since <= SECOND.div_ceil(rate),
                "seed {seed}: a token was lost at {before}"
            );
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_until_when_a_token_is_waited_for() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let limiter = RateLimiter::new(2, 1)?.named("requests");
        let tasks: Vec<_> = (0..3).map(|_| spawn(limiter.acquire())).collect();
        for task in tasks {
            task.await?;
        }
        Result::Ok(())
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let batch = recorder.take();
    let resource = &batch.resources[0];
    assert_eq!((resource.kind, &*resource.name, resource.capacity), ("rate limiter", "requests", 1));
    let about_it = batch
        .events
        .iter()
        .filter(|event| event.subject == 1 && matches!(event.kind, Event::Acquire | Event::Wait));
    let told: Vec<_> = about_it
        .map(|event| {
            let text = recorder.text(event.text);
            format!("{} {} {} {text}", event.task, event.kind.name(), event.value).trim_end().to_owned()
        })
        .collect();
    let expected = [
        "2 acquire 1",
        "3 wait 500000000 a token",
        "4 wait 0 a token (1 ahead)",
        "3 acquire 1",
        "4 wait 1000000000 a token",
        "4 acquire 1",
    ];
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_token_that_is_there_needs_no_loop() {
    let limiter = RateLimiter::new(1, 1).unwrap();
    limiter.acquire().now_or_never().unwrap().unwrap();
    let error = limiter.acquire().now_or_never().unwrap().unwrap_err();
    assert!(error.message().starts_with("no running event loop"));
}

/// Otherwise a clock that jumps would jump to where nobody waits.
#[wasm_bindgen_test(unsupported = test)]
fn who_gives_up_leaves_no_timer() {
    let (virtual_loop, limiter) = (VirtualLoop::new(), RateLimiter::new(1, 1).unwrap());
    assert!(limiter.try_acquire());
    let hasty = virtual_loop.spawn("hasty", async move {
        let pause = sleep(Duration::from_millis(500));
        drop(select(Box::pin(limiter.acquire()), Box::pin(pause)).await);
        Ok(())
    });
    virtual_loop.run_until_idle();
    assert!(hasty.is_finished());
    assert_eq!(virtual_loop.now().as_secs_f64(), 0.5);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_how_many_tokens_are_missing() {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            let limiter = RateLimiter::new(1, 3)?.named("limiter");
            assert_eq!(format!("{limiter:?}"), "<RateLimiter [1 in 1s, 3 at once]>");
            for _ in 0..4 {
                limiter.acquire().await?;
            }
            sleep(Duration::from_secs(3)).await?;
            assert!(limiter.try_acquire());
            sleep(Duration::from_millis(999)).await?;
            assert!(limiter.try_acquire());
            Ok(())
        })
        .unwrap();
    let events = recorder.take().events;
    let told = |kind: Event| events.iter().filter(move |event| event.kind == kind);
    let missing = |kind| told(kind).map(|event| event.value).collect::<Vec<_>>();
    assert_eq!(missing(Event::Acquire), [1, 2, 3, 3, 1, 2]);
    // For the fourth one when its token came, for the fifth one what came in its pause, for the sixth one nothing new.
    let refills: Vec<_> =
        told(Event::Refill).map(|event| (event.t.as_nanos() / 1_000_000, event.value)).collect();
    assert_eq!(refills, [(1000, 2), (4000, 0)]);
}
