//! Handles that go while the generator is being closed, or when it was asked to close before.

use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{AsyncGen, Co, Duration, Error, Gen, Kind, Result, VirtualLoop, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::of;

type Log = Rc<RefCell<Vec<String>>>;

/// Yields until it is closed, takes a second to clean up, and ends as it was told to, or with an error of its own.
fn slow(log: &Log, name: &'static str, own: Option<Error>) -> AsyncGen<i32> {
    let log = log.clone();
    of(async move |co| {
        let mut told = Ok(());
        while told.is_ok() {
            told = co.yield_(1).await.map(drop);
        }
        log.borrow_mut().push(format!("{name} begins"));
        sleep(Duration::from_secs(1)).await?;
        log.borrow_mut().push(format!("{name} ends"));
        own.map_or(told, Err)
    })
}

/// Runs a program; returns what its generators did, and what was reported of what nobody waited for.
fn watch<T: 'static, F: Future<Output = Result<T>> + 'static>(program: impl FnOnce(Log) -> F) -> Vec<String> {
    let log = Log::default();
    let virtual_loop = VirtualLoop::new();
    let reported = log.clone();
    virtual_loop.on_unhandled(move |report| reported.borrow_mut().push(report.to_string()));
    let kept = virtual_loop.run(program(log.clone()));
    let seen = log.borrow().clone();
    drop(kept);
    seen
}

#[wasm_bindgen_test(unsupported = test)]
fn what_goes_as_the_program_ends_is_closed_once() {
    let seen = watch(async |log| {
        let numbers = slow(&log, "inner", None).map(|number| number + 1);
        numbers.anext().await.map(drop)
    });
    assert_eq!(seen, ["inner begins", "inner ends"]);
    let seen = watch(async |log| {
        spawn(async move {
            let mut numbers = slow(&log, "task's", None);
            while numbers.try_next().await?.is_some() {
                sleep(Duration::from_secs(1)).await?;
            }
            Ok(())
        });
        sleep(Duration::from_millis(1500)).await
    });
    assert_eq!(seen, ["task's begins", "task's ends"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_outlives_the_program_is_closed_once() {
    let seen = watch(async |log| {
        let numbers = slow(&log, "inner", None).map(|number| number + 1);
        numbers.anext().await?;
        Ok(numbers)
    });
    assert_eq!(seen, ["inner begins", "inner ends"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_clean_up_goes_on_when_the_handle_goes_and_so_do_those_of_others() {
    let seen = watch(async |log| {
        let inner = slow(&log, "inner", Some(Error::value("inner failed")));
        inner.anext().await?;
        let other = slow(&log, "other", Some(Error::value("other failed")));
        other.anext().await?;
        let holding = of(async move |co| {
            let _inner = inner;
            co.yield_(1).await.map(drop)
        });
        holding.anext().await?;
        Ok((holding, other))
    });
    assert_eq!(seen[..4], ["inner begins", "other begins", "inner ends", "other ends"]);
    let failed = |name: &str| seen[4..].iter().any(|report| report.contains(&format!("{name} failed")));
    assert!(seen.len() == 6 && failed("inner") && failed("other"), "{seen:?}");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_body_may_let_go_of_its_own_handle() {
    let seen = watch(async |log| {
        let handle: Rc<RefCell<Option<AsyncGen<i32>>>> = Rc::default();
        let own = handle.clone();
        let numbers = of(async move |co| {
            let told = co.yield_(1).await;
            drop(own.take());
            log.borrow_mut().push("let go".to_owned());
            sleep(Duration::from_secs(1)).await?;
            log.borrow_mut().push("over".to_owned());
            told.map(drop)
        });
        numbers.anext().await?;
        *handle.borrow_mut() = Some(numbers);
        Ok(handle)
    });
    assert_eq!(seen, ["let go", "over"]);
}

/// As in Python: it was asked already, and there is nobody who would wait; so its body goes on at once, if it can.
#[wasm_bindgen_test(unsupported = test)]
fn one_that_did_not_close_when_it_was_asked_is_closed_when_it_goes() {
    let seen = watch(async |log| {
        for stubborn in [1, 2] {
            let noted = log.clone();
            let numbers = of(async move |co: Co<i32>| {
                let mut told = co.yield_(1).await;
                for _ in 0..stubborn {
                    told = co.yield_(2).await;
                }
                noted.borrow_mut().push("finally".to_owned());
                told.map(drop)
            });
            numbers.anext().await?;
            assert!(numbers.aclose().await.unwrap_err().is(Kind::RuntimeError));
            drop(numbers);
            log.borrow_mut().push("gone".to_owned());
        }
        Ok(())
    });
    assert_eq!((&seen[0][..], &seen[1][..], &seen[3][..], seen.len()), ("finally", "gone", "gone", 4));
    assert!(seen[2].contains("async generator ignored GeneratorExit"), "{seen:?}");
}

/// Whatever way it ends, the trace says that it does.
#[wasm_bindgen_test(unsupported = test)]
fn none_is_left_in_the_trace_that_is_gone() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let mut waiting = Gen::new(async |co: Co<i32>| {
            co.yield_(1).await?;
            sleep(Duration::from_secs(1)).await
        });
        assert!(waiting.next().is_some_and(|value| value.is_ok()));
        assert!(waiting.next().is_some_and(|value| value.is_err()));
        let stubborn = Gen::new(async |co: Co<i32>| {
            loop {
                let _ = co.yield_(1).await;
            }
        });
        let _: Result<i32> = stubborn.send(None);
        drop::<Gen<i32>>(stubborn);
        let stubborn = of(async |co| {
            loop {
                let _ = co.yield_(1).await;
            }
        });
        stubborn.anext().await?;
        assert!(stubborn.aclose().await.is_err());
        drop(stubborn);
        Ok(())
    };
    let virtual_loop = VirtualLoop::with_recorder(recorder.clone());
    virtual_loop.on_unhandled(|_| {});
    virtual_loop.run(program).unwrap();
    let events = recorder.take().events;
    for generator in 1..=3 {
        let of_it = events.iter().filter(|event| event.subject == generator);
        let kinds: Vec<_> = of_it.map(|event| event.kind).filter(|kind| *kind != Event::Unhandled).collect();
        assert!(
            matches!(kinds.last(), Some(Event::Return | Event::Drop)),
            "generator {generator}: {kinds:?}"
        );
    }
}
