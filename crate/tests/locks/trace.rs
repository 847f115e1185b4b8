//! What the trace tells of who waits for what.

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{Condition, Event, Lock, Result, Semaphore, VirtualLoop, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::turn;

/// Runs a program and gives its events of sharing: task, kind, resource, value and text.
fn traced(program: impl Future<Output = Result<()>> + 'static) -> Vec<String> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let batch = recorder.take();
    let mut told = Vec::new();
    for event in &batch.events {
        let on = batch.resources.iter().find(|resource| resource.id == event.subject);
        if let (Some(on), Kind::Acquire | Kind::Release | Kind::Wait) = (on, event.kind) {
            assert_eq!(event.place.is_some(), event.kind != Kind::Release);
            let text = recorder.text(event.text);
            let line = format!("{} {} {} {} {text}", event.task, event.kind.name(), on.name, event.value);
            told.push(line.trim_end().to_owned());
        } else if event.kind == Kind::Wake && !recorder.text(event.text).contains("end") {
            told.push(format!("{} wake by {}: {}", event.task, event.subject, recorder.text(event.text)));
        }
    }
    told
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_for_a_lock_names_who_holds_it() {
    let told = traced(async {
        let lock = Lock::new().named("bridge");
        let hold = || {
            let lock = lock.clone();
            async move {
                let _guard = lock.acquire().await?;
                turn().await
            }
        };
        let tasks = [spawn(hold()), spawn(hold())];
        for task in tasks {
            task.await?;
        }
        Ok(())
    });
    let expected = [
        "2 acquire bridge 1",
        "3 wait bridge 0 the lock (held by task 2)",
        "2 release bridge 0",
        "3 wake by 2: the lock was released",
        "3 acquire bridge 1",
        "3 release bridge 0",
    ];
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_wait_for_a_permit_tells_how_many_are_held() {
    let told = traced(async {
        let semaphore = Semaphore::new(2);
        let (one, two) = (semaphore.acquire().await?, semaphore.acquire().await?);
        let waiter = spawn(semaphore.acquire());
        turn().await?;
        drop(one);
        drop(two);
        drop(waiter.await?);
        Ok(())
    });
    let expected = [
        "1 acquire semaphore 1 1",
        "1 acquire semaphore 1 2",
        "2 wait semaphore 1 0 a permit (2 held)",
        "1 release semaphore 1 1",
        "2 wake by 1: a permit is free",
        "1 release semaphore 1 0",
        "2 acquire semaphore 1 1",
        "1 release semaphore 1 0",
    ];
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn events_and_conditions_tell_who_woke_whom() {
    let told = traced(async {
        let (event, condition) = (Event::new().named("bell"), Condition::new().named("stock"));
        let waiter = spawn({
            let (event, condition) = (event.clone(), condition.clone());
            async move {
                event.wait().await?;
                let _guard = condition.acquire().await?;
                condition.wait().await
            }
        });
        turn().await?;
        event.set();
        turn().await?;
        let guard = condition.acquire().await?;
        condition.notify(1)?;
        turn().await?;
        drop(guard);
        waiter.await
    });
    let expected = [
        "2 wait bell 0 the event to be set",
        "2 wake by 1: the event was set",
        "2 acquire lock 2 1",
        "2 release lock 2 0",
        "2 wait stock 0 a notification",
        "1 acquire lock 2 1",
        "2 wake by 1: it was notified",
        "2 wait lock 2 0 the lock (held by task 1)",
        "1 release lock 2 0",
        "2 wake by 1: the lock was released",
        "2 acquire lock 2 1",
        "2 release lock 2 0",
    ];
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_task_is_woken_once_however_many_wake_it() {
    let told = traced(async {
        let (one, other) = (Event::new(), Event::new());
        let task = spawn(futures::future::try_join(one.wait(), other.wait()));
        turn().await?;
        one.set();
        other.set();
        task.await.map(drop)
    });
    assert_eq!(told.iter().filter(|line| line.ends_with("the event was set")).count(), 1, "{told:#?}");
}
