//! Managers made from generators and by hand: what comes out of their bodies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::told::{chain, told};
use loopscope::{
    AsyncContext, AsyncGen, Co, Context, Duration, Error, Exit, Kind, Result, VirtualLoop, async_context,
    async_with, context, sleep, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// What the body of a manager does after its yield, and what its `with` body raises.
type Case = (&'static str, Option<Error>);

/// The body of a manager that does as it is told: its twin in Python is made by both decorators.
async fn made(how: &'static str, co: Co<()>) -> Result<()> {
    match how {
        "no yield" => return Ok(()),
        "raises" => return Err(Error::type_error("early")),
        _ => {}
    }
    let Err(error) = co.yield_(()).await else {
        return if how == "second yield" { co.yield_(()).await.map(drop) } else { Ok(()) };
    };
    match how {
        "suppress" => Ok(()),
        "yield after" => co.yield_(()).await.map(drop),
        "replace" => Err(Error::type_error("new")),
        "replace from" => Err(Error::type_error("new").raise_from(error)),
        "replace from none" => Err(Error::type_error("new").raise_from_none(&error)),
        "wrap" => Err(Error::runtime("caught").raise_from(error)),
        "stop" => Err(Error::stop_iteration()),
        "async stop" => Err(Error::stop_async_iteration()),
        _ => Err(error),
    }
}

fn run_sync((how, error): Case) -> Result<Option<()>> {
    with(context(async move |co| made(how, co).await), |()| error.map_or(Ok(()), Err))
}

fn run_async((how, error): Case) -> Result<Option<()>> {
    VirtualLoop::new().run(async move {
        let manager = async_context(async move |co| made(how, co).await);
        async_with(manager, async |()| error.map_or(Ok(()), Err)).await
    })
}

/// Checks what comes out of both kinds of managers; "Some" and "None" are the body's value and a suppressed error.
fn check(case: Case, expected_sync: &str, expected_async: &str) {
    for (run, expected) in [(run_sync as fn(Case) -> _, expected_sync), (run_async, expected_async)] {
        let came = match run(case.clone()) {
            Ok(value) => if value.is_some() { "Some" } else { "None" }.to_owned(),
            Err(error) => told(Some(&error)),
        };
        assert_eq!(came, expected, "{case:?}");
    }
}

fn body() -> Error {
    Error::value("body")
}

#[wasm_bindgen_test(unsupported = test)]
fn row_32_a_generator_that_does_not_yield_once_is_told_so() {
    let no_yield = "RuntimeError: generator didn't yield, context Stop";
    check(("no yield", None), &format!("{no_yield}Iteration"), &format!("{no_yield}AsyncIteration"));
    let second = "RuntimeError: generator didn't stop";
    check(("second yield", None), second, second);
    check(
        ("yield after", Some(body())),
        "RuntimeError: generator didn't stop after throw(), context ValueError",
        "RuntimeError: generator didn't stop after athrow(), context ValueError",
    );
    check(("raises", None), "TypeError: early", "TypeError: early");
    let hidden = run_sync(("no yield", None)).unwrap_err();
    assert_eq!(hidden.to_string(), "RuntimeError: generator didn't yield");
}

#[wasm_bindgen_test(unsupported = test)]
fn row_32_the_generator_that_did_not_stop_is_closed() {
    let closed = Rc::new(Cell::new(0));
    for handler in [false, true] {
        let (sync, other) = (closed.clone(), closed.clone());
        let manager = context(async move |co| {
            let _ = co.yield_(()).await;
            let again = co.yield_(()).await;
            sync.set(sync.get() + usize::from(again.as_ref().is_err_and(|e| e.is(Kind::GeneratorExit))));
            again.map(drop)
        });
        let result = move || if handler { Err(body()) } else { Ok(()) };
        let kept = with(manager, |()| result());
        assert!(kept.unwrap_err().is(Kind::RuntimeError));
        let manager = async_context(async move |co| {
            let _ = co.yield_(()).await;
            let again = co.yield_(()).await;
            sleep(Duration::from_secs(1)).await?;
            other.set(other.get() + usize::from(again.as_ref().is_err_and(|e| e.is(Kind::GeneratorExit))));
            again.map(drop)
        });
        let failed = VirtualLoop::new().run(async_with(manager, async move |()| result()));
        assert!(failed.unwrap_err().is(Kind::RuntimeError));
    }
    assert_eq!(closed.get(), 4);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_32_what_closing_it_raises_comes_out_instead() {
    /// Yields twice, and does not let itself be closed.
    async fn stubborn(ignores: bool, co: Co<()>) -> Result<()> {
        let _ = co.yield_(()).await;
        let exit = co.yield_(()).await.unwrap_err();
        if ignores {
            co.yield_(()).await.map(drop)
        } else {
            Err(Error::type_error("clean-up").while_handling(&exit))
        }
    }
    let check = |ignores, error: Option<Error>, expected_sync: &str, expected_async: &str| {
        let raised = error.clone();
        let sync = context(async move |co| stubborn(ignores, co).await);
        let sync = with(sync, |()| raised.map_or(Ok(()), Err)).unwrap_err();
        let other = async_context(async move |co| stubborn(ignores, co).await);
        let other = async_with(other, async move |()| error.map_or(Ok(()), Err));
        assert_eq!(chain(&sync), expected_sync);
        assert_eq!(chain(&VirtualLoop::new().run(other).unwrap_err()), expected_async);
    };
    let (clean_up, stop) = ("TypeError: clean-up < GeneratorExit", "RuntimeError: generator didn't stop");
    let ignored = |what: &str| format!("RuntimeError: {what} ignored GeneratorExit < {stop}");
    check(false, None, &format!("{clean_up} < {stop}"), clean_up);
    check(true, None, &ignored("generator"), &ignored("async generator"));
    let body_too = format!("{clean_up} < ValueError: body");
    check(false, Some(body()), &body_too, &body_too);
    check(
        true,
        Some(body()),
        &format!("{} after throw() < ValueError: body", ignored("generator")),
        &format!("{} after athrow() < ValueError: body", ignored("async generator")),
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn row_33_the_body_s_error_is_suppressed_replaced_or_the_same() {
    let both = |case: Case, expected: &str| check(case, expected, expected);
    both(("", None), "Some");
    both(("suppress", None), "Some");
    both(("suppress", Some(body())), "None");
    both(("replace", Some(body())), "TypeError: new, context ValueError");
    both(("replace from", Some(body())), "TypeError: new, cause ValueError, context ValueError");
    both(("replace from none", Some(body())), "TypeError: new, context ValueError");
    for run in [run_sync, run_async] {
        let error = body();
        let same = run(("", Some(error.clone()))).unwrap_err();
        assert!(same.is_same(&error) && same.context().is_none());
        let new = run(("replace", Some(error.clone()))).unwrap_err();
        assert!(new.context().unwrap().is_same(&error));
    }
}

/// A manager written by hand that leaves as it is told, and takes note of what it was told.
struct Leaving(Option<Result<Exit>>, Rc<RefCell<Vec<String>>>);

impl Context for Leaving {
    type Value = ();

    fn enter(&mut self) -> Result<()> {
        Ok(())
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.1.borrow_mut().push(told(error));
        self.0.take().unwrap()
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_33_a_manager_written_by_hand_suppresses_replaces_or_lets_through() {
    let log = Rc::new(RefCell::new(vec![]));
    let run = |exit, raised: Option<&Error>| {
        let manager = Leaving(Some(exit), log.clone());
        let result = raised.map_or(Ok(1), |error| Err(error.clone()));
        let other = result.clone();
        let sync = with(manager, |()| result);
        let manager = Leaving(Some(sync.clone().err().map_or(Ok(Exit::Suppress), Err)), log.clone());
        let again = VirtualLoop::new().run(async_with(manager.in_async(), async |()| other));
        (sync, again)
    };
    let error = body();
    let (suppressed, again) = run(Ok(Exit::Suppress), Some(&error));
    assert!(suppressed.unwrap().is_none() && again.unwrap().is_none());
    let (value, again) = run(Ok(Exit::Suppress), None);
    assert_eq!((value.unwrap(), again.unwrap()), (Some(1), Some(1)));
    let (same, again) = run(Ok(Exit::Propagate), Some(&error));
    assert!(same.unwrap_err().is_same(&error) && again.unwrap_err().is_same(&error));
    let (same, again) = run(Err(error.clone()), Some(&error));
    assert!(same.unwrap_err().is_same(&error) && again.unwrap_err().is_same(&error));
    let (new, again) = run(Err(Error::type_error("new").while_handling(&Error::key("k"))), Some(&error));
    assert!(again.unwrap_err().is_same(new.as_ref().unwrap_err()));
    // What was handled while the new error was raised had been raised while the body's was handled.
    assert_eq!(
        new.unwrap_err().to_string(),
        "TypeError: new, while handling KeyError: k, while handling ValueError: body"
    );
    let (alone, _) = run(Err(Error::type_error("alone")), None);
    assert_eq!(told(alone.err().as_ref()), "TypeError: alone");
    assert_eq!(log.borrow()[..4], ["ValueError: body", "ValueError: body", "None", "None"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_33_an_exit_that_lets_an_error_through_does_not_raise_it() {
    let mut manager = context(async |co| made("", co).await);
    manager.enter().unwrap();
    assert_eq!(manager.exit(Some(&body())).unwrap(), Exit::Propagate);
    let exit = VirtualLoop::new().run(async {
        let mut manager = async_context(async |co| made("", co).await);
        manager.enter().await?;
        manager.exit(Some(&body())).await
    });
    assert_eq!(exit.unwrap(), Exit::Propagate);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_34_an_end_of_iteration_raised_in_the_body_comes_out_itself() {
    for error in [Error::stop_iteration(), Error::stop_async_iteration()] {
        for how in ["", "wrap"] {
            let out = run_async((how, Some(error.clone()))).unwrap_err();
            assert!(out.is_same(&error) && out.cause().is_none(), "{how}: {out}");
        }
        let out = run_sync(("", Some(error.clone()))).unwrap_err();
        assert!(out.is_same(&error), "{out}");
    }
    let out = run_sync(("wrap", Some(Error::stop_iteration()))).unwrap_err();
    assert!(out.is(Kind::StopIteration));
    let caught = "RuntimeError: caught, cause StopAsyncIteration, context StopAsyncIteration";
    assert_eq!(told(run_sync(("wrap", Some(Error::stop_async_iteration()))).err().as_ref()), caught);
    // Any other error is not taken out of what it was wrapped in.
    let caught = "RuntimeError: caught, cause ValueError, context ValueError";
    check(("wrap", Some(body())), caught, caught);
    // An end that the manager raises itself is a mistake in it.
    let own =
        |what: &str, stop: &str| format!("RuntimeError: {what} raised {stop}, cause {stop}, context {stop}");
    check(
        ("stop", Some(body())),
        &own("generator", "StopIteration"),
        &own("async generator", "StopIteration"),
    );
    let raised = run_async(("async stop", Some(body()))).unwrap_err();
    assert_eq!(told(Some(&raised)), own("async generator", "StopAsyncIteration"));
    assert!(raised.context().unwrap().context().unwrap().is(Kind::ValueError));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_35_requests_to_stop_and_runtime_errors_come_out_themselves() {
    for error in [Error::generator_exit(), Error::cancelled(), Error::runtime("x")] {
        for run in [run_sync, run_async] {
            assert!(run(("", Some(error.clone()))).unwrap_err().is_same(&error));
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_35_a_generator_that_stands_inside_of_a_manager_can_be_closed() {
    let closed = VirtualLoop::new().run(async {
        let generator = AsyncGen::new(async |co| {
            let manager = async_context(async |co| co.yield_(()).await.map(drop));
            async_with(manager, async |()| co.yield_(11).await).await.map(drop)
        });
        assert_eq!(generator.anext().await?, 11);
        generator.aclose().await?;
        Ok(generator.is_closed())
    });
    assert!(closed.unwrap());
}
