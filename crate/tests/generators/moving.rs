//! Waits that are given up, and waits that another task takes over.

use std::rc::Rc;

use futures::FutureExt;
use futures::future::{Either, poll_immediate, ready, select};
use loopscope::{AsyncGen, Duration, Kind, Lock, Task, cancellable, current_task, shield, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{moment, of, run};

#[wasm_bindgen_test(unsupported = test)]
fn a_body_that_waits_for_a_lock_goes_on_in_the_task_that_drives_it_now() {
    run(async {
        let lock = Lock::new();
        let held = lock.acquire().await?;
        let inner = lock.clone();
        let numbers: Rc<AsyncGen<i32>> = Rc::new(of(async move |co| {
            let _guard = inner.acquire().await?;
            co.yield_(1).await.map(drop)
        }));
        // This task begins and gives up, another one goes on.
        assert!(poll_immediate(numbers.anext()).await.is_none());
        let other = spawn({
            let numbers = numbers.clone();
            async move { numbers.anext().await }
        });
        sleep(moment()).await?;
        held.release()?;
        assert_eq!(other.await?, 1);
        numbers.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_is_not_lost_with_the_branch_of_a_select_that_came_second() {
    run(async {
        let (sender, receiver) = futures::channel::oneshot::channel::<()>();
        let chosen = spawn(async move {
            match select(Box::pin(receiver), sleep(Duration::from_secs(1))).await {
                Either::Left(_) => {}
                Either::Right((slept, _)) => slept?,
            }
            sleep(Duration::from_secs(1)).await?;
            Ok("went on")
        });
        sleep(moment()).await?;
        // Both in one turn: the sleep is told to stop, and the other branch is ready.
        chosen.cancel();
        sender.send(()).unwrap();
        assert!(chosen.await.unwrap_err().is(Kind::CancelledError));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_that_is_only_given_up_stops_nobody() {
    run(async {
        let second = Duration::from_secs(1);
        for _ in 0..3 {
            assert!(poll_immediate(sleep(second)).await.is_none());
            assert!(poll_immediate(cancellable(futures::future::pending::<()>())).await.is_none());
        }
        sleep(moment()).await
    });
}

fn long() -> Task<()> {
    spawn(sleep(Duration::from_secs(10)))
}

#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_does_not_go_to_what_was_only_looked_at() {
    run(async {
        let other = long();
        let looking = spawn({
            let other = other.clone();
            async move {
                while other.clone().now_or_never().is_none() {
                    sleep(Duration::ZERO).await?;
                }
                Ok(())
            }
        });
        // A task that never waits keeps a virtual clock from going on: turns are all there is.
        sleep(Duration::ZERO).await?;
        sleep(Duration::ZERO).await?;
        looking.cancel();
        assert!(looking.await.unwrap_err().is(Kind::CancelledError));
        assert!(!other.is_finished());
        // Nor to the branch of a select that was given up, however long ago the task stood there.
        let chose = spawn({
            let other = other.clone();
            async move {
                select(other, ready(())).await;
                sleep(Duration::ZERO).await?;
                sleep(Duration::from_secs(3)).await
            }
        });
        sleep(Duration::ZERO).await?;
        chose.cancel();
        assert!(chose.await.unwrap_err().is(Kind::CancelledError));
        assert!(!other.is_finished());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_asks_itself_to_stop_hears_of_it_at_its_next_await() {
    run(async {
        let other = long();
        let asks = spawn({
            let other = other.clone();
            async move {
                assert!(other.now_or_never().is_none());
                current_task().unwrap().cancel();
                sleep(Duration::from_secs(1)).await
            }
        });
        assert!(asks.await.unwrap_err().is(Kind::CancelledError));
        assert!(!other.is_finished());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_shield_whose_task_was_stopped_asks_nobody_to_stop() {
    run(async {
        let (quick, shielded) = (spawn(sleep(moment())), long());
        let watching = spawn({
            let shielded = shielded.clone();
            async move {
                select(quick, Box::pin(shield(shielded))).await;
                sleep(moment()).await?;
                Ok(current_task().unwrap().cancelling())
            }
        });
        sleep(moment()).await?;
        shielded.cancel();
        assert_eq!(watching.await?, 0);
        Ok(())
    });
}
