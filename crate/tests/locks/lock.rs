use std::cell::Cell;
use std::rc::Rc;

use futures::FutureExt;
use loopscope::{Duration, Event, Kind, Lock, Task, VirtualLoop, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, cancel_soon, is_cancelled, run, turn};

/// Takes the lock for good, and notes it.
fn taker(lock: &Lock, log: &Log, mark: usize) -> Task<()> {
    let (lock, log) = (lock.clone(), log.clone());
    spawn(async move {
        lock.acquire().await?.keep();
        log.borrow_mut().push(mark);
        Ok(())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_lock_goes_to_who_came_first() {
    run(async {
        let (lock, log) = (Lock::new(), Log::default());
        lock.acquire().await?.keep();
        let (first, second) = (taker(&lock, &log, 1), taker(&lock, &log, 2));
        turn().await?;
        assert!(log.borrow().is_empty());
        lock.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        let third = taker(&lock, &log, 3);
        lock.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2]);
        lock.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2, 3]);
        assert!(first.is_finished() && second.is_finished() && third.is_finished());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_44_nobody_takes_a_lock_between_its_release_and_the_turn_of_who_was_woken() {
    run(async {
        let (lock, log) = (Lock::new(), Log::default());
        let guard = lock.acquire().await?;
        taker(&lock, &log, 1);
        turn().await?;
        guard.release()?;
        assert!(!lock.locked());
        assert!(lock.acquire().now_or_never().is_none(), "a newcomer took what was promised to another one");
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_cancelled_waiter_leaves_the_line() {
    run(async {
        let lock = Lock::new();
        let _guard = lock.acquire().await?;
        let waiter = spawn(lock.acquire());
        cancel_soon(&waiter);
        assert!(waiter.await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert_eq!(format!("{lock:?}"), "<Lock [locked]>");
        Ok(())
    });
}

/// lk cancel_race
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_release_passes_by_a_waiter_that_is_cancelled_at_the_same_time() {
    run(async {
        let (lock, blocker) = (Lock::new(), Event::new());
        let lock_it = |blocker: Option<Event>| {
            let lock = lock.clone();
            spawn(async move {
                let _guard = lock.acquire().await?;
                match blocker {
                    Some(blocker) => blocker.wait().await,
                    None => Ok(()),
                }
            })
        };
        let a = lock_it(Some(blocker.clone()));
        turn().await?;
        assert!(lock.locked());
        let b = lock_it(None);
        turn().await?;
        assert_eq!(format!("{lock:?}"), "<Lock [locked, waiters:1]>");
        let c = lock_it(None);
        turn().await?;
        assert_eq!(format!("{lock:?}"), "<Lock [locked, waiters:2]>");
        blocker.set();
        b.cancel();
        turn().await?;
        assert!(!lock.locked());
        assert!(a.is_finished() && is_cancelled(&b));
        c.await
    });
}

/// lk cancel_release_race
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_release_and_a_cancel_in_one_turn_wake_one_waiter_and_not_two() {
    run(async {
        let (lock, log) = (Lock::new(), Log::default());
        let calls = Rc::new(Cell::new(0));
        let lock_it = |mark| {
            let (lock, log, calls) = (lock.clone(), log.clone(), calls.clone());
            spawn(async move {
                calls.set(calls.get() + 1);
                lock.acquire().await?.keep();
                log.borrow_mut().push(mark);
                Ok(())
            })
        };
        lock.acquire().await?.keep();
        let (first, second, third) = (lock_it(1), lock_it(2), lock_it(3));
        turn().await?;
        spawn({
            let (first, lock) = (first.clone(), lock.clone());
            async move {
                first.cancel();
                lock.release()
            }
        });
        assert!(first.clone().await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert_eq!(*log.borrow(), [2]);
        assert_eq!(calls.get(), 3);
        assert!(is_cancelled(&first) && second.is_finished());
        third.cancel();
        turn().await?;
        assert!(is_cancelled(&third));
        Ok(())
    });
}

/// lk finished_waiter_cancelled
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_waiter_that_is_cancelled_before_the_release_does_not_stop_the_next_one() {
    run(async {
        let lock = Lock::new();
        lock.acquire().await?.keep();
        let waiter = spawn(lock.acquire());
        turn().await?;
        assert_eq!(format!("{lock:?}"), "<Lock [locked, waiters:1]>");
        let next = spawn(lock.acquire());
        waiter.cancel();
        lock.release()?;
        turn().await?;
        assert!(lock.locked());
        assert!(is_cancelled(&waiter));
        drop(next.await?);
        assert!(!lock.locked());
        Ok(())
    });
}

/// CPython's own fix of this is older than its tests: the wake-up must not end with the one who is cancelled.
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_waiter_that_is_cancelled_after_the_release_passes_the_wake_up_on() {
    run(async {
        let (lock, log) = (Lock::new(), Log::default());
        lock.acquire().await?.keep();
        let (first, _second) = (taker(&lock, &log, 1), taker(&lock, &log, 2));
        turn().await?;
        lock.release()?;
        first.cancel();
        turn().await?;
        assert!(is_cancelled(&first) && log.borrow().is_empty());
        turn().await?;
        assert_eq!(*log.borrow(), [2]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn releasing_a_lock_that_nobody_holds_is_an_error() {
    let error = Lock::new().release().unwrap_err();
    assert_eq!(error.to_string(), "RuntimeError: Lock is not acquired.");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_guard_releases_what_it_took_and_nothing_else() {
    run(async {
        let lock = Lock::new();
        {
            let _guard = lock.acquire().await?;
            assert!(lock.locked());
        }
        assert!(!lock.locked());
        let stale = lock.acquire().await?;
        lock.release()?;
        let fresh = lock.acquire().await?;
        drop(stale);
        assert!(lock.locked(), "a guard released what another one holds");
        lock.release()?;
        assert_eq!(fresh.release().unwrap_err().message(), "Lock is not acquired.");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_guard_releases_when_its_task_fails_or_is_cancelled() {
    run(async {
        let lock = Lock::new();
        let hold = |fail: bool| {
            let lock = lock.clone();
            async move {
                let _guard = lock.acquire().await?;
                if fail {
                    return Err(loopscope::Error::value("broken"));
                }
                sleep(Duration::from_secs(60)).await
            }
        };
        assert!(spawn(hold(true)).await.is_err());
        assert!(!lock.locked());
        let holder = spawn(hold(false));
        turn().await?;
        assert!(lock.locked());
        holder.cancel();
        turn().await?;
        assert!(is_cancelled(&holder) && !lock.locked());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_free_lock_needs_no_loop_and_a_held_one_does() {
    let lock = Lock::new();
    let guard = lock.acquire().now_or_never().unwrap().unwrap();
    let error = lock.acquire().now_or_never().unwrap().map(|_| ()).unwrap_err();
    assert!(error.is(Kind::RuntimeError) && error.message().starts_with("no running event loop"));
    drop(guard);
    assert_eq!(format!("{lock:?}"), "<Lock [unlocked]>");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_waiter_whose_loop_is_gone_is_gone_too() {
    let lock = Lock::new();
    let guard = lock.acquire().now_or_never().unwrap().unwrap();
    let dead = VirtualLoop::new();
    let _lost = dead.spawn("lost", lock.acquire());
    dead.settle();
    assert_eq!(format!("{lock:?}"), "<Lock [locked, waiters:1]>");
    drop(dead);
    assert_eq!(format!("{lock:?}"), "<Lock [locked]>");
    drop(guard);
    assert!(!lock.locked());
}

/// A task that has given a wait up is not stopped there any more, but where it stands.
#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_does_not_go_to_a_wait_that_was_dropped() {
    run(async {
        let lock = Lock::new();
        let _guard = lock.acquire().await?;
        let (wake, woken) = futures::channel::oneshot::channel::<()>();
        let task = spawn({
            let lock = lock.clone();
            async move {
                assert!(lock.acquire().now_or_never().is_none());
                // Not of this crate, so it cannot be stopped; what comes after it can.
                woken.await.map_err(loopscope::Error::own)?;
                sleep(Duration::from_secs(60)).await
            }
        });
        turn().await?;
        task.cancel();
        turn().await?;
        assert!(!task.is_finished());
        wake.send(()).unwrap();
        assert!(task.await.is_err_and(|error| error.is(Kind::CancelledError)));
        Ok(())
    });
}
