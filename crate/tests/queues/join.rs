use std::cell::Cell;
use std::rc::Rc;

use loopscope::{Kind, Task, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{ORDERS, is_cancelled, run, turn};

/// q task_done_underflow
#[wasm_bindgen_test(unsupported = test)]
fn row_45_no_more_can_be_done_than_was_put() {
    for order in ORDERS {
        let error = order(0).task_done().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: task_done() called too many times");
    }
}

/// q task_done
#[wasm_bindgen_test(unsupported = test)]
fn row_45_join_waits_until_all_is_done() {
    for order in ORDERS {
        run(async move {
            let queue = order(0);
            (0..100).try_for_each(|item| queue.put_nowait(item))?;
            let (sum, running) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(true)));
            let worker = || {
                let (queue, sum, running) = (queue.clone(), sum.clone(), running.clone());
                spawn(async move {
                    while running.get() {
                        sum.set(sum.get() + queue.get().await?);
                        queue.task_done()?;
                    }
                    Ok(())
                })
            };
            let workers: [Task<()>; 2] = [worker(), worker()];
            queue.join().await?;
            assert_eq!(sum.get(), 4950);
            running.set(false);
            for worker in workers {
                queue.put_nowait(0)?;
                worker.await?;
            }
            Ok(())
        });
    }
}

/// q join_empty_queue
#[wasm_bindgen_test(unsupported = test)]
fn row_45_an_empty_queue_is_joined_at_once() {
    for order in ORDERS {
        run(async move {
            let queue = order(0);
            queue.join().await?;
            queue.join().await
        });
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_join_that_is_cancelled_is_no_matter_to_the_others() {
    run(async {
        let queue = ORDERS[0](0);
        queue.put_nowait(1)?;
        let (first, second) = (spawn(queue.join()), spawn(queue.join()));
        turn().await?;
        assert_eq!(format!("{queue:?}"), "<Queue maxsize=0 len=1 tasks=1>");
        first.cancel();
        queue.get_nowait()?;
        queue.task_done()?;
        turn().await?;
        assert!(is_cancelled(&first) && second.is_finished());
        assert!(second.await.is_ok());
        assert!(queue.task_done().unwrap_err().is(Kind::ValueError));
        Ok(())
    });
}
