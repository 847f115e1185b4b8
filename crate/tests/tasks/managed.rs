//! Groups and timeouts as context managers: what the trace tells of them, and stacks that hold them.

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{
    AsyncExitStack, Error, Kind as ErrorKind, Result, TaskGroup, Timeout, VirtualLoop, async_with, now,
    sleep, task_group, timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::twin::{secs, tell};

#[wasm_bindgen_test(unsupported = test)]
fn groups_and_timeouts_are_brackets_in_the_trace() {
    let recorder = Rc::new(Recorder::default());
    let program = timeout(secs(1.0), async |_| {
        task_group(async |group| group.spawn(sleep(secs(60.0))).map(drop)).await
    });
    assert!(VirtualLoop::with_recorder(recorder.clone()).run(program).is_err());
    let batch = recorder.take();
    let names: Vec<_> = batch.resources.iter().map(|resource| (resource.kind, &*resource.name)).collect();
    assert_eq!(names, [("context", "Timeout"), ("context", "TaskGroup")]);
    let kinds = [Kind::EnterStart, Kind::Entered, Kind::ExitStart, Kind::Exited];
    let told = batch.events.iter().filter(|event| kinds.contains(&event.kind));
    let told: Vec<_> =
        told.map(|event| (event.kind, event.subject, !recorder.text(event.text).is_empty())).collect();
    let expected = [
        (Kind::EnterStart, 1, false),
        (Kind::Entered, 1, false),
        (Kind::EnterStart, 2, false),
        (Kind::Entered, 2, false),
        (Kind::ExitStart, 2, false),
        (Kind::Exited, 2, true),
        (Kind::ExitStart, 1, true),
        (Kind::Exited, 1, true),
    ];
    assert_eq!(told, expected);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_stack_holds_groups_and_timeouts() {
    let program = async {
        let body = async |stack: AsyncExitStack| {
            let limit = stack.enter_async_context(Timeout::new(now() + secs(1.0))).await?;
            let group = stack.enter_async_context(TaskGroup::new()).await?;
            group.spawn(sleep(secs(60.0)))?;
            limit.reschedule(now() + secs(2.0))
        };
        let error = async_with(AsyncExitStack::new(), body).await.unwrap_err();
        assert_eq!(tell(&error), "TimeoutError cause(CancelledError)");
        Ok(now().as_secs_f64())
    };
    assert_eq!(VirtualLoop::new().run(program).unwrap(), 2.0);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_group_that_is_a_manager_tells_all_errors() {
    let program = async {
        let body = async |group: TaskGroup| {
            group.spawn(async { Err::<(), _>(Error::key("child")) })?;
            sleep(secs(0.0)).await?;
            Result::<()>::Err(Error::value("body"))
        };
        async_with(TaskGroup::new(), body).await
    };
    let error = VirtualLoop::new().run(program).unwrap_err();
    assert!(error.is(ErrorKind::ExceptionGroup));
    let kinds: Vec<_> = error.errors().iter().map(Error::kind).collect();
    assert_eq!(kinds, [ErrorKind::KeyError, ErrorKind::ValueError]);
    assert!(error.context().unwrap().is(ErrorKind::ValueError));
}
