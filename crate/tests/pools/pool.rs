use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::FutureExt;
use futures::future::{Either, select};
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{Duration, Error, Kind, Pool, Result, Task, VirtualLoop, now, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Numbers, is_cancelled, run, turn};

/// Holds an item for some turns and says which it was.
fn hold(pool: &Pool<u32>, turns: usize) -> Task<u32> {
    let pool = pool.clone();
    spawn(async move {
        let item = pool.acquire().await?;
        for _ in 0..turns {
            turn().await?;
        }
        Ok(*item)
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn items_are_lent_in_the_order_of_asking() {
    run(async {
        let pool = Pool::new([10, 20]);
        let tasks: Vec<_> = (0..6).map(|_| hold(&pool, 3)).collect();
        turn().await?;
        assert_eq!(format!("{pool:?}"), "<Pool [2 of 2 lent, waiters:4]>");
        let mut lent = Vec::new();
        for (i, task) in tasks.iter().enumerate() {
            lent.push(task.clone().await?);
            assert!(tasks[i + 1..].iter().skip(1).all(|later| !later.is_finished()));
        }
        assert_eq!(lent, [10, 20, 10, 20, 10, 20]);
        assert_eq!((pool.held(), pool.capacity()), (0, 2));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn the_item_that_lay_idle_the_longest_is_lent_first() {
    run(async {
        let pool = Pool::new(1..=3);
        let mut seen = Vec::new();
        for _ in 0..5 {
            seen.push(*pool.acquire().await?);
        }
        assert_eq!(seen, [1, 2, 3, 1, 2]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn an_item_comes_back_on_every_way_out() {
    run(async {
        let pool = Pool::new([1]);
        let fail = |pool: Pool<u32>| async move {
            let _item = pool.acquire().await?;
            Err::<(), _>(Error::value("broken"))
        };
        assert!(spawn(fail(pool.clone())).await.is_err());
        assert_eq!(pool.held(), 0);
        let holder = hold(&pool, 100);
        turn().await?;
        assert_eq!(pool.held(), 1);
        let waiter = hold(&pool, 100);
        turn().await?;
        waiter.cancel();
        holder.cancel();
        turn().await?;
        assert!(is_cancelled(&holder) && is_cancelled(&waiter));
        assert_eq!(format!("{pool:?}"), "<Pool [0 of 1 lent]>");
        let item = pool.acquire().await?;
        let impatient = select(Box::pin(pool.acquire()), Box::pin(sleep(Duration::from_secs(1)))).await;
        assert!(matches!(&impatient, Either::Right(_)));
        drop(impatient);
        drop(item);
        drop(pool.acquire().now_or_never().expect("it is back")?);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn an_item_can_be_replaced() {
    run(async {
        let pool = Pool::new([1]);
        *pool.acquire().await? = 2;
        assert_eq!(*pool.acquire().await?, 2);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn closing_tells_those_who_wait_and_lets_what_is_lent_come_back() {
    run(async {
        let pool = Pool::new([1, 2]);
        let (holder, other) = (hold(&pool, 3), hold(&pool, 5));
        let waiters: Vec<_> = (0..3).map(|_| spawn(pool.acquire())).collect();
        turn().await?;
        pool.close();
        assert!(pool.is_closed());
        assert!(pool.acquire().now_or_never().is_some_and(|closed| closed.is_err()), "it waits in vain");
        assert_eq!(format!("{pool:?}"), "<Pool [2 of 2 lent, waiters:3, closed]>");
        for waiter in waiters {
            let error = waiter.await.map(|_| ()).unwrap_err();
            assert_eq!(error.to_string(), "RuntimeError: the pool is closed");
        }
        assert!(pool.acquire().await.is_err());
        let mut items = pool.drain().await?;
        items.sort_unstable();
        assert_eq!(items, [1, 2]);
        assert!(pool.drain().await?.is_empty());
        holder.await?;
        other.await?;
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn who_was_woken_and_finds_the_pool_closed_leaves_the_item_there() {
    for cancel in [false, true] {
        run(async move {
            let pool = Pool::new([1]);
            let item = pool.acquire().await?;
            let waiter = spawn(pool.acquire());
            turn().await?;
            drop(item);
            pool.close();
            if cancel {
                waiter.cancel();
            }
            let kind = waiter.await.map(|_| ()).unwrap_err().kind();
            assert_eq!(kind, if cancel { Kind::CancelledError } else { Kind::RuntimeError });
            assert_eq!(pool.drain().await?, [1]);
            Ok(())
        });
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn draining_can_be_given_up_and_begun_again() {
    run(async {
        let pool = Pool::new([1]);
        let item = pool.acquire().await?;
        let drain = spawn(pool.drain());
        turn().await?;
        drain.cancel();
        turn().await?;
        assert!(is_cancelled(&drain) && pool.is_closed());
        let (drain, late) = (spawn(pool.drain()), spawn(pool.drain()));
        turn().await?;
        drop(item);
        assert_eq!((drain.await?, late.await?), (vec![1], vec![]));
        Ok(())
    });
}

/// Random tasks that hold, fail, are stopped before, while or after they wait, or give up by themselves.
#[wasm_bindgen_test(unsupported = test)]
fn never_more_is_lent_than_there_is_and_all_comes_back() {
    for seed in 0..60 {
        let mut numbers = Numbers(seed);
        let capacity = 1 + numbers.below(4) as usize;
        let plan: Vec<[u64; 5]> =
            (0..40).map(|_| [60, 8, 40, 4, 90].map(|limit| numbers.below(limit))).collect();
        run(async move {
            let pool = Pool::new(0..capacity);
            let (most, order) = (Rc::new(Cell::new(0)), Rc::new(RefCell::new(Vec::new())));
            let mut tasks = Vec::new();
            for (i, [start, length, patience, way, stop]) in plan.into_iter().enumerate() {
                let (pool, most, order) = (pool.clone(), most.clone(), order.clone());
                let task = spawn(async move {
                    sleep(Duration::from_millis(start)).await?;
                    let asked = (start, i);
                    let pause = sleep(Duration::from_millis(patience));
                    let item = match select(Box::pin(pool.acquire()), Box::pin(pause)).await {
                        Either::Left((item, _)) => item?,
                        Either::Right((over, _)) => return over,
                    };
                    order.borrow_mut().push((now(), asked));
                    most.set(most.get().max(pool.held()));
                    sleep(Duration::from_millis(length)).await?;
                    drop(item);
                    if way == 0 { Err(Error::value("broken")) } else { Ok(()) }
                });
                tasks.push(task.clone());
                if way == 1 {
                    spawn(async move {
                        sleep(Duration::from_millis(stop)).await?;
                        task.cancel();
                        Ok(())
                    });
                }
            }
            for task in tasks {
                // However it ended.
                let _ = task.await;
            }
            assert!(most.get() <= capacity, "seed {seed}: {} of {capacity} were lent", most.get());
            // A task that gives up in the very moment in which it gets one may have its turn before an earlier one.
            order.borrow_mut().sort_unstable();
            assert!(
                order.borrow().is_sorted_by_key(|(_, asked)| *asked),
                "seed {seed}: somebody was overtaken"
            );
            assert_eq!(format!("{pool:?}"), format!("<Pool [0 of {capacity} lent]>"));
            let mut items = pool.drain().await?;
            items.sort_unstable();
            assert_eq!(items, Vec::from_iter(0..capacity), "seed {seed}: an item is lost");
            Ok(())
        });
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_how_many_are_lent() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let pool = Pool::new([1, 2]).named("connections");
        let tasks: Vec<_> = (0..3).map(|_| hold(&pool, 1)).collect();
        for task in tasks {
            task.await?;
        }
        Result::Ok(())
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let batch = recorder.take();
    let resource = &batch.resources[0];
    assert_eq!((resource.kind, &*resource.name, resource.capacity), ("pool", "connections", 2));
    let about_it = batch.events.iter().filter(|event| {
        event.subject == 1 && matches!(event.kind, Event::Acquire | Event::Release | Event::Wait)
    });
    let told: Vec<_> = about_it
        .map(|event| {
            let text = recorder.text(event.text);
            format!("{} {} {} {text}", event.task, event.kind.name(), event.value).trim_end().to_owned()
        })
        .collect();
    let expected = [
        "2 acquire 1",
        "3 acquire 2",
        "4 wait 0 an item of the pool (2 of 2 lent)",
        "2 release 1",
        "3 release 0",
        "4 acquire 1",
        "4 release 0",
    ];
    assert_eq!(told, expected);
}
