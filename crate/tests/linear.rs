//! What takes as long as there is of it, and not as the square of that. By the clock, so only natively.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::rc::Rc;
use std::time::{Duration, Instant};

use loopscope::trace::Recorder;
use loopscope::{
    AsyncGen, Condition, Error, ExitStack, Pool, Result, VirtualLoop, sleep, spawn, timeout, with,
};

/// Four times as many take four times as long; if it were the square, sixteen times.
fn grows_with(many: usize, took: impl Fn(usize) -> Result<Duration>) {
    let least = |many| (0..3).map(|_| took(many).unwrap()).min().unwrap().as_secs_f64();
    let (few, all) = (least(many), least(4 * many));
    assert!(all < 9.0 * few, "{many} took {few} s, and four times as many {all} s");
}

fn turn() -> impl Future<Output = Result<()>> {
    sleep(loopscope::Duration::ZERO)
}

#[test]
fn to_notify_all() {
    grows_with(10_000, |many| {
        VirtualLoop::new().run(async move {
            let condition = Condition::new();
            for _ in 0..many {
                let condition = condition.clone();
                spawn(async move {
                    let _guard = condition.acquire().await?;
                    condition.wait().await
                });
            }
            turn().await?;
            let _guard = condition.acquire().await?;
            let before = Instant::now();
            condition.notify_all()?;
            Ok(before.elapsed())
        })
    });
}

#[test]
fn to_close_a_pool_for_which_many_wait() {
    grows_with(5_000, |many| {
        VirtualLoop::new().run(async move {
            let pool = Pool::new([()]);
            let lent = pool.acquire().await?;
            let waiting: Vec<_> = (0..many)
                .map(|_| {
                    let pool = pool.clone();
                    spawn(async move { pool.acquire().await.map(drop) })
                })
                .collect();
            turn().await?;
            let before = Instant::now();
            pool.close();
            drop(lent);
            for waiter in waiting {
                assert!(waiter.await.is_err());
            }
            Ok(before.elapsed())
        })
    });
}

#[test]
fn to_leave_a_stack_whose_exits_raise() {
    grows_with(5_000, |many| {
        let stack = ExitStack::new();
        for number in 0..many {
            stack.callback(move || Err(Error::value(number.to_string())));
        }
        let before = Instant::now();
        let raised = with(stack, |_| Err::<(), _>(Error::key("body"))).unwrap_err();
        let took = before.elapsed();
        let told = std::iter::successors(Some(raised), Error::context).count();
        assert_eq!(told, many + 1);
        Ok(took)
    });
}

/// What is recorded is looked at for mistakes, event by event: no event may look at all that others are inside of.
#[test]
fn to_record_many_that_yield_inside_of_something() {
    const SECOND: loopscope::Duration = loopscope::Duration::from_secs(1);
    grows_with(2_000, |many| {
        let recorder = Rc::new(Recorder::default());
        VirtualLoop::with_recorder(recorder).run(async move {
            let before = Instant::now();
            let inside: Vec<_> = (0..many)
                .map(|_| {
                    spawn(timeout(2 * SECOND, async |_| {
                        let values = AsyncGen::new(async |co| {
                            timeout(2 * SECOND, async |_| sleep(SECOND).await).await?;
                            co.yield_(1).await.map(drop)
                        });
                        while values.anext().await.is_ok() {}
                        Ok(())
                    }))
                })
                .collect();
            for task in inside {
                task.await?;
            }
            Ok(before.elapsed())
        })
    });
}
