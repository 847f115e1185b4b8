//! Errors that are thrown into a task.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{
    Duration, Error, Event, Kind, Queue, Result, Semaphore, TaskGroup, VirtualLoop, now, sleep, spawn,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn fault() -> Error {
    Error::new(Kind::ConnectionError, "a fault")
}

fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> T {
    VirtualLoop::new().run(program).unwrap()
}

#[wasm_bindgen_test(unsupported = test)]
fn a_thrown_error_comes_out_of_the_await_at_once_and_is_the_same() {
    run(async {
        for length in [Duration::ZERO, Duration::from_secs(60)] {
            let sleeper = spawn(sleep(length));
            sleep(Duration::ZERO).await?;
            let thrown = fault();
            assert!(sleeper.throw(thrown.clone()));
            assert!(sleeper.await.unwrap_err().is_same(&thrown));
        }
        assert_eq!(now().as_nanos(), 0);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_has_not_begun_never_does_and_one_that_has_ended_is_left_alone() {
    run(async {
        let never = spawn(async { if now().as_nanos() == 0 { panic!("it begins") } else { Ok(()) } });
        assert!(never.throw(fault()));
        assert!(never.clone().await.is_err_and(|error: Error| error.message() == "a fault"));
        assert!(!never.throw(fault()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_handles_what_was_thrown_goes_on() {
    let queue = Queue::new(1);
    let taken = run(async move {
        let reader = spawn({
            let queue = queue.clone();
            async move {
                assert!(queue.get().await.unwrap_err().is(Kind::ConnectionError));
                queue.get().await
            }
        });
        sleep(Duration::ZERO).await?;
        reader.throw(fault());
        sleep(Duration::ZERO).await?;
        queue.put(7).await?;
        reader.await
    });
    assert_eq!(taken, 7);
}

#[wasm_bindgen_test(unsupported = test)]
fn who_is_struck_while_a_permit_is_on_its_way_passes_it_on() {
    run(async {
        let semaphore = Semaphore::new(1);
        let held = semaphore.acquire().await?;
        let waiters: Vec<_> = (0..2).map(|_| spawn(semaphore.acquire())).collect();
        sleep(Duration::ZERO).await?;
        drop(held);
        waiters[0].throw(fault());
        sleep(Duration::ZERO).await?;
        let mut waiters = waiters.into_iter();
        assert!(waiters.next().unwrap().await.is_err());
        let _permit = waiters.next().unwrap().await?;
        assert!(semaphore.locked());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn neither_a_thrown_error_nor_a_request_to_stop_is_lost_beside_the_other() {
    for cancel_first in [false, true] {
        let (first, second) = run(async move {
            let sleeper = spawn(async {
                let first = sleep(Duration::from_secs(60)).await.unwrap_err();
                let second = sleep(Duration::from_secs(60)).await.unwrap_err();
                Ok((first.kind(), second.kind()))
            });
            sleep(Duration::ZERO).await?;
            if cancel_first {
                sleeper.cancel();
            }
            sleeper.throw(fault());
            if !cancel_first {
                sleeper.cancel();
            }
            sleeper.await
        });
        assert_eq!((first, second), (Kind::ConnectionError, Kind::CancelledError));
    }
}

/// Only a request to stop makes a group wait for its tasks' clean-up.
#[wasm_bindgen_test(unsupported = test)]
fn a_group_that_is_struck_while_it_ends_waits_no_longer() {
    for (stop, expected) in [(false, (1, Kind::ConnectionError)), (true, (6, Kind::CancelledError))] {
        let ended = run(async move {
            let parent = spawn(async {
                let group = TaskGroup::new();
                group.enter()?;
                group.spawn(async {
                    let asked = sleep(Duration::from_secs(60)).await;
                    sleep(Duration::from_secs(5)).await?;
                    asked
                })?;
                group.exit(None).await
            });
            sleep(Duration::from_secs(1)).await?;
            if stop {
                parent.cancel();
            } else {
                parent.throw(fault());
            }
            let error = parent.await.unwrap_err();
            Ok((now().as_nanos() / 1_000_000_000, error.kind()))
        });
        assert_eq!(ended, expected);
    }
}

/// It went on with something else: what it waited for before has nothing to tell it, and does not put it in front of others.
#[wasm_bindgen_test(unsupported = test)]
fn who_was_thrown_out_of_a_wait_is_not_woken_by_its_end() {
    run(async {
        let [long, first, second] = [(); 3].map(|()| Event::new());
        let order: Rc<RefCell<Vec<&'static str>>> = Rc::default();
        let task = spawn({
            let long = long.clone();
            async move { long.wait().await }
        });
        let note = |event: &Event, name: &'static str, join: bool| {
            let (event, order, task) = (event.clone(), order.clone(), task.clone());
            spawn(async move {
                if join {
                    assert!(task.join().await.is_err());
                }
                event.wait().await?;
                order.borrow_mut().push(name);
                Ok(())
            })
        };
        let (thrown, other) = (note(&second, "thrown", true), note(&first, "other", false));
        sleep(Duration::ZERO).await?;
        thrown.throw(fault());
        sleep(Duration::ZERO).await?;
        long.set();
        sleep(Duration::ZERO).await?;
        first.set();
        second.set();
        thrown.await?;
        other.await?;
        assert_eq!(*order.borrow(), ["other", "thrown"]);
        Ok(())
    });
}
