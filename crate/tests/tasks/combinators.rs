//! Combinators of `futures` that have wakers of their own: they poll only what was woken, and all awaits of ours work in them.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt, TryStreamExt};
use loopscope::{
    AsyncGen, Duration, Error, Event, Kind, Lock, Queue, Result, VirtualLoop, gather, now, shield, sleep,
    spawn, timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Sleeps, and says when it woke.
async fn nap(length: u64) -> Result<u64> {
    sleep(seconds(length)).await?;
    Ok(now().as_nanos() / 1_000_000_000)
}

#[wasm_bindgen_test(unsupported = test)]
fn what_ends_first_comes_first() {
    let program = async {
        let tasks: FuturesUnordered<_> = [3, 1, 2].into_iter().map(|length| spawn(nap(length))).collect();
        tasks.try_collect::<Vec<_>>().await
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), [1, 2, 3]);
}

#[wasm_bindgen_test(unsupported = test)]
fn two_at_a_time() {
    let program = stream::iter([4, 1, 2, 3]).map(nap).buffer_unordered(2).try_collect::<Vec<_>>();
    assert_eq!(VirtualLoop::new().run(program).unwrap(), [1, 3, 4, 6]);
    let program = stream::iter([4, 1, 2, 3]).map(nap).buffered(2).try_collect::<Vec<_>>();
    assert_eq!(VirtualLoop::new().run(program).unwrap(), [4, 1, 6, 7]);
}

#[wasm_bindgen_test(unsupported = test)]
fn more_than_are_polled_one_by_one() {
    let program = async { Ok(join_all((0..40).map(|k| nap(40 - k))).await) };
    let woken: Result<Vec<_>> = VirtualLoop::new().run(program).unwrap().into_iter().collect();
    assert_eq!(woken.unwrap(), (0..40).map(|k| 40 - k).collect::<Vec<_>>());
}

#[wasm_bindgen_test(unsupported = test)]
fn streams_side_by_side() {
    let ticks = |name, every| {
        AsyncGen::new(async move |co| {
            for _ in 0..2 {
                sleep(seconds(every)).await?;
                co.yield_(name).await?;
            }
            Ok(())
        })
    };
    let program = stream::select_all([ticks("slow", 3), ticks("fast", 2)]).try_collect::<Vec<_>>();
    assert_eq!(VirtualLoop::new().run(program).unwrap(), ["fast", "slow", "fast", "slow"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn giving_way_takes_one_turn() {
    let program = async {
        let said: Rc<RefCell<Vec<String>>> = Rc::default();
        let other = said.clone();
        let beside = spawn(async move {
            for turn in 0..3 {
                other.borrow_mut().push(format!("beside {turn}"));
                sleep(Duration::ZERO).await?;
            }
            Ok(())
        });
        stream::iter(["a", "b"])
            .for_each_concurrent(None, async |name| {
                for turn in 0..2 {
                    said.borrow_mut().push(format!("{name} {turn}"));
                    sleep(Duration::ZERO).await.unwrap();
                }
            })
            .await;
        beside.await?;
        Ok(said.take().join(", "))
    };
    let said = VirtualLoop::new().run(program).unwrap();
    assert_eq!(said, "a 0, b 0, beside 0, a 1, b 1, beside 1, beside 2");
}

#[wasm_bindgen_test(unsupported = test)]
fn locks_queues_gathers_and_shields_inside() {
    let program = async {
        let (lock, queue) = (Lock::new(), Queue::new(1));
        let said: Rc<RefCell<Vec<String>>> = Rc::default();
        let producer = async {
            for item in 0..3 {
                queue.put(item).await?;
            }
            Ok(())
        };
        let consumer = async {
            for _ in 0..3 {
                let item = queue.get().await?;
                let held = lock.acquire().await?;
                sleep(seconds(1)).await?;
                drop(held);
                said.borrow_mut().push(format!("item {item} at {}", now().as_secs_f64()));
            }
            Ok(())
        };
        let gathered = async {
            let both = gather([spawn(nap(1)), spawn(nap(2))]).await?;
            let kept = shield(nap(2)).await?;
            said.borrow_mut().push(format!("{both:?} and {kept}"));
            Ok(())
        };
        let all: FuturesUnordered<std::pin::Pin<Box<dyn Future<Output = Result<()>>>>> =
            FuturesUnordered::new();
        all.push(Box::pin(producer));
        all.push(Box::pin(consumer));
        all.push(Box::pin(gathered));
        all.try_collect::<()>().await?;
        Ok(said.take().join(", "))
    };
    let said = VirtualLoop::new().run(program).unwrap();
    assert_eq!(said, "item 0 at 1, item 1 at 2, item 2 at 3, [1, 2] and 4");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_limit_is_heard_at_its_time() {
    let program = async {
        let late = timeout(seconds(2), async |_| {
            // The one that was polled last has ended by then, and nothing polls the others.
            stream::iter([30, 1]).map(nap).buffer_unordered(2).try_collect::<Vec<_>>().await
        })
        .await;
        Ok((late.unwrap_err(), now().as_secs_f64()))
    };
    let (error, at) = VirtualLoop::new().run(program).unwrap();
    assert!(error.is(Kind::TimeoutError) && at == 2.0, "{error} at {at}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_and_an_error_reach_them() {
    let program = async {
        let crowd = || stream::iter([30, 20, 1]).map(nap).buffer_unordered(3).try_collect::<Vec<_>>();
        let (stopped, thrown) = (spawn(crowd()), spawn(crowd()));
        sleep(seconds(2)).await?;
        stopped.cancel_with("enough");
        thrown.throw(Error::value("broken"));
        let ends = [stopped.join().await, thrown.join().await].map(|end| end.unwrap_err().to_string());
        Ok((ends, now().as_secs_f64()))
    };
    let (ends, at) = VirtualLoop::new().run(program).unwrap();
    assert_eq!(ends, ["CancelledError: enough", "ValueError: broken"]);
    assert_eq!(at, 2.0);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_crowd_goes_on_in_another_task_and_what_was_given_up_is_not_asked() {
    let program = async {
        let event = Rc::new(Event::new());
        let waits = (0..2).map(|_| {
            let event = event.clone();
            async move { event.wait().await }
        });
        let mut crowd: FuturesUnordered<_> = waits.collect();
        assert!(futures::poll!(crowd.next()).is_pending());
        let handed = spawn(async move { crowd.try_collect::<()>().await });
        sleep(seconds(1)).await?;
        event.set();
        handed.await?;
        // Nothing is left here that a request to stop could go to.
        let own = loopscope::current_task().unwrap();
        own.cancel_with("late");
        Ok(sleep(seconds(1)).await.unwrap_err().to_string())
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), "CancelledError: late");
}
