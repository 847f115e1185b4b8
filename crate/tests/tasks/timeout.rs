//! Bodies that are asked to stop when a time has passed.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{
    Error, Instant, Kind, Result, Timeout, VirtualLoop, current_task, finally, gather_tuple, sleep, spawn,
    timeout, timeout_at,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{
    Shown, ask, careful, check, fail, job, just_ask, say, secs, stubborn, tell, ticks, truth, unclean,
};

const TWINS: &str = include_str!("../twins/timeouts.txt");

pub(crate) fn at(seconds: f64) -> Instant {
    Instant::START + secs(seconds)
}

/// A moment as Python writes it.
pub(crate) fn shown(when: Option<Instant>) -> String {
    when.map_or("None".to_owned(), |when| format!("{:?}", when.as_secs_f64()))
}

pub(crate) async fn within<T: Shown>(
    delay: impl Into<Option<f64>>,
    future: impl Future<Output = Result<T>>,
) -> Result<T> {
    timeout(delay.into().map(secs), async |limit| {
        let value = future.await?;
        say(format!("{} {limit:?}", truth(limit.expired())));
        Ok(value)
    })
    .await
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_the_time_comes_and_the_stop_becomes_a_timeout_error() {
    check(TWINS, "timeout_fires", async {
        let limit = timeout(None, async |limit| {
            say(format!("{} {limit:?}", shown(limit.when())));
            Ok(limit)
        });
        say(format!("{:?}", limit.await?));
        let kept = Rc::new(RefCell::new(None));
        let slow = timeout_at(at(0.25), async |limit| {
            say(format!("{} {limit:?}", shown(limit.when())));
            *kept.borrow_mut() = Some(limit);
            job("a", 5.0, 0).await
        });
        say(tell(&slow.await.unwrap_err()));
        let limit = kept.take().unwrap();
        say(format!("{} {} {limit:?}", truth(limit.expired()), shown(limit.when())));
        ask("b", within(0.25, job("b", 5.0, 0))).await?;
        say(current_task().unwrap().cancelling());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_what_is_in_time_is_let_be() {
    check(TWINS, "timeout_does_not_fire", async {
        ask("a", within(5.0, job("a", 0.25, 7))).await?;
        ask("b", within(5.0, fail("b", 0.25))).await?;
        just_ask("c", within(None, job("c", 0.25, 8))).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_no_time_at_all_ends_at_the_first_await() {
    check(TWINS, "timeout_of_no_time", async {
        ask("a", within(0.0, job("a", 5.0, 0))).await?;
        ask("b", within(0.0, job("b", 0.0, 0))).await?;
        // There is no time before the start: what is over is over.
        let past = timeout_at(Instant::START, async |_| job("c", 0.0, 0).await);
        ask("c", past).await?;
        ask("d", within(0.0, async { Ok(1) })).await?;
        gather_tuple((ask("e", within(0.0, job("e", 5.0, 0))), ticks(4))).await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_the_clean_up_is_waited_for() {
    check(TWINS, "timeout_waits_for_the_clean_up", async {
        just_ask("a", within(0.25, careful("a", 5.0, 1.0))).await
    });
    check(TWINS, "timeout_of_a_task", async {
        let task = spawn(job("a", 5.0, 0));
        ask("a", within(0.25, task.clone())).await?;
        say(truth(task.is_cancelled()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_the_outer_one_fires_through_the_inner_one() {
    check(TWINS, "timeouts_in_timeouts", async {
        let outer = timeout(secs(0.25), async |first| {
            let kept = RefCell::new(None);
            let body = timeout(secs(1.0), async |second| {
                *kept.borrow_mut() = Some(second);
                job("a", 5.0, 0).await
            });
            finally(body, async || {
                let second: Timeout = kept.borrow().clone().unwrap();
                say(format!("{} {}", truth(first.expired()), truth(second.expired())));
                Ok(())
            })
            .await
        });
        ask("outer", outer).await?;
        let inner = timeout(secs(1.0), async |_| {
            ask("inner", within(0.25, job("b", 5.0, 0))).await?;
            job("c", 5.0, 0).await
        });
        just_ask("inner", inner).await
    });
    check(TWINS, "timeouts_at_one_time", async {
        let both = timeout_at(at(0.25), async |first| {
            let kept = RefCell::new(None);
            let inner = timeout_at(at(0.25), async |second| {
                *kept.borrow_mut() = Some(second);
                job("a", 5.0, 0).await
            });
            let error = inner.await.unwrap_err();
            say(tell(&error));
            let second: Timeout = kept.borrow().clone().unwrap();
            say(format!("{} {}", truth(first.expired()), truth(second.expired())));
            Err::<(), _>(error)
        });
        ask("both", both).await?;
        say(current_task().unwrap().cancelling());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_28_a_timeout_in_a_clean_up() {
    check(TWINS, "timeout_in_a_clean_up", async {
        // What is asked in the clean-up is answered while the stop is handled.
        let clean = || async { just_ask("clean up", within(0.25, sleep(secs(5.0)))).await };
        just_ask("body", within(0.25, finally(sleep(secs(5.0)), clean))).await
    });
    let clean = || within(0.25, sleep(secs(5.0)));
    let both = VirtualLoop::new().run(within(0.25, finally(sleep(secs(5.0)), clean)));
    let inner = both.unwrap_err();
    assert!(inner.is(Kind::TimeoutError) && inner.cause().unwrap().is(Kind::CancelledError));
    let outer = inner.context().unwrap();
    assert!(outer.is(Kind::TimeoutError) && outer.cause().unwrap().is(Kind::CancelledError));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_29_a_body_that_swallows_the_stop_keeps_its_result() {
    check(TWINS, "timeout_is_swallowed", async {
        ask("a", within(0.25, stubborn("a", 5.0, 42))).await?;
        say(current_task().unwrap().cancelling());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_29_another_error_has_the_timeout_as_its_context() {
    check(TWINS, "timeout_and_another_error", async {
        ask("a", within(0.25, unclean("a", 5.0))).await?;
        let first = || async { Err::<(), _>(Error::value("first")) };
        let waits = move || finally(first(), || sleep(secs(5.0)));
        let deeper = finally(waits(), || unclean("second", 0.0));
        ask("deeper", within(0.25, deeper)).await?;
        just_ask("first", within(0.25, waits())).await
    });
}
