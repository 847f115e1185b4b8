//! By what name a manager stands in the trace, and what is told there of its exit.

use std::rc::Rc;

use loopscope::trace::{Kind, Recorder};
use loopscope::{
    AsyncContext, AsyncGen, Co, Context, Error, Exit, ExitStack, Gen, Result, VirtualLoop, aclosing,
    async_context, closing, context, suppress, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// Keeps to itself whatever there is, also when there is nothing.
struct Calm;

impl Context for Calm {
    type Value = ();

    fn enter(&mut self) -> Result<()> {
        Ok(())
    }

    fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        Ok(Exit::Suppress)
    }
}

impl AsyncContext for Calm {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        Ok(())
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        Ok(Exit::Suppress)
    }
}

fn in_sync(manager: &impl Context) -> &str {
    manager.name()
}

fn in_async(manager: &impl AsyncContext) -> &str {
    manager.name()
}

#[wasm_bindgen_test(unsupported = test)]
fn a_manager_has_the_name_of_its_type_or_of_where_it_was_made() {
    fn file() -> impl Context<Value = i32> {
        context(async |co: Co<i32>| co.yield_(1).await.map(drop))
    }
    fn page() -> impl AsyncContext<Value = i32> {
        async_context(async |co: Co<i32>| co.yield_(1).await.map(drop))
    }
    assert_eq!((in_sync(&Calm), in_async(&Calm)), ("Calm", "Calm"));
    assert_eq!((in_sync(&file()), in_async(&page())), ("file", "page"));
    assert_eq!(in_sync(&context(async |co: Co<i32>| co.yield_(1).await.map(drop)).named("it")), "it");
    assert_eq!(in_async(&Context::in_async(file())), "file");
    assert_eq!(in_sync(&closing(Gen::new(async |co: Co<i32>| co.yield_(1).await.map(drop)))), "Gen");
    assert_eq!(
        in_async(&aclosing(AsyncGen::new(async |co: Co<i32>| co.yield_(1).await.map(drop)))),
        "AsyncGen"
    );
}

#[wasm_bindgen_test(unsupported = test)]
fn what_leads_to_a_manager_has_its_name_and_its_exit() {
    let mut calm = Calm;
    assert_eq!(in_sync(&&mut calm), "Calm");
    assert_eq!(with(&mut calm, |()| Err::<(), _>(Error::value("no"))).unwrap(), None);
    let boxed: Box<dyn Context<Value = ()>> = Box::new(Calm);
    assert_eq!(in_sync(&boxed), "Calm");
    assert_eq!(with(boxed, |()| Err::<(), _>(Error::value("no"))).unwrap(), None);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_exit_that_lets_the_error_go_on_raises_nothing() {
    let error = Error::value("no");
    assert_eq!(
        Context::exit(&mut suppress([loopscope::Kind::KeyError]), Some(&error)).unwrap(),
        Exit::Propagate
    );
    let mut stack = ExitStack::new();
    stack.push(|_| Ok(Exit::Propagate));
    assert_eq!(stack.exit(Some(&error)).unwrap(), Exit::Propagate);
    let late = context(async |co: Co<i32>| {
        co.yield_(1).await?;
        Err(Error::key("late"))
    });
    assert_eq!(with(late, |_| Ok(())).unwrap_err().to_string(), "KeyError: late");
}

#[wasm_bindgen_test(unsupported = test)]
fn only_an_error_can_be_suppressed() {
    for (fails, suppressed) in [(false, 0), (true, 1)] {
        let recorder = Rc::new(Recorder::default());
        let program = async move { with(Calm, |()| if fails { Err(Error::value("no")) } else { Ok(()) }) };
        VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
        let events = recorder.take().events;
        let exited: Vec<_> = events.iter().filter(|event| event.kind == Kind::Exited).collect();
        assert_eq!(exited.iter().map(|event| event.value).collect::<Vec<_>>(), [suppressed]);
    }
}
