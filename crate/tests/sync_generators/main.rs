//! Generators without a loop, as CPython has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

mod closing;

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{Co, Duration, Error, Gen, Kind, Result, VirtualLoop, sleep};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What the bodies below leave behind.
type Log = Rc<RefCell<Vec<&'static str>>>;

/// Yields 1 and 2, takes note of its clean-up and returns "over".
fn simple(log: &Log) -> Gen<i32, &'static str, i32> {
    let log = log.clone();
    Gen::receiving(async move |co: Co<i32, i32>| {
        let body = async {
            co.yield_(1).await?;
            co.yield_(2).await?;
            Ok("over")
        };
        let ended = body.await;
        log.borrow_mut().push("finally");
        ended
    })
}

fn of(body: impl AsyncFnOnce(Co<i32>) -> Result<()> + 'static) -> Gen<i32> {
    Gen::new(move |co| async move { body(co).await })
}

#[track_caller]
fn says(error: &Error, kind: Kind, message: &str) {
    assert_eq!((error.kind(), error.message()), (kind, message), "{error}");
}

#[track_caller]
fn ended<T: std::fmt::Debug>(result: Result<T>) {
    says(&result.unwrap_err(), Kind::StopIteration, "");
}

#[wasm_bindgen_test(unsupported = test)]
fn the_body_starts_at_the_first_pull_and_freezes_at_each_yield() {
    let log = Log::default();
    let noted = log.clone();
    let mut numbers = of(async move |co| {
        noted.borrow_mut().push("begun");
        co.yield_(1).await?;
        noted.borrow_mut().push("went on");
        co.yield_(2).await.map(drop)
    });
    assert!(log.borrow().is_empty());
    assert_eq!(numbers.next().unwrap().unwrap(), 1);
    assert_eq!(*log.borrow(), ["begun"]);
    assert_eq!(numbers.next().unwrap().unwrap(), 2);
    assert_eq!(*log.borrow(), ["begun", "went on"]);
    assert!(numbers.next().is_none());
    assert!(numbers.next().is_none());
}

#[wasm_bindgen_test(unsupported = test)]
fn sends_arrive_and_the_return_value_is_kept_once() {
    let numbers = simple(&Log::default());
    let error = numbers.send(5).unwrap_err();
    says(&error, Kind::TypeError, "can't send non-None value to a just-started generator");
    assert_eq!(numbers.send(None).unwrap(), 1);
    assert_eq!(numbers.send(7).unwrap(), 2);
    assert_eq!(numbers.take_return(), None);
    ended(numbers.send(None));
    assert_eq!(numbers.take_return(), Some("over"));
    assert_eq!(numbers.take_return(), None);
    ended(numbers.send(1));
}

#[wasm_bindgen_test(unsupported = test)]
fn throws_come_back_or_are_caught() {
    let log = Log::default();
    let thrown = Error::value("x");
    let unstarted = simple(&log);
    assert!(unstarted.throw(thrown.clone()).unwrap_err().is_same(&thrown));
    assert!(log.borrow().is_empty());
    let started = simple(&log);
    started.send(None).unwrap();
    assert!(started.throw(thrown.clone()).unwrap_err().is_same(&thrown));
    assert_eq!(*log.borrow(), ["finally"]);
    // Unlike an async generator, a generator that has ended gives the error back.
    assert!(started.throw(thrown.clone()).unwrap_err().is_same(&thrown));
    let catching = of(async |co| {
        let error = co.yield_(1).await.unwrap_err();
        assert!(error.is(Kind::ValueError));
        co.yield_(2).await.map(drop)
    });
    catching.send(None).unwrap();
    assert_eq!(catching.throw(thrown.clone()).unwrap(), 2);
    let replacing = of(async |co| co.yield_(1).await.map(drop).map_err(|_| Error::key("instead")));
    replacing.send(None).unwrap();
    let error = replacing.throw(thrown.clone()).unwrap_err();
    says(&error, Kind::KeyError, "instead");
    assert!(error.context().unwrap().is_same(&thrown));
}

#[wasm_bindgen_test(unsupported = test)]
fn ends_raised_by_the_body_are_mistakes() {
    let numbers = of(async |_| Err(Error::stop_iteration()));
    let error = numbers.send(None).unwrap_err();
    says(&error, Kind::RuntimeError, "generator raised StopIteration");
    assert!(error.cause().unwrap().is(Kind::StopIteration));
    // The other kind of end means nothing to a generator, and passes.
    let numbers = of(async |_| Err(Error::stop_async_iteration()));
    assert!(numbers.send(None).unwrap_err().is(Kind::StopAsyncIteration));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_asks_itself_is_refused() {
    let itself: Rc<RefCell<Option<Rc<Gen<i32>>>>> = Rc::default();
    let inner = itself.clone();
    let numbers = Rc::new(of(async move |co| {
        let own = inner.borrow().clone().unwrap();
        says(&own.throw(Error::value("x")).unwrap_err(), Kind::ValueError, "generator already executing");
        says(&own.close().unwrap_err(), Kind::ValueError, "generator already executing");
        co.yield_(own.send(None)?).await.map(drop)
    }));
    *itself.borrow_mut() = Some(numbers.clone());
    says(&numbers.send(None).unwrap_err(), Kind::ValueError, "generator already executing");
    itself.borrow_mut().take();
}

#[wasm_bindgen_test(unsupported = test)]
fn a_generator_that_waits_for_something_else_is_told_what_to_do() {
    let waits = || of(async |_| sleep(Duration::from_secs(1)).await);
    let message = "a generator can only wait at its own yields: use an AsyncGen to await anything else";
    let asked = VirtualLoop::new().run(async move {
        let numbers = waits();
        let error = numbers.send(None).unwrap_err();
        ended(numbers.send(None));
        Ok(error)
    });
    says(&asked.unwrap(), Kind::RuntimeError, message);
    let outside = waits().send(None).unwrap_err();
    assert!(outside.message().starts_with("no running event loop"));
}

#[wasm_bindgen_test(unsupported = test)]
fn comprehensions_pull_one_value_at_a_time() {
    let pulled: Rc<RefCell<Vec<i32>>> = Rc::default();
    let noted = pulled.clone();
    let source = of(async move |co| {
        for number in 0.. {
            noted.borrow_mut().push(number);
            co.yield_(number).await?;
        }
        Ok(())
    });
    let mut doubled = source.filter(|number| number % 2 == 1).map(|number| number * 2).enumerate().take(2);
    assert!(pulled.borrow().is_empty());
    assert_eq!(doubled.next().unwrap().unwrap(), (0, 2));
    assert_eq!(*pulled.borrow(), [0, 1]);
    assert_eq!(doubled.collect::<Vec<_>>().unwrap(), [(1, 6)]);
    assert_eq!(*pulled.borrow(), [0, 1, 2, 3]);
}

#[wasm_bindgen_test(unsupported = test)]
fn adapters_join_split_and_stop() {
    let count = |limit| {
        of(async move |co| {
            for number in 0..limit {
                co.yield_(number).await?;
            }
            Ok(())
        })
    };
    assert_eq!(count(3).zip(count(2)).collect::<Vec<_>>().unwrap(), [(0, 0), (1, 1)]);
    assert_eq!(count(2).chain(count(1)).collect::<Vec<_>>().unwrap(), [0, 1, 0]);
    assert_eq!(count(9).take_while(|number| *number < 2).collect::<Vec<_>>().unwrap(), [0, 1]);
    assert_eq!(count(5).batch(2).collect::<Vec<_>>().unwrap(), [vec![0, 1], vec![2, 3], vec![4]]);
    let failing = of(async |co| {
        co.yield_(1).await?;
        Err(Error::value("broken"))
    });
    assert!(failing.map(|number| number + 1).collect::<Vec<_>>().unwrap_err().is(Kind::ValueError));
}

#[wasm_bindgen_test(unsupported = test)]
fn the_end_after_an_error_that_was_caught_has_nothing_to_do_with_it() {
    let calm = of(async |co| {
        let _ = co.yield_(1).await;
        Ok(())
    });
    calm.send(None).unwrap();
    let end = calm.throw(Error::value("caught")).unwrap_err();
    assert!(end.is(Kind::StopIteration) && end.context().is_none() && end.cause().is_none());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_body_that_iterates_over_its_own_generator_is_told_so() {
    let own: Rc<RefCell<Option<Rc<Gen<i32>>>>> = Rc::default();
    let inside = own.clone();
    let generator = Rc::new(of(async move |co| {
        let own = inside.borrow().clone().unwrap();
        let error = own.by_ref().next().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: generator already executing");
        co.yield_(1).await.map(drop)
    }));
    *own.borrow_mut() = Some(generator.clone());
    assert_eq!(generator.by_ref().next().unwrap().unwrap(), 1);
    own.take();
}

#[cfg(not(target_arch = "wasm32"))] // A panic ends the module there.
#[test]
#[should_panic(expected = "a yield was polled after it had given its result")]
fn a_yield_gives_its_result_once() {
    let numbers = of(async |co| {
        let mut once = co.yield_(1);
        (&mut once).await?;
        once.await.map(drop)
    });
    numbers.send(None).unwrap();
    let _ = numbers.send(None);
}
