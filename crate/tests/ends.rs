//! How it is told that tasks and generators have ended, and who waits for that.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use futures::future::join;
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{
    AsyncGen, Duration, Error, TaskGroup, VirtualLoop, WaitUntil, as_completed, async_with, cancellable,
    coroutine, gather_results, sleep, spawn, spawn_named, task_group, wait,
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test(unsupported = test)]
fn the_end_of_a_task_is_told_as_it_was() {
    let recorder = Rc::new(Recorder::default());
    let ends = VirtualLoop::with_recorder(recorder.clone()).run(async {
        let returns = spawn(async { Ok(()) });
        let fails = spawn(async { Err(Error::value("no").raise_from(Error::key("k"))) });
        let stops = spawn(sleep(Duration::from_secs(1)));
        stops.cancel();
        gather_results([returns, fails, stops]).await.map(|ends| ends.len())
    });
    assert_eq!(ends.unwrap(), 3);
    let batch = recorder.take();
    let done = batch.events.iter().filter(|event| event.kind == Event::Done);
    let told: Vec<_> = done.map(|event| (event.task, recorder.text(event.text).to_string())).collect();
    let expected = [
        (2, "returned"),
        (3, "raised ValueError: no, caused by KeyError: k"),
        (4, "cancelled"),
        (1, "returned"),
    ];
    assert_eq!(told, expected.map(|(task, text)| (task, text.to_owned())));
}

#[wasm_bindgen_test(unsupported = test)]
fn who_waits_for_a_task_says_for_which_and_where() {
    let recorder = Rc::new(Recorder::default());
    let line = line!();
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            let nap = |name| spawn_named(name, sleep(Duration::ZERO));
            nap("joined").join().await?;
            nap("awaited").await?;
            let handle = nap("handed on");
            let hand_on = async {
                handle.await?;
                sleep(Duration::ZERO).await
            };
            hand_on.await?;
            // Neither the lines of this crate nor those of another one are the program's.
            spawn_named("inner", nap("spawned")).await?;
            coroutine("named", nap("wrapped")).await?;
            Box::pin(nap("pinned")).await?;
            join(nap("one"), nap("two")).await.0
        })
        .unwrap();
    let batch = recorder.take();
    let of_tasks = batch.events.iter().filter(|event| event.kind == Event::Wait && event.task > 0);
    let told: Vec<_> = of_tasks
        .filter_map(|event| {
            let text = recorder.text(event.text);
            let (name, _) = text.split_once(" to end")?;
            let place = event.place.map(|place| (place.file().ends_with("ends.rs"), place.line() - line));
            Some((name.to_owned(), place))
        })
        .collect();
    let expected = [
        ("joined", Some((true, 4))),
        ("awaited", Some((true, 5))),
        ("handed on", Some((true, 8))),
        ("inner", Some((true, 13))),
        ("spawned", None),
        ("wrapped", None),
        ("pinned", None),
        ("one", None),
        ("two", None),
    ];
    assert_eq!(told, expected.map(|(name, place)| (name.to_owned(), place)));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_group_waits_for_its_tasks_where_it_was_made() {
    let recorder = Rc::new(Recorder::default());
    let line = line!();
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            task_group(async |group| group.spawn(sleep(Duration::ZERO)).map(drop)).await?;
            let by_hand = TaskGroup::new();
            by_hand.enter()?;
            by_hand.spawn(sleep(Duration::ZERO))?;
            by_hand.exit(None).await?;
            let as_manager = TaskGroup::default();
            async_with(as_manager, async |group| group.spawn(sleep(Duration::ZERO)).map(drop)).await
        })
        .unwrap();
    let batch = recorder.take();
    let of_main = batch.events.iter().filter(|event| event.kind == Event::Wait && event.task == 1);
    let lines: Vec<_> = of_main.map(|event| event.place.map(|place| place.line() - line)).collect();
    assert_eq!(lines, [Some(3), Some(4), Some(8)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn who_waits_for_several_tasks_says_where() {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            let nap = || spawn(sleep(Duration::from_secs(1)));
            wait([nap(), nap()], WaitUntil::All, None).await?;
            as_completed([nap()], None).try_next().await?;
            let (says, hears) = futures::channel::oneshot::channel();
            spawn(async move { says.send(()).map_err(|()| Error::runtime("nobody hears")) });
            Ok(cancellable(hears).await??)
        })
        .unwrap();
    let batch = recorder.take();
    let of_main: Vec<_> =
        batch.events.iter().filter(|event| event.kind == Event::Wait && event.task == 1).collect();
    assert_eq!(of_main.len(), 3);
    for event in of_main {
        assert!(event.place.is_some_and(|place| place.file().ends_with("ends.rs")), "{event:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_group_waits_for_its_tasks_in_the_line_that_made_it() {
    let recorder = Rc::new(Recorder::default());
    let line = line!() + 2;
    VirtualLoop::with_recorder(recorder.clone())
        .run(async { task_group(async |group| group.spawn(sleep(Duration::from_secs(1))).map(drop)).await })
        .unwrap();
    let events = recorder.take().events;
    let waits: Vec<_> = events.iter().filter(|event| event.kind == Event::Wait && event.task == 1).collect();
    assert_eq!(waits.len(), 1);
    assert_eq!(&*recorder.text(waits[0].text), "1 task of the group to end");
    let place = waits[0].place.unwrap();
    assert!(place.file().ends_with("ends.rs") && place.line() == line, "{place}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_fails_when_the_program_has_ended_is_called_by_its_name() {
    let told = Rc::new(RefCell::new(vec![]));
    let (notes, kept) = (told.clone(), Rc::new(RefCell::new(None)));
    let virtual_loop = VirtualLoop::new();
    virtual_loop.on_unhandled(move |unhandled| notes.borrow_mut().push(unhandled.to_string()));
    let keeper = kept.clone();
    let program = async move {
        let numbers = AsyncGen::new(async |co| match co.yield_(1).await {
            Ok(_) => Ok(()),
            Err(_) => Err::<(), _>(Error::value("no")),
        });
        let numbers = numbers.named("numbers");
        numbers.anext().await?;
        *keeper.borrow_mut() = Some(numbers);
        Ok(())
    };
    virtual_loop.run(program).unwrap();
    let expected = "an error occurred during closing of asynchronous generator (numbers): ValueError: no, while handling GeneratorExit";
    assert_eq!(*told.borrow(), [expected]);
    drop(kept);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_has_not_begun_needs_no_task_to_end() {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            drop(AsyncGen::new(async |co| co.yield_(1).await.map(drop)));
            sleep(Duration::from_secs(1)).await
        })
        .unwrap();
    let spawned = recorder.take().events.into_iter().filter(|event| event.kind == Event::Spawn);
    assert_eq!(spawned.count(), 1, "only the program itself");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_tells_what_was_thrown_into_a_generator() {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone())
        .run(async {
            let numbers = AsyncGen::new(async |co| co.yield_(1).await.map(drop)).named("numbers");
            numbers.anext().await?;
            assert!(numbers.athrow(Error::value("no")).await.is_err());
            Ok(())
        })
        .unwrap();
    let events = recorder.take().events;
    let thrown = events.iter().filter(|event| event.kind == Event::Throw);
    let told: Vec<_> = thrown.map(|event| recorder.text(event.text).to_string()).collect();
    assert_eq!(told, ["ValueError: no"]);
}
