//! How generators are closed, when they are asked to and when they are dropped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use loopscope::{Co, Error, Gen, Kind, Result, VirtualLoop, context, with};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, of, says, simple};

const IGNORED: &str = "generator ignored GeneratorExit";

/// Counts, and does not end before it was asked to as often as this and once more.
fn stubborn(times: usize, log: &Log) -> Gen<i32> {
    let log = log.clone();
    of(async move |co| {
        let left = Cell::new(times);
        let body = async {
            for number in 1.. {
                match co.yield_(number).await {
                    Err(error) if error.is(Kind::GeneratorExit) && left.get() > 0 => {
                        left.set(left.get() - 1);
                        log.borrow_mut().push("ignored");
                    }
                    other => drop(other?),
                }
            }
            Ok(())
        };
        let result: Result<()> = body.await;
        log.borrow_mut().push("finally");
        result
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn closing_runs_the_clean_up_once_and_may_give_a_value() {
    let log = Log::default();
    let numbers = simple(&log);
    assert_eq!(numbers.close().unwrap(), None);
    let numbers = simple(&log);
    numbers.send(None).unwrap();
    assert_eq!(numbers.close().unwrap(), None);
    assert_eq!(numbers.close().unwrap(), None);
    assert_eq!(*log.borrow(), ["finally"]);
    let returning = Gen::new(async |co: Co<i32>| {
        let _ = co.yield_(1).await;
        Ok("closed")
    });
    returning.send(None).unwrap();
    assert_eq!(returning.close().unwrap(), Some("closed"));
    let failing = of(async |co| co.yield_(1).await.map(drop).map_err(|_| Error::value("cleanup")));
    failing.send(None).unwrap();
    let error = failing.close().unwrap_err();
    assert!(error.is(Kind::ValueError) && error.context().unwrap().is(Kind::GeneratorExit));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_will_not_be_closed_goes_on() {
    let log = Log::default();
    let numbers = stubborn(2, &log);
    assert_eq!(numbers.send(None).unwrap(), 1);
    let refused = numbers.close().unwrap_err();
    says(&refused, Kind::RuntimeError, IGNORED);
    assert!(refused.context().is_none() && refused.cause().is_none());
    assert!(!numbers.is_closed());
    // What it yielded then, 2, is lost.
    assert_eq!(numbers.send(None).unwrap(), 3);
    says(&numbers.close().unwrap_err(), Kind::RuntimeError, IGNORED);
    let thrown = Error::value("x");
    assert!(numbers.throw(thrown.clone()).unwrap_err().is_same(&thrown));
    assert_eq!(*log.borrow(), ["ignored", "ignored", "finally"]);
    ended(numbers.send(None));
}

#[wasm_bindgen_test(unsupported = test)]
fn each_close_asks_again() {
    let log = Log::default();
    let numbers = stubborn(2, &log);
    numbers.send(None).unwrap();
    says(&numbers.close().unwrap_err(), Kind::RuntimeError, IGNORED);
    says(&numbers.close().unwrap_err(), Kind::RuntimeError, IGNORED);
    assert_eq!(numbers.close().unwrap(), None);
    assert_eq!(*log.borrow(), ["ignored", "ignored", "finally"]);
    ended(numbers.send(None));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_yield_that_refused_to_close_is_sent_to() {
    let echo = Gen::receiving(async |co: Co<i32, i32>| {
        let _ = co.yield_(1).await;
        co.yield_(2).await
    });
    echo.send(None).unwrap();
    says(&echo.close().unwrap_err(), Kind::RuntimeError, IGNORED);
    ended(echo.send(5));
    assert_eq!(echo.take_return(), Some(Some(5)));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_is_dropped_is_closed() {
    let log = Log::default();
    let numbers = simple(&log);
    numbers.send(None).unwrap();
    drop(numbers);
    assert_eq!(*log.borrow(), ["finally"]);
    drop(simple(&log));
    assert_eq!(*log.borrow(), ["finally"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_is_dropped_is_asked_once_and_then_goes_without_its_clean_up() {
    let reports = Rc::new(RefCell::new(vec![]));
    let told = reports.clone();
    let virtual_loop = VirtualLoop::new();
    virtual_loop.on_unhandled(move |report| told.borrow_mut().push(report.to_string()));
    let log = Log::default();
    let noted = log.clone();
    virtual_loop
        .run(async move {
            let numbers = stubborn(1, &noted);
            numbers.send(None)?;
            drop(numbers);
            assert_eq!(*noted.borrow(), ["ignored"]);
            let numbers = stubborn(2, &noted);
            numbers.send(None)?;
            numbers.close().unwrap_err();
            Ok(())
        })
        .unwrap();
    assert_eq!(*log.borrow(), ["ignored"; 3]);
    let report = format!("Exception ignored while closing a generator: RuntimeError: {IGNORED}");
    assert_eq!(*reports.borrow(), [report.clone(), report]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_manager_whose_generator_did_not_stop_lets_go_of_it() {
    let log = Log::default();
    let noted = log.clone();
    let manager = context(async move |co: Co<i32>| {
        co.yield_(1).await?;
        if co.yield_(2).await.is_err() {
            noted.borrow_mut().push("ignored");
        }
        let end = co.yield_(3).await;
        noted.borrow_mut().push("end");
        end.map(drop)
    });
    let error = with(manager, |_| Ok(())).unwrap_err();
    says(&error, Kind::RuntimeError, IGNORED);
    says(&error.context().unwrap(), Kind::RuntimeError, "generator didn't stop");
    assert_eq!(*log.borrow(), ["ignored", "end"]);
}
