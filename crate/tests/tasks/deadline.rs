//! Deadlines: moved, misused, and in one turn with other requests to stop.

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use loopscope::{
    Duration, Kind, Result, Timeout, VirtualLoop, current_task, finally, now, sleep, spawn, timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::timeout::{at, shown, within};
use crate::twin::{ask, careful, check, job, just_ask, say, secs, stubborn, tell, truth, turn};

const TWINS: &str = include_str!("../twins/timeouts.txt");

#[wasm_bindgen_test(unsupported = test)]
fn row_30_a_stop_from_elsewhere_stays_a_stop() {
    check(TWINS, "timeout_and_a_stop_from_elsewhere", async {
        let body = timeout(secs(5.0), async |limit| {
            current_task().unwrap().cancel_with("own");
            finally(sleep(secs(5.0)), async || {
                say(truth(limit.expired()));
                Ok(())
            })
            .await
        });
        ask("body", spawn(body)).await?;
        let task = spawn(within(5.0, job("a", 9.0, 0)));
        sleep(secs(1.0)).await?;
        task.cancel_with("outside");
        ask("a", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_30_a_stop_in_the_turn_of_the_deadline() {
    check(TWINS, "timeout_and_a_stop_in_one_turn", async {
        for first in [true, false] {
            let task = spawn(within(1.0, job("a", 5.0, 0)));
            if !first {
                turn().await?;
            }
            sleep(secs(1.0)).await?;
            task.cancel_with("outside");
            ask("a", task.clone()).await?;
            say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        }
        Ok(())
    });
    check(TWINS, "timeout_and_a_stop_in_the_clean_up", async {
        let task = spawn(within(0.25, careful("a", 5.0, 1.0)));
        sleep(secs(0.5)).await?;
        task.cancel_with("outside");
        ask("a", task.clone()).await?;
        say(format!("{} {}", truth(task.is_cancelled()), task.cancelling()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_30_a_timeout_after_a_stop() {
    check(TWINS, "timeout_after_a_stop", async {
        let stopped = |delay, again| async move {
            let task = current_task().unwrap();
            task.cancel();
            stubborn("a", 1.0, 0).await?;
            say(task.cancelling());
            timeout(secs(delay), async |_| {
                if again {
                    task.cancel_with("again");
                }
                sleep(secs(2.0)).await
            })
            .await
        };
        ask("timeout", spawn(stopped(0.0, false))).await?;
        just_ask("cancel", spawn(stopped(1.0, true))).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_30_the_deadline_can_be_moved() {
    check(TWINS, "timeout_is_moved", async {
        async fn body(change: impl FnOnce(&Timeout) -> Result<()>) -> Result<()> {
            let body = async |limit: Timeout| {
                change(&limit)?;
                say(shown(limit.when()));
                sleep(secs(3.0)).await
            };
            timeout(secs(1.0), body).await?;
            say("in time");
            Ok(())
        }
        ask("later", body(|limit| limit.reschedule(now() + secs(5.0)))).await?;
        ask("never", body(|limit| limit.reschedule(None))).await?;
        ask("sooner", body(|limit| limit.reschedule(now() + secs(0.5)))).await?;
        ask("now", body(|limit| limit.reschedule(now()))).await?;
        ask("past", body(|limit| limit.reschedule(at(1.0)))).await?;
        let taken_back = timeout(Duration::ZERO, async |limit| {
            limit.reschedule(now() + secs(1.0))?;
            turn().await?;
            say("not yet");
            sleep(secs(5.0)).await
        });
        just_ask("taken back", taken_back).await
    });
    check(TWINS, "timeout_is_moved_by_another_task", async {
        let limits: Rc<RefCell<Vec<Timeout>>> = Rc::default();
        let kept = limits.clone();
        let task = spawn(timeout(secs(10.0), async move |limit| {
            kept.borrow_mut().push(limit);
            sleep(secs(50.0)).await
        }));
        turn().await?;
        let limit = limits.borrow()[0].clone();
        limit.reschedule(at(30.0))?;
        say(shown(limit.when()));
        sleep(secs(20.0)).await?;
        limit.reschedule(None)?;
        say(shown(limit.when()));
        sleep(secs(20.0)).await?;
        say(truth(task.cancel()));
        ask("body", task).await?;
        say(truth(limit.expired()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_30_a_limit_is_entered_once_and_moved_while_it_counts() {
    check(TWINS, "timeout_is_misused", async {
        let refused = |name: &str, limit: &Timeout| {
            if let Err(error) = limit.reschedule(now() + secs(1.0)) {
                say(format!("{name}: {}", tell(&error)));
            }
        };
        let limit = Timeout::new(now() + secs(1.0));
        refused("before", &limit);
        limit.enter()?;
        ask("again", async { limit.enter() }).await?;
        refused("inside", &limit);
        limit.exit(None)?;
        refused("after", &limit);
        ask("again", async { limit.enter() }).await?;
        assert!(limit.exit(None).unwrap_err().is(Kind::RuntimeError));
        let expiring = async |limit: Timeout| {
            stubborn("a", 5.0, 0).await?;
            refused("expiring", &limit);
            Ok(())
        };
        timeout(secs(1.0), expiring).await?;
        let kept = RefCell::new(None);
        let expired = timeout(secs(1.0), async |limit| {
            *kept.borrow_mut() = Some(limit);
            sleep(secs(5.0)).await
        });
        assert!(expired.await.is_err());
        refused("expired", &kept.take().unwrap());
        Ok(())
    });
}

/// Python has no such thing: there a body that has begun is never just dropped.
#[wasm_bindgen_test(unsupported = test)]
fn a_timeout_that_is_dropped_stops_nobody() {
    VirtualLoop::new()
        .run(async {
            let task = current_task().unwrap();
            let mut early = Box::pin(timeout(secs(1.0), async |_| sleep(secs(60.0)).await));
            assert!((&mut early).now_or_never().is_none());
            drop(early);
            sleep(secs(2.0)).await?;
            // The time has come, and nobody has gone on since.
            let mut late = Box::pin(timeout(Duration::ZERO, async |_| sleep(secs(60.0)).await));
            let dropped = std::future::poll_fn(|context| {
                let _ = late.poll_unpin(context);
                std::task::Poll::Ready(())
            });
            dropped.await;
            drop(late);
            assert_eq!(task.cancelling(), 0);
            sleep(secs(2.0)).await
        })
        .unwrap();
}
