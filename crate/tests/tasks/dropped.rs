//! What is dropped before its end: limits, groups, and what they asked for.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;

use futures::FutureExt;
use futures::future::{Either, join, select};
use loopscope::task::Sleep;
use loopscope::{
    AsyncGen, Error, Event, Kind, Timeout, VirtualLoop, current_task, gather, now, sleep, spawn, task_group,
    timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{secs, turn};

/// Starts to wait with a limit of a second, for longer, and keeps the handle of the limit.
async fn limited(kept: Rc<RefCell<Option<Timeout>>>) -> loopscope::Result<()> {
    timeout(secs(1.0), async |limit| {
        *kept.borrow_mut() = Some(limit);
        sleep(secs(60.0)).await
    })
    .await
}

#[wasm_bindgen_test(unsupported = test)]
fn a_limit_that_is_dropped_in_time_asks_nobody_to_stop() {
    let virtual_loop = VirtualLoop::new();
    let kept = Rc::default();
    let limit = Rc::clone(&kept);
    let task = virtual_loop.spawn("task", async move {
        assert!(limited(limit).now_or_never().is_none());
        turn().await
    });
    virtual_loop.run_until_idle();
    // Not even the clock was moved.
    assert_eq!(virtual_loop.now().as_secs_f64(), 0.0);
    assert!(task.result().unwrap().is_ok());
    let limit = kept.take().unwrap();
    assert!(!limit.expired());
    assert_eq!(format!("{limit:?}"), "<Timeout [finished]>");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_limit_that_is_dropped_too_late_takes_its_request_back() {
    let counts = VirtualLoop::new().run(async {
        let kept = Rc::default();
        let me = current_task().unwrap();
        let counts = {
            let mut limited = pin!(limited(Rc::clone(&kept)));
            assert!(limited.as_mut().now_or_never().is_none());
            // The time comes while the task waits for something else.
            let asked = sleep(secs(30.0)).await.unwrap_err();
            assert!(asked.is(Kind::CancelledError));
            me.cancelling()
        };
        drop(kept.take().filter(Timeout::expired).unwrap());
        Ok((counts, me.cancelling()))
    });
    assert_eq!(counts.unwrap(), (1, 0));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_group_that_is_dropped_at_its_end_stops_its_tasks() {
    let stopped = VirtualLoop::new().run(async {
        let child = Rc::new(RefCell::new(None));
        let group = task_group(async |group| {
            *child.borrow_mut() = Some(group.spawn(sleep(secs(60.0)))?);
            Ok(())
        });
        assert!(group.now_or_never().is_none());
        let child = child.take().unwrap();
        turn().await?;
        turn().await?;
        Ok(child.is_cancelled())
    });
    assert!(stopped.unwrap());
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_gathered_is_not_finished_before_the_last_one() {
    let seen = VirtualLoop::new().run(async {
        let all = gather([1.0, 2.0].map(|seconds| spawn(sleep(secs(seconds)))));
        let mut seen = vec![all.is_finished()];
        sleep(secs(1.5)).await?;
        seen.push(all.is_finished());
        sleep(secs(1.5)).await?;
        seen.push(all.is_finished());
        all.await?;
        Ok(seen)
    });
    assert_eq!(seen.unwrap(), [false, false, true]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_is_left_at_the_end_may_make_of_the_stop_what_it_likes() {
    let ends: [fn() -> loopscope::Result<()>; 3] =
        [|| Ok(()), || Err(Error::generator_exit()), || Err(Error::value("no"))];
    let reports = ends.map(|end| {
        let told = Rc::new(RefCell::new(vec![]));
        let notes = told.clone();
        let virtual_loop = VirtualLoop::new();
        virtual_loop.on_unhandled(move |report| notes.borrow_mut().push(report.error().headline()));
        let program = async move {
            let numbers = AsyncGen::new(async move |co| {
                assert!(co.yield_(1).await.is_err_and(|error| error.is(Kind::CancelledError)));
                end()
            });
            numbers.anext().await
        };
        assert_eq!(virtual_loop.run(program).unwrap(), 1);
        told.take()
    });
    assert_eq!(reports, [vec![], vec![], vec!["ValueError: no".to_owned()]]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_stop_of_what_is_not_waited_for_any_more_is_no_stop_of_the_one_who_waited() {
    let first = VirtualLoop::new().run(async {
        let (event, child) = (Event::new(), spawn(sleep(secs(60.0))));
        spawn({
            let (event, child) = (event.clone(), child.clone());
            async move {
                child.cancel();
                turn().await?;
                event.set();
                Ok(())
            }
        });
        // Both have happened when its turn comes, and the second one is dropped unread.
        let first = matches!(select(pin!(event.wait()), child.clone()).await, Either::Left(_));
        assert!(child.is_cancelled());
        turn().await.map(|()| first)
    });
    assert!(first.unwrap());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_that_is_dropped_leaves_the_other_one_to_be_stopped() {
    let stopped_at = VirtualLoop::new().run(async {
        let task = spawn(async {
            let mut short = pin!(sleep(secs(50.0)));
            let mut long = Some(Box::pin(sleep(secs(60.0))));
            let stopped = poll_fn(|context| {
                let started = long.as_mut().is_none_or(|long| long.as_mut().poll(context).is_pending());
                assert!(started);
                let polled = short.as_mut().poll(context);
                long = None;
                polled
            });
            assert!(stopped.await.is_err_and(|error| error.is(Kind::CancelledError)));
            Ok(now().as_secs_f64())
        });
        sleep(secs(1.0)).await?;
        task.cancel();
        task.await
    });
    assert_eq!(stopped_at.unwrap(), 1.0);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_stops_itself_is_stopped_where_it_comes_to_stand() {
    let both = VirtualLoop::new().run(async {
        let last = async {
            current_task().unwrap().cancel();
            sleep(secs(2.0)).await
        };
        let (first, last) = join(sleep(secs(1.0)), last).await;
        Ok((first.is_ok(), last.is_ok()))
    });
    assert_eq!(both.unwrap(), (true, false));
}

/// Two tasks poll one future. One is asked to stop, which ends the wait; the other, who was not, drops it.
#[wasm_bindgen_test(unsupported = test)]
fn who_drops_what_another_one_was_asked_to_leave_is_not_asked_to_stop() {
    let slept = VirtualLoop::new().run(async {
        let shared = Rc::new(RefCell::new(Some(Box::pin(sleep(secs(60.0))))));
        let polls = |shared: Rc<RefCell<Option<Pin<Box<Sleep>>>>>| {
            poll_fn(move |context| match &mut *shared.borrow_mut() {
                Some(sleep) => sleep.as_mut().poll(context),
                None => Poll::Ready(Ok(())),
            })
        };
        let enough = Event::new();
        let stopped = spawn(polls(shared.clone()));
        turn().await?;
        let other = spawn({
            let (shared, enough) = (shared.clone(), enough.clone());
            async move {
                select(Box::pin(enough.wait()), polls(shared.clone())).await;
                drop(shared.take());
                sleep(secs(1.0)).await
            }
        });
        turn().await?;
        enough.set();
        stopped.cancel();
        let _ = stopped.await;
        other.await?;
        Ok(now())
    });
    assert_eq!(slept.unwrap().as_secs_f64(), 1.0);
}
