use std::cell::Cell;
use std::rc::Rc;

use futures::future::{Either, select};
use loopscope::{Duration, Event, Kind, Queue, Task, sleep, spawn, wait_for};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{kind, run, turn};

#[wasm_bindgen_test(unsupported = test)]
fn nothing_comes_out_of_an_empty_queue() {
    let queue = Queue::new(0);
    queue.put_nowait(1).unwrap();
    assert_eq!(queue.get_nowait().unwrap(), 1);
    assert_eq!(kind(queue.get_nowait()), Some(Kind::QueueEmpty));
}

/// q blocking_get_wait
#[wasm_bindgen_test(unsupported = test)]
fn who_gets_waits_for_an_item() {
    run(async {
        let (queue, started) = (Queue::new(0), Event::new());
        let finished = Rc::new(Cell::new(false));
        let getter = spawn({
            let (queue, started, finished) = (queue.clone(), started.clone(), finished.clone());
            async move {
                started.set();
                let item = queue.get().await?;
                finished.set(true);
                Ok(item)
            }
        });
        started.wait().await?;
        assert!(!finished.get());
        spawn(async move {
            sleep(Duration::from_millis(10)).await?;
            queue.put_nowait(1)
        });
        assert_eq!(getter.await?, 1);
        assert!(finished.get());
        Ok(())
    });
}

/// q get_cancelled_race
#[wasm_bindgen_test(unsupported = test)]
fn row_45_an_item_passes_by_a_getter_that_was_cancelled() {
    run(async {
        let queue = Queue::new(0);
        let (first, second) = (spawn(queue.get()), spawn(queue.get()));
        turn().await?;
        first.cancel();
        turn().await?;
        assert!(first.is_finished());
        queue.put("a").await?;
        turn().await?;
        assert_eq!(second.await?, "a");
        Ok(())
    });
}

/// q get_with_waiting_putters
#[wasm_bindgen_test(unsupported = test)]
fn row_45_putters_put_in_the_order_in_which_they_came() {
    run(async {
        let queue = Queue::new(1);
        for item in ["a", "b", "c", "d"] {
            spawn(queue.put(item));
        }
        for item in ["a", "b", "c", "d"] {
            assert_eq!(queue.get().await?, item);
        }
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_getters_get_in_the_order_in_which_they_came() {
    run(async {
        let queue = Queue::new(0);
        let getters: Vec<_> = (0..4).map(|_| spawn(queue.get())).collect();
        turn().await?;
        for item in 0..4 {
            queue.put_nowait(item)?;
        }
        for (expected, getter) in getters.into_iter().enumerate() {
            assert_eq!(getter.await?, expected);
        }
        Ok(())
    });
}

/// q why_are_getters_waiting
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_queue_for_one_passes_many() {
    run(async {
        let queue = Queue::new(1);
        let producer = spawn({
            let queue = queue.clone();
            async move {
                for item in 0..5 {
                    queue.put(item).await?;
                }
                Ok(())
            }
        });
        let consumer: Task<i32> = spawn(async move {
            let mut sum = 0;
            for _ in 0..5 {
                sum += queue.get().await?;
            }
            Ok(sum)
        });
        producer.await?;
        assert_eq!(consumer.await?, 10);
        Ok(())
    });
}

/// q cancelled_getters_not_being_held_in_self_getters
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_getter_that_gives_up_leaves_the_line() {
    run(async {
        let queue = Queue::<i32>::new(5);
        let late = wait_for(queue.get(), Duration::from_millis(100)).await;
        assert!(late.is_err_and(|error| error.is(Kind::TimeoutError)));
        assert_eq!(format!("{queue:?}"), "<Queue maxsize=5>");
        let pause = sleep(Duration::from_millis(100));
        let Either::Right((pause, getter)) = select(Box::pin(queue.get()), Box::pin(pause)).await else {
            panic!("there is nothing to get");
        };
        pause?;
        drop(getter);
        assert_eq!(format!("{queue:?}"), "<Queue maxsize=5>");
        Ok(())
    });
}

/// q get_cancel_drop_one_pending_reader
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_getter_that_is_cancelled_when_an_item_came_leaves_it_there() {
    run(async {
        let queue = Queue::new(0);
        let reader = spawn(queue.get());
        turn().await?;
        queue.put_nowait(1)?;
        queue.put_nowait(2)?;
        reader.cancel();
        assert_eq!(kind(reader.await), Some(Kind::CancelledError));
        assert_eq!(spawn(queue.get()).await?, 1);
        Ok(())
    });
}

/// q get_cancel_drop_many_pending_readers
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_getter_that_is_cancelled_passes_the_wake_up_on() {
    run(async {
        let queue = Queue::new(0);
        let readers: Vec<_> = (0..3).map(|_| spawn(queue.get())).collect();
        turn().await?;
        queue.put_nowait(1)?;
        queue.put_nowait(2)?;
        readers[0].cancel();
        assert_eq!(kind(readers[0].clone().await), Some(Kind::CancelledError));
        let (third, second) = (readers[2].clone().await?, readers[1].clone().await?);
        // Which of them gets which is open; in 3.13 it is this.
        assert_eq!((second, third), (1, 2));
        Ok(())
    });
}

/// As asyncio has it: a line of those who are woken is kept, and no place for who was woken.
#[wasm_bindgen_test(unsupported = test)]
fn who_asks_before_the_woken_one_goes_on_is_first() {
    run(async {
        let queue = Queue::new(0);
        let waiter = spawn(queue.get());
        turn().await?;
        queue.put_nowait(1)?;
        assert_eq!(queue.get().await?, 1);
        turn().await?;
        assert!(!waiter.is_finished());
        queue.put_nowait(2)?;
        assert_eq!(waiter.await?, 2);
        Ok(())
    });
}

/// As in CPython, whoever is woken for nothing has lost its place.
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_cancelled_getter_wakes_nobody_when_its_item_is_gone() {
    run(async {
        let queue = Queue::new(0);
        let getters: Vec<_> = (0..3).map(|_| spawn(queue.get())).collect();
        turn().await?;
        queue.put_nowait(1)?;
        assert_eq!(format!("{queue:?}"), "<Queue maxsize=0 len=1 getters=2 tasks=1>");
        getters[0].cancel();
        assert_eq!(queue.get_nowait()?, 1);
        turn().await?;
        turn().await?;
        queue.put_nowait(2)?;
        turn().await?;
        assert!(getters[1].is_finished() && !getters[2].is_finished());
        Ok(())
    });
}
