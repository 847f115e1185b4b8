//! What ends a wait beside a request to stop: a time that is up, or an error that is thrown.

use futures::FutureExt;
use loopscope::{AsyncGen, Condition, Duration, Error, Kind, Lock, spawn, wait_for};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{run, turn};

/// lk timeout_in_block
#[wasm_bindgen_test(unsupported = test)]
fn a_wait_whose_time_is_up_has_the_lock_again() {
    run(async {
        let condition = Condition::new();
        let guard = condition.acquire().await?;
        let late = wait_for(condition.wait(), Duration::from_millis(500)).await;
        assert!(late.is_err_and(|error| error.is(Kind::TimeoutError)));
        assert!(condition.locked());
        guard.release()
    });
}

/// CPython leaves this open: there only a request to stop can arrive here.
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_waiter_that_was_woken_passes_the_wake_up_on_when_an_error_is_thrown() {
    run(async {
        let lock = Lock::new();
        let guard = lock.acquire().await?;
        let body = lock.clone();
        let taker = AsyncGen::new(async move |co| {
            let _guard = body.acquire().await?;
            co.yield_(1).await?;
            Ok(())
        });
        assert!(taker.anext().now_or_never().is_none());
        let next = spawn(lock.acquire());
        turn().await?;
        drop(guard);
        let thrown = Error::value("thrown");
        assert!(taker.athrow(thrown.clone()).await.unwrap_err().is_same(&thrown));
        drop(next.await?);
        assert!(!lock.locked());
        Ok(())
    });
}

/// As in CPython, only requests to stop are kept until the lock is held again.
#[wasm_bindgen_test(unsupported = test)]
fn row_44_an_error_thrown_at_the_wait_for_the_lock_lets_another_one_be_notified() {
    run(async {
        let condition = Condition::new();
        let body = condition.clone();
        let waiter = AsyncGen::new(async move |co| {
            let _guard = body.acquire().await?;
            let ended = body.wait().await;
            co.yield_(body.locked()).await?;
            ended
        });
        let anext = spawn(async move {
            // Asked twice: to wait for the notification, and for the lock after it.
            assert!(waiter.anext().now_or_never().is_none());
            turn().await?;
            turn().await?;
            assert!(waiter.anext().now_or_never().is_none());
            let thrown = Error::value("thrown");
            assert_eq!(waiter.athrow(thrown.clone()).await?, Some(true), "the other one holds it");
            let error = waiter.anext().await.unwrap_err();
            assert!(error.is_same(&thrown));
            Ok(())
        });
        let other = spawn({
            let condition = condition.clone();
            async move {
                let _guard = condition.acquire().await?;
                condition.wait().await
            }
        });
        turn().await?;
        let guard = condition.acquire().await?;
        condition.notify(1)?;
        for _ in 0..4 {
            turn().await?;
        }
        assert!(anext.is_finished());
        anext.await?;
        guard.release()?;
        turn().await?;
        assert!(other.is_finished(), "the notification is lost");
        assert!(!condition.locked());
        assert!(condition.wait().await.is_err_and(|error| error.is(Kind::RuntimeError)));
        Ok(())
    });
}
