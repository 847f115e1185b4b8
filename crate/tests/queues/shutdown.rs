use std::rc::Rc;

use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{Kind, Queue, Result, VirtualLoop, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{ORDERS, kind, run, turn};

const SHUT: Option<Kind> = Some(Kind::QueueShutDown);

async fn assert_shut(queue: &Queue<i32>) {
    assert_eq!(kind(queue.put(5).await), SHUT);
    assert_eq!(kind(queue.put_nowait(5)), SHUT);
    assert_eq!(kind(queue.get().await), SHUT);
    assert_eq!(kind(queue.get_nowait()), SHUT);
}

fn all_done(queue: &Queue<i32>) -> Result<()> {
    assert!(queue.task_done().unwrap_err().is(Kind::ValueError), "there was more to do");
    Ok(())
}

/// q shutdown_empty
#[wasm_bindgen_test(unsupported = test)]
fn row_45_shutting_an_empty_queue_down_tells_those_who_wait() {
    for order in ORDERS {
        run(async move {
            let queue = order(0);
            let (getter, other) = (spawn(queue.get()), spawn(queue.get()));
            turn().await?;
            queue.shutdown(false);
            assert_eq!(format!("{queue:?}"), "<Queue maxsize=0 shutdown>");
            queue.join().await?;
            turn().await?;
            assert!(getter.is_finished() && other.is_finished());
            assert_eq!((kind(getter.await), kind(other.await)), (SHUT, SHUT));
            assert_shut(&queue).await;
            all_done(&queue)
        });
    }
}

/// q shutdown_nonempty
#[wasm_bindgen_test(unsupported = test)]
fn row_45_what_is_in_a_queue_that_is_shut_down_can_be_taken_out() {
    for order in ORDERS {
        run(async move {
            let queue = order(1);
            queue.put_nowait(1)?;
            let (join, putter) = (spawn(queue.join()), spawn(queue.put(2)));
            turn().await?;
            assert!(!putter.is_finished());
            queue.shutdown(false);
            assert_eq!(queue.len(), 1);
            turn().await?;
            assert!(putter.is_finished());
            assert_eq!(kind(putter.await), SHUT);
            assert_eq!(queue.get().await?, 1);
            turn().await?;
            assert!(!join.is_finished());
            assert_shut(&queue).await;
            queue.task_done()?;
            turn().await?;
            assert!(join.is_finished());
            join.await?;
            all_done(&queue)
        });
    }
}

/// q shutdown_immediate
#[wasm_bindgen_test(unsupported = test)]
fn row_45_shutting_down_at_once_drops_what_is_there_and_says_it_is_done() {
    for order in ORDERS {
        run(async move {
            let queue = order(0);
            queue.put_nowait(1)?;
            let join = spawn(queue.join());
            queue.shutdown(true);
            assert!(queue.is_empty());
            turn().await?;
            assert!(join.is_finished());
            join.await?;
            assert_shut(&queue).await;
            all_done(&queue)
        });
    }
}

/// q shutdown_immediate_with_unfinished
#[wasm_bindgen_test(unsupported = test)]
fn row_45_shutting_down_at_once_leaves_to_be_done_what_was_taken_out() {
    for order in ORDERS {
        run(async move {
            let queue = order(0);
            queue.put_nowait(1)?;
            queue.put_nowait(1)?;
            let join = spawn(queue.join());
            assert_eq!(queue.get().await?, 1);
            queue.shutdown(true);
            assert!(queue.is_empty());
            turn().await?;
            assert!(!join.is_finished());
            assert_shut(&queue).await;
            queue.task_done()?;
            all_done(&queue)?;
            turn().await?;
            assert!(join.is_finished());
            join.await
        });
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_45_all_who_wait_for_room_are_told() {
    run(async {
        let queue = Queue::new(1);
        queue.put_nowait(0)?;
        let putters: Vec<_> = (1..=3).map(|item| spawn(queue.put(item))).collect();
        turn().await?;
        queue.shutdown(true);
        for putter in putters {
            assert_eq!(kind(putter.await), SHUT);
        }
        assert!(queue.is_empty());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_that_a_queue_was_emptied_and_not_that_it_was_empty() {
    for (items, depths) in [(0, vec![]), (2, vec![1, 2, 0])] {
        let recorder = Rc::new(Recorder::default());
        let program = async move {
            let queue = Queue::new(0).named("queue");
            for item in 0..items {
                queue.put_nowait(item)?;
            }
            queue.shutdown(true);
            Ok(())
        };
        VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
        let events = recorder.take().events;
        let told = events.iter().filter(|event| event.kind == Event::Depth).map(|event| event.value);
        assert_eq!(told.collect::<Vec<_>>(), depths);
    }
}
