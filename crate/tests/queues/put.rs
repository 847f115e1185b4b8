use std::cell::Cell;
use std::rc::Rc;

use loopscope::{Duration, Event, Kind, Queue, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{is_cancelled, kind, run, turn};

#[wasm_bindgen_test(unsupported = test)]
fn nothing_goes_into_a_full_queue() {
    let queue = Queue::new(1);
    queue.put_nowait(1).unwrap();
    assert_eq!(kind(queue.put_nowait(2)), Some(Kind::QueueFull));
    assert_eq!(queue.len(), 1);
}

/// q blocking_put_wait
#[wasm_bindgen_test(unsupported = test)]
fn who_puts_goes_on_when_there_is_room() {
    run(async {
        let (queue, started) = (Queue::new(1), Event::new());
        let finished = Rc::new(Cell::new(false));
        spawn({
            let queue = queue.clone();
            async move {
                sleep(Duration::from_millis(10)).await?;
                queue.get_nowait()
            }
        });
        let putter = spawn({
            let (started, finished) = (started.clone(), finished.clone());
            async move {
                started.set();
                queue.put(1).await?;
                queue.put(2).await?;
                finished.set(true);
                Ok(())
            }
        });
        started.wait().await?;
        assert!(!finished.get());
        putter.await?;
        assert!(finished.get());
        Ok(())
    });
}

/// q put_cancel_drop
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_putter_that_is_cancelled_when_there_is_room_puts_nothing() {
    run(async {
        let queue = Queue::new(1);
        queue.put_nowait(1)?;
        let writer = spawn(queue.put(2));
        turn().await?;
        assert_eq!(queue.get_nowait()?, 1);
        writer.cancel();
        assert_eq!(kind(writer.await), Some(Kind::CancelledError));
        spawn(queue.put(2)).await?;
        assert_eq!(queue.get_nowait()?, 2);
        assert!(queue.is_empty());
        Ok(())
    });
}

/// q put_cancelled
#[wasm_bindgen_test(unsupported = test)]
fn a_task_that_puts_has_ended_when_another_one_got_it() {
    run(async {
        let queue = Queue::new(0);
        let putter = spawn(queue.put(1));
        assert_eq!(queue.get().await?, 1);
        assert!(putter.is_finished());
        Ok(())
    });
}

/// q put_cancelled_race
#[wasm_bindgen_test(unsupported = test)]
fn row_45_room_passes_by_a_putter_that_was_cancelled() {
    run(async {
        let queue = Queue::new(1);
        let (a, b, c) = (spawn(queue.put("a")), spawn(queue.put("b")), spawn(queue.put("X")));
        turn().await?;
        assert!(a.is_finished() && !b.is_finished());
        c.cancel();
        turn().await?;
        assert!(c.is_finished());
        assert_eq!(queue.get_nowait()?, "a");
        turn().await?;
        assert_eq!(queue.get_nowait()?, "b");
        b.await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_putter_that_is_cancelled_passes_the_wake_up_on() {
    run(async {
        let queue = Queue::new(1);
        queue.put_nowait("a")?;
        let (b, c) = (spawn(queue.put("b")), spawn(queue.put("c")));
        turn().await?;
        assert_eq!(queue.get_nowait()?, "a");
        b.cancel();
        turn().await?;
        assert!(is_cancelled(&b) && queue.is_empty());
        turn().await?;
        assert!(c.is_finished());
        assert_eq!(queue.get_nowait()?, "c");
        Ok(())
    });
}

/// q put_with_waiting_getters
#[wasm_bindgen_test(unsupported = test)]
fn an_item_reaches_who_waits() {
    run(async {
        let queue = Queue::new(0);
        let getter = spawn(queue.get());
        turn().await?;
        queue.put("a").await?;
        assert_eq!(getter.await?, "a");
        Ok(())
    });
}

/// q why_are_putters_waiting
#[wasm_bindgen_test(unsupported = test)]
fn row_45_all_who_wait_for_room_get_it() {
    run(async {
        let queue = Queue::new(2);
        let getter = spawn({
            let queue = queue.clone();
            async move {
                turn().await?;
                for _ in 0..queue.len() {
                    queue.get_nowait()?;
                }
                Ok(())
            }
        });
        let putters: Vec<_> = (0..4).map(|item| spawn(queue.put(item))).collect();
        for putter in putters {
            putter.await?;
        }
        getter.await
    });
}

/// q cancelled_puts_not_being_held_in_self_putters, cancelled_put_silence_value_error_exception
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_putter_that_is_cancelled_leaves_the_line() {
    run(async {
        for take_first in [false, true] {
            let queue = Queue::new(1);
            queue.put_nowait(1)?;
            let putter = spawn(queue.put(1));
            turn().await?;
            assert_eq!(format!("{queue:?}"), "<Queue maxsize=1 len=1 putters=1 tasks=1>");
            if take_first {
                queue.get_nowait()?;
            }
            putter.cancel();
            assert_eq!(kind(putter.await), Some(Kind::CancelledError));
            let left = if take_first { "" } else { " len=1" };
            assert_eq!(format!("{queue:?}"), format!("<Queue maxsize=1{left} tasks=1>"));
        }
        Ok(())
    });
}

/// As in CPython, whoever is woken for nothing has lost its place.
#[wasm_bindgen_test(unsupported = test)]
fn row_45_a_cancelled_putter_wakes_nobody_when_its_room_is_taken() {
    run(async {
        let queue = Queue::new(1);
        queue.put_nowait(1)?;
        let putters: Vec<_> = (2..5).map(|item| spawn(queue.put(item))).collect();
        turn().await?;
        queue.get_nowait()?;
        assert_eq!(format!("{queue:?}"), "<Queue maxsize=1 putters=2 tasks=1>");
        putters[0].cancel();
        queue.put_nowait(5)?;
        turn().await?;
        turn().await?;
        queue.get_nowait()?;
        turn().await?;
        assert!(putters[1].is_finished() && !putters[2].is_finished());
        Ok(())
    });
}
