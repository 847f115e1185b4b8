//! Futures of other crates, and the crate's own where there is no loop.

use std::cell::RefCell;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::{FutureExt, StreamExt};
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{
    Error, Kind, Result, Task, Timeout, VirtualLoop, WaitUntil, all_tasks, as_completed, cancellable,
    current_task, gather, gather_results, shield, sleep, spawn, spawn_named, task_group, timeout, wait,
    wait_for,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{secs, turn};

/// Notes when it is dropped.
struct Noted(Rc<RefCell<Vec<&'static str>>>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.borrow_mut().push("dropped");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_stop_reaches_a_foreign_future_and_drops_it() {
    let log: Rc<RefCell<Vec<&'static str>>> = Rc::default();
    let notes = log.clone();
    VirtualLoop::new()
        .run(async move {
            let noted = Noted(notes.clone());
            let task = spawn(async move {
                let foreign = async move {
                    let _noted = noted;
                    futures::future::pending::<()>().await;
                };
                let error = cancellable(foreign).await.unwrap_err();
                notes.borrow_mut().push("handled");
                Err::<(), _>(error)
            });
            turn().await?;
            task.cancel_with("stop");
            assert_eq!(task.await.unwrap_err().message(), "stop");
            Ok(())
        })
        .unwrap();
    assert_eq!(*log.borrow(), ["dropped", "handled"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_foreign_future_gives_its_value() {
    let value = VirtualLoop::new().run(async {
        let (sender, receiver) = oneshot::channel();
        spawn(async {
            sleep(secs(1.0)).await?;
            sender.send(5).map_err(|_| Error::value("nobody listens"))
        });
        let ready = cancellable(async { 2 }).await?;
        Ok(ready + cancellable(receiver).await??)
    });
    assert_eq!(value.unwrap(), 7);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_foreign_future_that_ends_as_it_is_stopped_is_stopped() {
    VirtualLoop::new()
        .run(async {
            let (sender, receiver) = oneshot::channel::<i32>();
            let task = spawn(async { Ok(cancellable(receiver).await??) });
            turn().await?;
            sender.send(5).unwrap();
            task.cancel();
            assert!(task.await.unwrap_err().is(Kind::CancelledError));
            Ok(())
        })
        .unwrap();
}

#[wasm_bindgen_test(unsupported = test)]
fn it_is_the_wrapper_that_is_stopped_and_not_what_is_in_it() {
    VirtualLoop::new()
        .run(async {
            let both = cancellable(futures::future::join(sleep(secs(1.0)), sleep(secs(2.0))));
            let late = timeout(secs(0.5), async |_| both.await.map(drop)).await;
            assert!(late.unwrap_err().is(Kind::TimeoutError));
            let both = cancellable(futures::future::join(sleep(secs(1.0)), sleep(secs(2.0))));
            let (one, two) = both.await?;
            one.and(two)
        })
        .unwrap();
}

#[wasm_bindgen_test(unsupported = test)]
fn a_stop_that_cannot_reach_its_task_is_pointed_out() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let wrapped = spawn_named("wrapped", cancellable(futures::future::pending::<()>()));
        let bare = spawn_named("bare", async {
            futures::future::pending::<()>().await;
            Ok(())
        });
        let between = spawn_named("between", async {
            turn().await?;
            turn().await
        });
        spawn_named("itself", async {
            current_task().unwrap().cancel();
            sleep(secs(1.0)).await
        });
        let waiting = spawn_named("waiting", spawn(turn()));
        turn().await?;
        spawn_named("fresh", turn()).cancel();
        wrapped.cancel();
        bare.cancel();
        between.cancel();
        turn().await?;
        waiting.cancel();
        turn().await
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let lints: Vec<_> = events.iter().filter(|event| event.kind == Event::Lint).collect();
    // Once by the program, and once when it ends.
    assert_eq!(lints.iter().map(|event| event.subject).collect::<Vec<_>>(), [3, 3]);
    assert!(recorder.text(lints[0].text).ends_with("wrap it in cancellable()"));
}

/// Those who are gathered have ended, and the one who waits hears of it a turn later: nothing can be asked any more.
#[wasm_bindgen_test(unsupported = test)]
fn a_stop_that_comes_between_two_ends_is_no_mistake() {
    let recorder = Rc::new(Recorder::default());
    let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
    let waiting = virtual_loop.spawn("waiting", async {
        let one = gather([async { Ok(1) }]);
        one.await
    });
    assert!(virtual_loop.turn() && virtual_loop.turn());
    assert!(waiting.cancel());
    virtual_loop.settle();
    assert!(waiting.is_cancelled());
    assert!(recorder.take().events.iter().all(|event| event.kind != Event::Lint));
}

#[wasm_bindgen_test(unsupported = test)]
fn outside_of_a_loop_there_is_an_error_and_no_panic() {
    fn refused<T>(future: impl Future<Output = Result<T>>) {
        let error = future.now_or_never().expect("nothing to wait for").err().unwrap();
        assert!(error.is(Kind::RuntimeError) && error.message().starts_with("no running event loop"));
    }
    assert!(current_task().is_none() && all_tasks().is_empty());
    refused(sleep(secs(1.0)));
    refused(gather([async { Ok(1) }]));
    refused(gather_results([async { Ok(1) }]));
    refused(shield(async { Ok(1) }));
    refused(timeout(secs(1.0), async |_| Ok(1)));
    refused(wait_for(async { Ok(1) }, secs(0.0)));
    refused(task_group(async |_| Ok(1)));
    refused(cancellable(async { 1 }));
    refused(async { Timeout::new(None).enter() });
    refused(async { as_completed([async { Ok(1) }], None).next().await.unwrap() });
    let handle = VirtualLoop::new().spawn("never", async { Ok(1) });
    refused(wait([&handle], WaitUntil::All, None));
    refused(handle.join());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_callback_is_no_task() {
    VirtualLoop::new()
        .run(async {
            let refused: Rc<RefCell<Vec<String>>> = Rc::default();
            let notes = refused.clone();
            spawn(async { Ok(()) }).add_done_callback(move |_| {
                let mut notes = notes.borrow_mut();
                notes.push(Timeout::new(None).enter().unwrap_err().to_string());
                notes.push(loopscope::TaskGroup::new().enter().unwrap_err().to_string());
            });
            turn().await?;
            turn().await?;
            let told = refused.borrow();
            assert_eq!(told[0], "RuntimeError: Timeout should be used inside a task");
            assert_eq!(told[1], "RuntimeError: TaskGroup <TaskGroup> cannot determine the parent task");
            Ok(())
        })
        .unwrap();
}

#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_takes_the_place_of_a_refusal() {
    let both = VirtualLoop::new().run(async {
        let task = spawn(async {
            // Whoever awaits itself is refused, and asked to stop in the same turn.
            let own: Rc<RefCell<Option<Task<()>>>> = Rc::default();
            let inner = spawn({
                let own = own.clone();
                async move {
                    let own = own.take().unwrap();
                    own.cancel();
                    let first = own.join().await.unwrap_err();
                    assert!(first.is(Kind::CancelledError), "first {first}");
                    sleep(secs(0.1)).await
                }
            });
            *own.borrow_mut() = Some(inner.clone());
            inner.await
        });
        task.await
    });
    assert!(both.is_ok(), "{both:?}");
}
