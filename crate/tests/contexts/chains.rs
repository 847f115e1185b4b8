//! How the errors that exits of a stack raise are chained; each case on both kinds of stacks.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::context::GenContext;
use loopscope::{
    AsyncExitStack, Context, Duration, Error, Exit, ExitStack, Kind, Result, VirtualLoop, async_with,
    context, nullcontext, sleep, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::told::chain;

fn value(message: &str) -> Error {
    Error::value(message)
}

/// What the two stacks have in common.
trait Stack {
    fn exit(&self, exit: impl FnOnce(Option<&Error>) -> Result<Exit> + 'static);
    fn raise(&self, error: Error) {
        self.exit(move |_| Err(error));
    }
    fn suppress(&self) {
        self.exit(|_| Ok(Exit::Suppress));
    }
}

impl Stack for ExitStack {
    fn exit(&self, exit: impl FnOnce(Option<&Error>) -> Result<Exit> + 'static) {
        self.push(exit);
    }
}

/// With exits that wait.
impl Stack for AsyncExitStack {
    fn exit(&self, exit: impl FnOnce(Option<&Error>) -> Result<Exit> + 'static) {
        self.push_async_exit(async move |error| {
            sleep(Duration::from_millis(1)).await?;
            exit(error)
        });
    }
}

/// Runs the same on both stacks, gives what came out of them: the error, or whether there is a value.
macro_rules! on_both {
    (|$stack:ident| $setup:expr, $error:expr) => {{
        let error: Option<Error> = $error;
        let result = error.clone();
        let sync = with(ExitStack::new(), |$stack| {
            $setup;
            result.map_or(Ok(()), Err)
        });
        let setup = move |$stack: &AsyncExitStack| $setup;
        let waited = VirtualLoop::new().run(async_with(AsyncExitStack::new(), async move |stack| {
            setup(&stack);
            error.map_or(Ok(()), Err)
        }));
        [sync, waited]
    }};
}

/// Tells the messages of an error and all its contexts.
fn messages(error: &Error) -> String {
    chain(error).replace("ValueError: ", "")
}

#[wasm_bindgen_test(unsupported = test)]
fn row_38_contexts_are_chained_as_nested_withs_chain_them() {
    let saw = Rc::new(RefCell::new(vec![]));
    let note = saw.clone();
    let out = on_both!(
        |stack| {
            let saw = note.clone();
            for name in ["i", "k", "a"] {
                stack.raise(value(name));
            }
            stack.exit(move |error| {
                saw.borrow_mut().push(messages(error.unwrap()));
                Ok(Exit::Suppress)
            });
            stack.raise(value("v"));
        },
        Some(value("body"))
    );
    for out in out {
        // What came before the suppression is not in the chain.
        assert_eq!(messages(&out.unwrap_err()), "i < k < a");
    }
    assert_eq!(*saw.borrow(), ["v < body", "v < body"]);

    let nested = |inner, outer| value(outer).while_handling(&value(inner));
    for out in on_both!(
        |stack| {
            stack.raise(nested("4", "5"));
            stack.raise(nested("2", "3"));
        },
        Some(value("1"))
    ) {
        assert_eq!(messages(&out.unwrap_err()), "5 < 4 < 3 < 2 < 1");
    }
    // With no error in the body, CPython finds nothing to put right.
    for out in on_both!(|stack| ["a", "b"].into_iter().for_each(|name| stack.raise(value(name))), None) {
        assert_eq!(messages(&out.unwrap_err()), "a");
    }
    // The body's own error, raised again by an exit, is not put behind what another exit raised.
    let body = value("body");
    let again = body.clone();
    for out in on_both!(
        |stack| {
            stack.raise(again.clone());
            stack.raise(value("b"));
        },
        Some(body.clone())
    ) {
        assert!(out.unwrap_err().is_same(&body) && body.context().is_none());
    }
    let out = with(nullcontext(()), |()| {
        with(ExitStack::new(), |stack| {
            stack.raise(value("after"));
            stack.suppress();
            Err::<(), _>(value("body"))
        })
    });
    assert_eq!(messages(&out.unwrap_err()), "after");
}

#[wasm_bindgen_test(unsupported = test)]
fn row_38_managers_that_set_the_context_themselves_are_not_put_right_again() {
    let out = with(ExitStack::new(), |stack| {
        for name in ["4", "3", "2"] {
            stack.enter_context(context(async move |co| {
                co.yield_(()).await.map(drop).map_err(|error| value(name).while_handling(&error))
            }))?;
        }
        Err::<(), _>(value("1"))
    });
    assert_eq!(messages(&out.unwrap_err()), "4 < 3 < 2 < 1");
    let body = Error::runtime("please no infinite loop");
    let out = with(ExitStack::new(), |stack| {
        stack.enter_context(context(async |co| {
            let error = co.yield_(()).await.unwrap_err();
            Err::<(), _>(Error::key("new").raise_from(error))
        }))?;
        stack.enter_context(context(async |co| co.yield_(()).await.map(drop)))?;
        Err::<(), _>(body.clone())
    });
    let out = out.unwrap_err();
    assert!(out.is(Kind::KeyError) && out.cause().unwrap().is_same(&body));
    assert!(out.context().unwrap().is_same(&body) && body.context().is_none());
}

#[wasm_bindgen_test(unsupported = test)]
fn row_38_an_error_that_has_no_context_for_good_gets_none() {
    fn plain() -> GenContext<()> {
        context(async |co| match co.yield_(()).await {
            Ok(_) => Ok(()),
            Err(_) => Err(value("mine").without_context()),
        })
    }
    fn stacked() -> GenContext<()> {
        context(async |co| {
            let inside = async_with(ExitStack::new().in_async(), async |stack| {
                stack.enter_context(plain())?;
                co.yield_(()).await
            });
            inside.await.map(drop)
        })
    }
    for manager in [plain(), stacked()] {
        let out = with(manager, |()| Err::<(), _>(Error::key("x")));
        assert_eq!(messages(&out.unwrap_err()), "mine");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_cycle_of_cause_and_context_is_told_once() {
    let bad = Error::value("bad");
    let wrapped = Error::runtime("wrapped").raise_from(bad.clone());
    let again = bad.while_handling(&wrapped);
    assert!(again.context().unwrap().cause().unwrap().is_same(&again));
    assert_eq!(again.to_string(), "ValueError: bad, while handling RuntimeError: wrapped");
    assert_eq!(wrapped.to_string(), "RuntimeError: wrapped, caused by ValueError: bad");

    let (one, two) = (Error::value("one"), Error::value("two"));
    let (one, two) = (one.clone().raise_from(two.clone()), two.raise_from(one));
    assert_eq!(one.to_string(), "ValueError: one, caused by ValueError: two");
    assert_eq!(two.to_string(), "ValueError: two, caused by ValueError: one");
}

#[wasm_bindgen_test(unsupported = test)]
fn thousands_of_groups_in_groups_are_taken_apart() {
    let mut error = Error::value("inmost");
    for _ in 0..200_000 {
        error = Error::group("nested", vec![error]);
    }
    drop(error);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_unwrap_tells_is_the_chain() {
    let error = Error::value("no").raise_from(Error::key("k"));
    assert_eq!(format!("{error:?}"), "ValueError: no, caused by KeyError: k");
}
