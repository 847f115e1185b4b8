//! Stacks of context managers, row by row as CPython has them; each case on both kinds of stacks.

use std::cell::RefCell;
use std::rc::Rc;

use crate::told::told;
use loopscope::{
    AsyncContext, AsyncExitStack, Context, Duration, Error, Exit, ExitStack, Result, VirtualLoop, async_with,
    sleep, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// What managers and exits leave behind.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn add(&self, line: impl Into<String>) {
        self.0.borrow_mut().push(line.into());
    }

    fn take(&self) -> String {
        self.0.take().join(" ")
    }
}

fn value(message: &str) -> Error {
    Error::value(message)
}

/// What a manager does on leaving.
#[derive(Clone, Copy)]
enum Mode {
    Plain,
    Suppress,
    Replace,
    FailToEnter,
}
use Mode::{FailToEnter, Plain, Replace, Suppress};

/// A manager that takes note of what it was told; its exit waits when it is an async one.
struct Noted(&'static str, Mode, Log);

impl Context for Noted {
    type Value = &'static str;

    fn enter(&mut self) -> Result<&'static str> {
        if let FailToEnter = self.1 {
            return Err(Error::key(format!("enter {}", self.0)));
        }
        self.2.add(format!("+{}", self.0));
        Ok(self.0)
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.2.add(format!("-{}:{}", self.0, error.map_or("None", |error| error.kind().name())));
        match self.1 {
            Replace => Err(value(&format!("from {}", self.0))),
            Suppress => Ok(Exit::Suppress),
            _ => Ok(Exit::Propagate),
        }
    }
}

impl AsyncContext for Noted {
    type Value = &'static str;

    async fn enter(&mut self) -> Result<&'static str> {
        sleep(Duration::from_millis(1)).await?;
        Context::enter(self)
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        sleep(Duration::from_millis(1)).await?;
        Context::exit(self, error)
    }
}

/// Enters managers on a stack, then raises; gives what came out and what the managers noted.
fn check(managers: &[(&'static str, Mode)], error: Option<Error>, expected: &str, noted: &str) {
    let log = Log::default();
    let named = |result: Result<Option<()>>| match result {
        Ok(value) => if value.is_some() { "Some" } else { "None" }.to_owned(),
        Err(error) => told(Some(&error)),
    };
    let (raised, own) = (error.clone(), log.clone());
    let sync = with(ExitStack::new(), |stack| {
        for &(name, mode) in managers {
            assert_eq!(stack.enter_context(Noted(name, mode, own.clone()))?, name);
        }
        raised.map_or(Ok(()), Err)
    });
    assert_eq!((named(sync).as_str(), log.take().as_str()), (expected, noted));

    let (managers, own) = (managers.to_vec(), log.clone());
    let waited = VirtualLoop::new().run(async move {
        async_with(AsyncExitStack::new(), async |stack| {
            for (index, &(name, mode)) in managers.iter().enumerate() {
                let manager = Noted(name, mode, own.clone());
                // Both kinds of managers on one stack.
                let entered = match index % 2 {
                    0 => stack.enter_async_context(manager).await?,
                    _ => stack.enter_context(manager)?,
                };
                assert_eq!(entered, name);
            }
            error.map_or(Ok(()), Err)
        })
        .await
    });
    assert_eq!((named(waited).as_str(), log.take().as_str()), (expected, noted));
}

#[wasm_bindgen_test(unsupported = test)]
fn row_37_what_was_entered_is_left_in_reverse_also_when_entering_fails_midway() {
    check(&[("a", Plain), ("b", Plain)], None, "Some", "+a +b -b:None -a:None");
    let noted = "+a +b -b:KeyError -a:KeyError";
    check(&[("a", Plain), ("b", Plain), ("c", FailToEnter)], None, "KeyError: enter c", noted);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_38_an_exit_suppresses_replaces_or_raises_by_itself() {
    let error = || Some(Error::key("x"));
    let [a, b, c] = ["a", "b", "c"];
    check(
        &[(a, Plain), (b, Suppress), (c, Plain)],
        error(),
        "None",
        "+a +b +c -c:KeyError -b:KeyError -a:None",
    );
    check(
        &[(a, Plain), (b, Replace), (c, Plain)],
        error(),
        "ValueError: from b, context KeyError",
        "+a +b +c -c:KeyError -b:KeyError -a:ValueError",
    );
    check(
        &[(a, Suppress), (b, Replace), (c, Plain)],
        error(),
        "None",
        "+a +b +c -c:KeyError -b:KeyError -a:ValueError",
    );
    check(
        &[(a, Plain), (b, Replace), (c, Replace)],
        None,
        "ValueError: from b",
        "+a +b +c -c:None -b:ValueError -a:ValueError",
    );
    check(&[(a, Suppress)], None, "Some", "+a -a:None");
}
