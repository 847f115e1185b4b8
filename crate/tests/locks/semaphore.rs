use loopscope::{BoundedSemaphore, Duration, Kind, Result, Semaphore, Task, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, cancel_soon, is_cancelled, run, turn};

/// Takes a permit for good, and notes it.
fn taker(semaphore: &Semaphore, log: &Log, mark: usize) -> Task<()> {
    let (semaphore, log) = (semaphore.clone(), log.clone());
    spawn(async move {
        semaphore.acquire().await?.keep();
        log.borrow_mut().push(mark);
        Ok(())
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn permits_are_counted() {
    run(async {
        assert!(Semaphore::new(0).locked());
        let (semaphore, log) = (Semaphore::new(3), Log::default());
        semaphore.acquire().await?.keep();
        semaphore.acquire().await?.keep();
        assert_eq!(format!("{semaphore:?}"), "<Semaphore [unlocked, value:1]>");
        let tasks: Vec<_> = (1..=3).map(|mark| taker(&semaphore, &log, mark)).collect();
        turn().await?;
        assert_eq!(*log.borrow(), [1]);
        assert_eq!(semaphore.value(), 0);
        assert_eq!(format!("{semaphore:?}"), "<Semaphore [locked, waiters:2]>");
        let fourth = taker(&semaphore, &log, 4);
        semaphore.release();
        semaphore.release();
        assert_eq!(semaphore.value(), 0, "they are on their way to who waits");
        turn().await?;
        assert_eq!(semaphore.value(), 0);
        assert_eq!(*log.borrow(), [1, 2, 3]);
        assert_eq!(format!("{semaphore:?}"), "<Semaphore [locked, waiters:1]>");
        assert!(tasks.iter().all(|task| task.is_finished()) && !fourth.is_finished());
        semaphore.release();
        fourth.await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_permit_comes_back_when_it_is_dropped() {
    run(async {
        let semaphore = Semaphore::new(1);
        let permit = semaphore.acquire().await?;
        assert!(semaphore.locked());
        drop(permit);
        assert!(!semaphore.locked());
        semaphore.acquire().await?.release()?;
        assert_eq!(semaphore.value(), 1);
        semaphore.acquire().await?.keep();
        assert_eq!(semaphore.value(), 0);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_cancelled_waiter_leaves_the_line() {
    run(async {
        let semaphore = Semaphore::new(1);
        let _permit = semaphore.acquire().await?;
        let waiter = spawn(semaphore.acquire());
        cancel_soon(&waiter);
        assert!(waiter.await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert_eq!(format!("{semaphore:?}"), "<Semaphore [locked]>");
        Ok(())
    });
}

/// lk acquire_cancel_before_awoken
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_permit_passes_by_waiters_that_are_cancelled_before_they_are_woken() {
    run(async {
        let (semaphore, log) = (Semaphore::new(0), Log::default());
        let tasks: Vec<_> = (1..=4).map(|mark| taker(&semaphore, &log, mark)).collect();
        turn().await?;
        tasks[0].cancel();
        tasks[1].cancel();
        semaphore.release();
        turn().await?;
        turn().await?;
        assert!(tasks[2].is_finished() && !tasks[3].is_finished());
        assert_eq!(*log.borrow(), [3]);
        tasks[3].cancel();
        turn().await
    });
}

/// lk acquire_hang
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_permit_reaches_the_second_when_the_first_is_cancelled() {
    run(async {
        let (semaphore, log) = (Semaphore::new(0), Log::default());
        let (first, second) = (taker(&semaphore, &log, 1), taker(&semaphore, &log, 2));
        turn().await?;
        first.cancel();
        semaphore.release();
        turn().await?;
        turn().await?;
        assert!(semaphore.locked() && second.is_finished());
        assert_eq!(*log.borrow(), [2]);
        Ok(())
    });
}

/// lk acquire_no_hang
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_waiter_that_is_cancelled_when_it_has_been_woken_gives_its_permit_back() {
    run(async {
        let semaphore = Semaphore::new(1);
        let second = {
            let semaphore = semaphore.clone();
            async move {
                let _permit = semaphore.acquire().await?;
                panic!("it was cancelled before its turn");
            }
        };
        let (first_in_line, held) =
            (semaphore.clone(), std::rc::Rc::new(std::cell::OnceCell::<Task<()>>::new()));
        let first = spawn({
            let held = held.clone();
            async move {
                let permit = first_in_line.acquire().await?;
                turn().await?;
                permit.release()?;
                held.get().unwrap().cancel();
                Ok(())
            }
        });
        let second: Task<()> = spawn(second);
        held.set(second.clone()).unwrap();
        first.await?;
        assert!(second.clone().await.is_err_and(|error| error.is(Kind::CancelledError)));
        assert!(is_cancelled(&second));
        semaphore.acquire().await?.release()
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_bounded_semaphore_has_never_more_permits_than_in_the_beginning() {
    run(async {
        let semaphore = BoundedSemaphore::new(1);
        let error = semaphore.release().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: BoundedSemaphore released too many times");
        let permit = semaphore.acquire().await?;
        assert_eq!(format!("{semaphore:?}"), "<BoundedSemaphore [locked]>");
        semaphore.release()?;
        let error = permit.release().unwrap_err();
        assert_eq!(error.message(), "BoundedSemaphore released too many times");
        let permit = semaphore.acquire().await?;
        semaphore.release()?;
        drop(permit);
        assert_eq!(semaphore.value(), 1);
        Ok(())
    });
}

/// lk acquire_fifo_order
#[wasm_bindgen_test(unsupported = test)]
fn row_44_a_permit_goes_round_in_the_order_of_asking() {
    run(async {
        let (semaphore, log) = (Semaphore::new(1), Log::default());
        let twice = |tag: usize| {
            let (semaphore, log) = (semaphore.clone(), log.clone());
            async move {
                for round in [10, 20] {
                    let _permit = semaphore.acquire().await?;
                    log.borrow_mut().push(round + tag);
                    sleep(Duration::from_millis(10)).await?;
                }
                Ok(())
            }
        };
        let tasks: Vec<_> = (1..=3).map(|tag| spawn(twice(tag))).collect();
        for task in tasks {
            task.await?;
        }
        assert_eq!(*log.borrow(), [11, 12, 13, 21, 22, 23]);
        Ok(())
    });
}

/// lk acquire_fifo_order_2
#[wasm_bindgen_test(unsupported = test)]
fn row_44_who_asks_again_stands_behind_who_waits() {
    run(async {
        let (semaphore, log) = (Semaphore::new(1), Log::default());
        let first = taker(&semaphore, &log, 1);
        let second: Task<()> = spawn({
            let (semaphore, log) = (semaphore.clone(), log.clone());
            async move {
                semaphore.acquire().await?.keep();
                log.borrow_mut().push(2);
                semaphore.release();
                semaphore.acquire().await?.keep();
                log.borrow_mut().push(4);
                Ok(())
            }
        });
        let third = taker(&semaphore, &log, 3);
        turn().await?;
        semaphore.release();
        semaphore.release();
        for task in [first, second, third] {
            task.await?;
        }
        assert_eq!(*log.borrow(), [1, 2, 3, 4]);
        Ok(())
    });
}

/// lk acquire_fifo_order_3
#[wasm_bindgen_test(unsupported = test)]
fn row_44_the_order_holds_when_the_first_one_is_cancelled() {
    run(async {
        let (semaphore, log) = (Semaphore::new(0), Log::default());
        let tasks: Vec<_> = (1..=3).map(|mark| taker(&semaphore, &log, mark)).collect();
        turn().await?;
        tasks[0].cancel();
        turn().await?;
        semaphore.release();
        semaphore.release();
        let mut ends: Vec<Result<()>> = Vec::new();
        for task in tasks {
            ends.push(task.await);
        }
        assert!(ends[0].is_err() && ends[1].is_ok() && ends[2].is_ok());
        assert_eq!(*log.borrow(), [2, 3]);
        Ok(())
    });
}

/// lk acquire_fifo_order_4
#[wasm_bindgen_test(unsupported = test)]
fn row_44_who_takes_a_permit_wakes_those_who_only_waited_for_their_turn() {
    run(async {
        let (semaphore, log) = (Semaphore::new(0), Log::default());
        let first: Task<Task<()>> = spawn({
            let (semaphore, log) = (semaphore.clone(), log.clone());
            async move {
                assert_eq!(semaphore.value(), 0);
                semaphore.acquire().await?.keep();
                // All who wait are woken now: a task that is made here comes after them.
                assert_eq!(semaphore.value(), 0);
                let later = log.clone();
                let fourth = spawn(async move {
                    later.borrow_mut().push(4);
                    Ok(())
                });
                log.borrow_mut().push(1);
                Ok(fourth)
            }
        });
        let second: Task<()> = spawn({
            let (semaphore, log) = (semaphore.clone(), log.clone());
            async move {
                (0..3).for_each(|_| semaphore.release());
                assert_eq!(semaphore.value(), 2);
                assert!(semaphore.locked(), "the first one has not gone on yet");
                semaphore.acquire().await?.keep();
                log.borrow_mut().push(2);
                Ok(())
            }
        });
        let third = taker(&semaphore, &log, 3);
        turn().await?;
        assert_eq!(semaphore.value(), 2);
        assert_eq!(format!("{semaphore:?}"), "<Semaphore [locked, waiters:3]>");
        turn().await?;
        second.await?;
        third.await?;
        first.await?.await?;
        assert_eq!(*log.borrow(), [1, 2, 3, 4]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_bounded_semaphore_says_how_many_are_left() {
    run(async {
        let semaphore = BoundedSemaphore::new(2);
        assert_eq!((semaphore.value(), semaphore.locked()), (2, false));
        let first = semaphore.acquire().await?;
        assert_eq!((semaphore.value(), semaphore.locked()), (1, false));
        let second = semaphore.acquire().await?;
        assert_eq!((semaphore.value(), semaphore.locked()), (0, true));
        drop((first, second));
        assert_eq!((semaphore.value(), semaphore.locked()), (2, false));
        Ok(())
    });
}
