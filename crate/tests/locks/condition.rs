use std::cell::{Cell, RefCell};
use std::rc::Rc;

use loopscope::{Condition, Error, Kind, Lock, Result, Task, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, cancel_soon, is_cancelled, run, turn};

/// Waits for a notification and notes it; then releases the lock, or keeps it.
fn waiter(condition: &Condition, log: &Log, mark: usize, keep: bool) -> Task<()> {
    let (condition, log) = (condition.clone(), log.clone());
    spawn(async move {
        let guard = condition.acquire().await?;
        condition.wait().await?;
        log.borrow_mut().push(mark);
        if keep {
            guard.keep();
        }
        Ok(())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn who_was_notified_goes_on_when_it_has_the_lock() {
    run(async {
        let (condition, log) = (Condition::new(), Log::default());
        let tasks: Vec<_> = (1..=3).map(|mark| waiter(&condition, &log, mark, true)).collect();
        turn().await?;
        assert!(log.borrow().is_empty() && !condition.locked());
        assert_eq!(format!("{condition:?}"), "<Condition [unlocked, waiters:3]>");
        condition.acquire().await?.keep();
        condition.notify(1)?;
        turn().await?;
        assert!(log.borrow().is_empty() && condition.locked());
        condition.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        assert!(condition.locked());
        condition.notify(2)?;
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        condition.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2]);
        condition.release()?;
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2, 3]);
        assert!(condition.locked() && tasks.iter().all(|task| task.is_finished()));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn so_many_are_woken_as_are_notified() {
    run(async {
        let (condition, log) = (Condition::new(), Log::default());
        let _tasks: Vec<_> = (1..=5).map(|mark| waiter(&condition, &log, mark, false)).collect();
        turn().await?;
        let guard = condition.acquire().await?;
        condition.notify(1)?;
        drop(guard);
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        let guard = condition.acquire().await?;
        condition.notify(1)?;
        condition.notify(1)?;
        drop(guard);
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2, 3]);
        let guard = condition.acquire().await?;
        condition.notify_all()?;
        condition.notify(2048)?;
        drop(guard);
        turn().await?;
        assert_eq!(*log.borrow(), [1, 2, 3, 4, 5]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn waiting_and_notifying_need_the_lock() {
    run(async {
        let condition = Condition::new();
        let told = |result: Result<()>| result.unwrap_err().to_string();
        assert_eq!(told(condition.wait().await), "RuntimeError: cannot wait on un-acquired lock");
        assert_eq!(told(condition.notify(1)), "RuntimeError: cannot notify on un-acquired lock");
        assert_eq!(told(condition.notify_all()), "RuntimeError: cannot notify on un-acquired lock");
        condition.wait_for(|| true).await?;
        assert_eq!(told(condition.wait_for(|| false).await), "RuntimeError: cannot wait on un-acquired lock");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_predicate_is_asked_again_after_each_notification() {
    run(async {
        let (condition, log) = (Condition::new(), Log::default());
        let ready = Rc::new(Cell::new(false));
        let waiter = spawn({
            let (condition, log, ready) = (condition.clone(), log.clone(), ready.clone());
            async move {
                let _guard = condition.acquire().await?;
                condition.wait_for(|| ready.get()).await?;
                log.borrow_mut().push(1);
                Ok(())
            }
        });
        turn().await?;
        for expected in [vec![], vec![1]] {
            let guard = condition.acquire().await?;
            condition.notify(1)?;
            drop(guard);
            turn().await?;
            assert_eq!(*log.borrow(), expected);
            ready.set(true);
        }
        waiter.await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_condition_may_share_its_lock() {
    run(async {
        let lock = Lock::new();
        let condition = Condition::with_lock(lock.clone());
        let guard = condition.acquire().await?;
        assert!(lock.locked() && condition.locked());
        drop(guard);
        let guard = lock.acquire().await?;
        assert!(condition.locked());
        drop(guard);
        assert!(!lock.locked() && !condition.locked());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_cancelled_wait_has_the_lock_again() {
    run(async {
        let condition = Condition::new();
        condition.acquire().await?.keep();
        let waiter = spawn(condition.wait());
        cancel_soon(&waiter);
        assert!(waiter.await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert_eq!(format!("{condition:?}"), "<Condition [locked]>");
        Ok(())
    });
}

/// lk wait_cancel_contested
#[wasm_bindgen_test(unsupported = test)]
fn a_wait_that_is_cancelled_while_it_waits_for_the_lock_has_the_lock_again() {
    run(async {
        let condition = Condition::new();
        condition.acquire().await?.keep();
        let waiter = spawn(condition.wait());
        turn().await?;
        assert!(!condition.locked());
        condition.acquire().await?.keep();
        condition.notify(1)?;
        cancel_soon(&waiter);
        spawn({
            let condition = condition.clone();
            async move { condition.release() }
        });
        let ended = waiter.await;
        assert!(ended.is_err_and(|error| error.is(Kind::CancelledError)));
        assert!(condition.locked());
        Ok(())
    });
}

/// lk wait_cancel_after_notify
#[wasm_bindgen_test(unsupported = test)]
fn a_wait_that_is_cancelled_when_it_was_notified_is_cancelled() {
    run(async {
        let (condition, log) = (Condition::new(), Log::default());
        let waiter = waiter(&condition, &log, 1, false);
        turn().await?;
        condition.acquire().await?.keep();
        condition.notify(1)?;
        turn().await?;
        waiter.cancel();
        turn().await?;
        condition.release()?;
        turn().await?;
        assert!(is_cancelled(&waiter) && log.borrow().is_empty() && !condition.locked());
        Ok(())
    });
}

/// lk cancelled_error_wakeup, cancelled_error_re_aquire, and what 3.13 answers to several requests: the last one with
/// the one that ended the wait as its context. What comes while only the lock is waited for has none.
#[wasm_bindgen_test(unsupported = test)]
fn the_error_of_a_cancelled_wait_is_the_one_that_was_raised_last() {
    run(async {
        let (condition, raised) = (Condition::new(), Rc::new(RefCell::new(None::<Error>)));
        let waiter = || {
            let (condition, raised) = (condition.clone(), raised.clone());
            spawn(async move {
                let _guard = condition.acquire().await?;
                let error = condition.wait().await.unwrap_err();
                assert!(condition.locked());
                *raised.borrow_mut() = Some(error.clone());
                Err::<(), _>(error)
            })
        };
        let told = |error: &Error| {
            assert!(error.is_same(raised.borrow().as_ref().unwrap()));
            (error.headline(), error.context().map(|error| error.headline()))
        };
        let said = |message: &str| format!("CancelledError: {message}");

        let task = waiter();
        turn().await?;
        condition.acquire().await?.keep();
        for message in ["one", "two", "three"] {
            task.cancel_with(message);
            turn().await?;
            turn().await?;
        }
        condition.release()?;
        let error = task.await.unwrap_err();
        assert_eq!(told(&error), (said("three"), Some(said("one"))));
        assert!(error.context().unwrap().context().is_none());

        let task = waiter();
        turn().await?;
        condition.acquire().await?.keep();
        condition.notify(1)?;
        turn().await?;
        for message in ["one", "two"] {
            task.cancel_with(message);
            turn().await?;
        }
        condition.release()?;
        assert_eq!(told(&task.await.unwrap_err()), (said("two"), None));
        Ok(())
    });
}

/// lk cancelled_wakeup, cancelled_wakeup_relock
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_notification_of_a_cancelled_task_goes_to_another_one() {
    for relock in [false, true] {
        run(async move {
            let (condition, state) = (Condition::new(), Rc::new(Cell::new(0)));
            let consumer = || {
                let (condition, state) = (condition.clone(), state.clone());
                spawn(async move {
                    let _guard = condition.acquire().await?;
                    loop {
                        condition.wait_for(|| state.get() != 0).await?;
                        if state.get() < 0 {
                            return Ok(());
                        }
                        state.set(state.get() - 1);
                    }
                })
            };
            let (first, second): (Task<()>, Task<()>) = (consumer(), consumer());
            turn().await?;
            let _guard = condition.acquire().await?;
            state.set(1);
            condition.notify(1)?;
            if relock {
                turn().await?;
            }
            first.cancel();
            condition.release()?;
            for _ in 0..4 {
                turn().await?;
            }
            assert_eq!(state.get(), 0, "the notification was lost");
            assert!(is_cancelled(&first));
            state.set(-1);
            let _guard = condition.acquire().await?;
            condition.notify_all()?;
            condition.release()?;
            second.await
        });
    }
}
