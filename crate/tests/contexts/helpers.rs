//! The ready-made context managers, and what the trace tells of any.

use std::rc::Rc;

use crate::told::told;
use loopscope::context::Closing;
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{
    Context, Duration, Error, Exit, Gen, Kind, Result, VirtualLoop, async_context, async_with, closing,
    context, nullcontext, reusable, sleep, suppress, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

fn raise<T>(error: &Error) -> Result<T> {
    Err(error.clone())
}

#[wasm_bindgen_test(unsupported = test)]
fn suppress_takes_its_kinds_and_nothing_else() {
    let error = Error::key("k");
    assert_eq!(with(suppress([Kind::ValueError, Kind::KeyError]), |()| raise::<()>(&error)).unwrap(), None);
    for kinds in [vec![], vec![Kind::ValueError]] {
        assert!(with(suppress(kinds), |()| raise::<()>(&error)).unwrap_err().is_same(&error));
    }
    assert_eq!(with(suppress([Kind::KeyError]), |()| Ok(1)).unwrap(), Some(1));
    let nested = with(suppress([Kind::KeyError]), |()| {
        with(suppress([Kind::KeyError]), |()| raise::<()>(&error))?;
        raise::<()>(&Error::key("outer"))
    });
    assert_eq!(nested.unwrap(), None);
}

#[wasm_bindgen_test(unsupported = test)]
fn suppress_takes_its_kinds_out_of_a_group() {
    let group = |errors: &[Error]| Error::group("many", errors.to_vec());
    let (value, key) = (Error::value("v"), Error::key("k"));
    let run = |kinds: &[Kind], error: &Error| with(suppress(kinds.to_vec()), |()| raise::<()>(error));

    assert_eq!(run(&[Kind::ValueError], &group(&[value.clone(), value.clone()])).unwrap(), None);
    let many = group(&[value.clone(), group(&[value.clone(), key.clone()]), key.clone()]);
    assert_eq!(run(&[Kind::ValueError, Kind::KeyError], &many).unwrap(), None);
    let rest = run(&[Kind::ValueError], &many).unwrap_err();
    assert!(rest.errors()[0].errors()[0].is_same(&key) && rest.errors()[1].is_same(&key));
    assert_eq!(rest.message(), "many");
    assert!(rest.context().unwrap().is_same(&many));
    // As in Python, a group of which nothing was taken is a new one all the same.
    let untaken = run(&[Kind::TypeError], &many).unwrap_err();
    assert!(!untaken.is_same(&many) && untaken.errors().len() == 3);
    let caused = many.clone().raise_from(Error::timeout());
    let rest = run(&[Kind::ValueError], &caused).unwrap_err();
    assert_eq!(told(Some(&rest)), "ExceptionGroup: many, cause TimeoutError, context ExceptionGroup");
    let caused = caused.while_handling(&Error::type_error("t"));
    let rest = run(&[Kind::ValueError], &caused).unwrap_err();
    assert_eq!(told(Some(&rest)), "ExceptionGroup: many, cause TimeoutError, context ExceptionGroup");
    // Without what made it one, it is no longer a base group.
    let base = group(&[Error::generator_exit(), key.clone()]);
    assert_eq!(base.kind(), Kind::BaseExceptionGroup);
    assert_eq!(run(&[Kind::GeneratorExit], &base).unwrap_err().kind(), Kind::ExceptionGroup);
    assert_eq!(run(&[Kind::KeyError], &base).unwrap_err().kind(), Kind::BaseExceptionGroup);
}

#[wasm_bindgen_test(unsupported = test)]
fn closing_closes_after_a_body_that_failed_too() {
    let letters = Rc::new(Gen::new(async |co| co.yield_('a').await.map(drop)));
    let failed = with(Closing::from(letters.clone()), |given| {
        assert!(Rc::ptr_eq(&given, &letters));
        given.send(None)?;
        Err::<(), _>(Error::value("no"))
    });
    assert_eq!(told(failed.err().as_ref()), "ValueError: no");
    assert!(letters.is_closed());

    let stubborn = Gen::new(async |co| {
        let _ = co.yield_(1).await;
        Err::<(), _>(Error::type_error("cannot close"))
    });
    let failed = with(closing(stubborn), |stubborn| {
        stubborn.send(None)?;
        Err::<(), _>(Error::value("no"))
    });
    let chain = "TypeError: cannot close, while handling GeneratorExit, while handling ValueError: no";
    assert_eq!(failed.unwrap_err().to_string(), chain);
}

#[wasm_bindgen_test(unsupported = test)]
fn managers_stand_behind_references_and_boxes() {
    let mut count = 0;
    let mut calm = suppress([Kind::ValueError]);
    let mut often = reusable(|| context(async |co| co.yield_(2).await.map(drop)));
    for _ in 0..3 {
        with(&mut calm, |()| raise::<()>(&Error::value(""))).unwrap();
        count += with(&mut often, Ok).unwrap().unwrap();
    }
    let maybe: [Box<dyn Context<Value = i32>>; 2] = [Box::new(often), Box::new(nullcontext(3))];
    for manager in maybe {
        count += with(manager, Ok).unwrap().unwrap();
    }
    assert_eq!(count, 11);
    let left = reusable(|| nullcontext(1)).exit(None);
    let left: Result<Exit> = left;
    assert!(left.unwrap_err().message().contains("more often than entered"));
}

#[wasm_bindgen_test(unsupported = test)]
fn all_of_them_serve_bodies_that_wait() {
    let waited = VirtualLoop::new().run(async {
        let pause = || sleep(Duration::from_secs(1));
        let lost = async_with(suppress([Kind::KeyError]), async |()| {
            pause().await?;
            Err::<(), _>(Error::key("k"))
        });
        assert_eq!(lost.await?, None);
        let borrowed = String::from("borrowed");
        let value = async_with(nullcontext(1), async |one| {
            pause().await?;
            Ok(one + borrowed.len())
        });
        assert_eq!(value.await?, Some(9));
        let once = context(async |co| co.yield_(5).await.map(drop));
        async_with(once.in_async(), async |five| pause().await.map(|()| five)).await
    });
    assert_eq!(waited.unwrap(), Some(5));
}

/// Runs a program and gives what the trace tells of managers: kind, manager, suppressed, error.
fn brackets(program: impl Future<Output = Result<()>> + 'static) -> Vec<String> {
    let recorder = Rc::new(Recorder::default());
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let batch = recorder.take();
    let told = batch.events.iter().filter_map(|event| {
        let resource = batch.resources.iter().find(|resource| resource.id == event.subject)?;
        let place = event.place.filter(|place| place.file().ends_with("contexts/helpers.rs"));
        (resource.kind == "context").then(|| {
            assert!(place.is_some_and(|place| place.line() > 140), "{place:?}");
            let text = recorder.text(event.text);
            let text = if text.is_empty() { String::new() } else { format!(" {text}") };
            let suppressed = if event.value == 1 { " suppressed" } else { "" };
            format!("{} {}{suppressed}{text}", event.kind.name(), resource.name)
        })
    });
    assert!(batch.events.iter().any(|event| event.kind == Event::Done));
    told.collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn the_trace_has_a_bracket_for_each_use() {
    let told = brackets(async {
        fn connection() -> loopscope::context::AsyncGenContext<()> {
            async_context(async |co| co.yield_(()).await.map(drop))
        }
        let failed = async_with(connection(), async |()| {
            with(suppress([Kind::KeyError]), |()| Err::<(), _>(Error::key("k")))?;
            Err::<(), _>(Error::value("no"))
        });
        assert!(failed.await.is_err());
        let early =
            async_context(async |_: loopscope::Co<()>| Err(Error::type_error("early"))).named("a door");
        assert!(async_with(early, async |()| Ok(())).await.is_err());
        with(loopscope::ExitStack::new(), |stack| stack.enter_context(nullcontext(1)))?;
        Ok(())
    });
    let expected = [
        "enter-start connection",
        "entered connection",
        "enter-start Suppress",
        "entered Suppress",
        "exit-start Suppress KeyError: k",
        "exited Suppress suppressed",
        "exit-start connection ValueError: no",
        "exited connection ValueError: no",
        "enter-start a door",
        "exited a door TypeError: early",
        "enter-start ExitStack",
        "entered ExitStack",
        "enter-start NullContext",
        "entered NullContext",
        "exit-start ExitStack",
        "exit-start NullContext",
        "exited NullContext",
        "exited ExitStack",
    ];
    assert_eq!(told, expected);
}
