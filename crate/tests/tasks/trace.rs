//! What the trace tells of tasks: what they wait for, who woke and stopped them and why, how they ended.

use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::trace::{Kind, Recorder};
use loopscope::{
    Error, Result, VirtualLoop, WaitUntil, as_completed, cancellable, gather, shield, sleep, spawn,
    spawn_named, task_group, timeout, wait,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{secs, turn};

/// Runs a program, and gives the texts of these events with the number of the task that they are of.
fn texts(kind: Kind, program: impl Future<Output = Result<()>> + 'static) -> Vec<(u32, String)> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let some = events.iter().filter(|event| event.kind == kind);
    some.map(|event| (event.task, recorder.text(event.text).to_string())).collect()
}

/// Leaves out what the loop does when the program ends.
fn of_main(texts: Vec<(u32, String)>) -> Vec<String> {
    texts.into_iter().filter(|(task, _)| *task == 1).map(|(_, text)| text).collect()
}

fn second() -> impl Future<Output = Result<()>> {
    sleep(secs(1.0))
}

#[wasm_bindgen_test(unsupported = test)]
fn what_a_task_waits_for_is_told() {
    let waits = texts(Kind::Wait, async {
        turn().await?;
        second().await?;
        spawn_named("child", second()).await?;
        spawn(second()).join().await?;
        gather([second(), second()]).await?;
        shield(second()).await?;
        let tasks = [spawn(second()), spawn(second())];
        wait(&tasks, WaitUntil::All, None).await?;
        for until in [WaitUntil::FirstCompleted, WaitUntil::FirstException] {
            wait([spawn(second())], until, None).await?;
        }
        let mut completed = as_completed([second(), second()], None);
        while completed.try_next().await?.is_some() {}
        cancellable(async { turn().await.map(drop) }).await??;
        task_group(async |group| {
            group.spawn(second())?;
            group.spawn(second()).map(drop)
        })
        .await
    });
    let expected = [
        "the next turn",
        "1 s to pass",
        "child to end",
        "task 3 to end",
        "2 tasks to end",
        "a shielded task to end",
        "all of 2 tasks to end",
        "one of 1 task to end",
        "the first to fail of 1 task to end",
        "one of 2 tasks to end",
        "the next turn",
        "a future of another crate",
        "2 tasks of the group to end",
    ];
    // The two of `as_completed` end in one turn: the second needs no wait.
    assert_eq!(of_main(waits), expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn why_a_task_goes_on_is_told() {
    let wakes = texts(Kind::Wake, async {
        second().await?;
        spawn(second()).await?;
        gather([second()]).await?;
        shield(second()).await?;
        wait([spawn(second())], WaitUntil::All, None).await?;
        as_completed([second()], None).try_next().await?;
        task_group(async |group| group.spawn(second()).map(drop)).await?;
        let late = timeout(secs(1.0), async |_| sleep(secs(2.0)).await);
        assert!(late.await.is_err());
        Ok(())
    });
    let expected = [
        "the time has come",
        "the task has ended",
        "the tasks have ended",
        "the shielded task has ended",
        "enough tasks have ended",
        "a task has ended",
        "the tasks of the group have ended",
        "cancelled",
    ];
    assert_eq!(of_main(wakes), expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn why_a_task_is_asked_to_stop_is_told() {
    let stops = texts(Kind::Cancel, async {
        spawn(second()).cancel();
        spawn(second()).cancel_with("because");
        let outer = spawn(spawn(second()));
        turn().await?;
        outer.cancel();
        let gathered = spawn(async { gather([second()]).await.map(drop) });
        turn().await?;
        gathered.cancel();
        let _ = timeout(secs(0.5), async |_| second().await).await;
        let failing = task_group(async |group| {
            group.spawn(async { Err::<(), _>(Error::value("no")) })?;
            group.spawn(second()).map(drop)
        });
        assert!(failing.await.is_err());
        let none = loopscope::wait_for(second(), secs(0.0));
        assert!(none.await.is_err());
        spawn(second());
        Ok(())
    });
    let texts: Vec<_> = stops.iter().map(|(_, text)| &**text).collect();
    let expected = [
        "cancel() was called",
        "because",
        "cancel() was called",
        "the task that awaits it was cancelled",
        "cancel() was called",
        "gather was cancelled",
        "its timeout has expired",
        "its group is shutting down",
        "a task of its group has failed",
        "it was given no time",
        "the program has ended",
    ];
    assert_eq!(texts, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn how_a_task_ended_is_told() {
    let ends = texts(Kind::Done, async {
        spawn(turn());
        spawn(second()).cancel();
        let failed = spawn(async { Err::<(), _>(Error::value("no")) });
        turn().await?;
        assert_eq!(format!("{failed:?}"), "<Task task 4 raised ValueError: no>");
        let pending = spawn_named("waiting", second());
        assert_eq!(format!("{pending:?}"), "<Task waiting pending>");
        failed.exception().map(drop).ok_or_else(|| Error::value("it did not fail"))
    });
    let expected =
        [(3, "cancelled"), (4, "raised ValueError: no"), (1, "returned"), (2, "returned"), (5, "cancelled")];
    assert_eq!(ends, expected.map(|(task, text)| (task, text.to_owned())));
}
