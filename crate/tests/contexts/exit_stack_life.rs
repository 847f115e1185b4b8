//! Stacks of context managers that are handed on, closed, added to while they are left, and deep.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use loopscope::{
    AsyncExitStack, Context, Duration, Error, Exit, ExitStack, Kind, Result, VirtualLoop, async_with, now,
    nullcontext, sleep, spawn, with,
};
use wasm_bindgen_test::wasm_bindgen_test;

/// How many exits must not be one inside of the other: far more than wasm's stack has room for.
const MANY: usize = 10_000;

type Log = Rc<RefCell<Vec<u32>>>;

/// A callback that notes a number.
fn noting(log: &Log, number: u32) -> impl FnOnce() -> Result<()> + 'static {
    let log = log.clone();
    move || {
        log.borrow_mut().push(number);
        Ok(())
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn row_39_pop_all_moves_what_is_to_be_left() {
    let log = Log::default();
    let kept = with(ExitStack::new(), |stack| {
        stack.callback(noting(&log, 3));
        let kept = stack.pop_all();
        stack.callback(noting(&log, 1));
        Ok(kept)
    });
    noting(&log, 2)().unwrap();
    kept.unwrap().unwrap().close().unwrap();
    assert_eq!(*log.borrow(), [1, 2, 3]);

    let own = log.clone();
    VirtualLoop::new()
        .run(async move {
            let kept = async_with(AsyncExitStack::new(), async |stack| {
                let note = noting(&own, 6);
                stack.push_async_callback(async move || {
                    sleep(Duration::from_secs(1)).await?;
                    note()
                });
                let kept = stack.pop_all();
                stack.callback(noting(&own, 4));
                Ok(kept)
            });
            let kept = kept.await?.unwrap();
            noting(&own, 5)()?;
            kept.aclose().await
        })
        .unwrap();
    assert_eq!(*log.borrow(), [1, 2, 3, 4, 5, 6]);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_39_closing_is_done_once() {
    let log = Log::default();
    let own = log.clone();
    with(ExitStack::new(), |stack| {
        stack.callback(noting(&log, 1));
        stack.close()?;
        stack.close()?;
        noting(&log, 2)()
    })
    .unwrap();
    VirtualLoop::new()
        .run(async move {
            async_with(AsyncExitStack::new(), async |stack| {
                stack.callback(noting(&own, 3));
                stack.push(|_| Ok(Exit::Suppress));
                stack.aclose().await?;
                stack.aclose().await?;
                noting(&own, 4)()?;
                // What was suppressed then suppresses nothing now.
                let error = async_with(stack.clone(), async |_| Err::<(), _>(Error::value("after"))).await;
                assert!(error.unwrap_err().is(Kind::ValueError));
                Ok(())
            })
            .await
        })
        .unwrap();
    assert_eq!(*log.borrow(), [1, 2, 3, 4]);
    let mut calm = ExitStack::new();
    calm.push(|_| Ok(Exit::Suppress));
    // There was nothing to suppress.
    assert_eq!(calm.exit(None).unwrap(), Exit::Propagate);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_39_thousands_of_exits_are_left_without_recursion() {
    let count = Rc::new(Cell::new(0));
    let tick = || {
        let count = count.clone();
        move || {
            count.set(count.get() + 1);
            Ok(())
        }
    };
    with(ExitStack::new(), |stack| {
        (0..MANY).for_each(|_| stack.callback(tick()));
        Ok(())
    })
    .unwrap();
    assert_eq!(count.replace(0), MANY);
    let ticks: Vec<_> = (0..MANY).map(|_| tick()).collect();
    VirtualLoop::new()
        .run(async move {
            async_with(AsyncExitStack::new(), async |stack| {
                for tick in ticks {
                    stack.push_async_callback(async move || {
                        sleep(Duration::from_nanos(1)).await?;
                        tick()
                    });
                }
                stack.enter_async_context(nullcontext(())).await
            })
            .await?;
            assert_eq!(now().as_nanos(), MANY as u64);
            Ok(())
        })
        .unwrap();
    assert_eq!(count.get(), MANY);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_39_thousands_of_exits_that_raise_make_one_long_chain() {
    let deep = with(ExitStack::new(), |stack| {
        (0..2000).for_each(|number| stack.callback(move || Err(Error::value(number.to_string()))));
        Err::<(), _>(Error::key("body"))
    });
    let deep = deep.unwrap_err();
    let mut length = 0;
    let mut at = Some(deep.clone());
    let mut last = deep.clone();
    while let Some(error) = at {
        length += 1;
        at = error.context();
        last = error;
    }
    assert_eq!((length, last.message()), (2001, "body"));
    assert!(deep.to_string().ends_with("while handling KeyError: body"));
}

#[wasm_bindgen_test(unsupported = test)]
fn an_exit_may_add_to_the_stack_it_is_on() {
    let log = Log::default();
    let inner = log.clone();
    with(ExitStack::new(), |stack| {
        let same = stack.clone();
        stack.callback(noting(&log, 3));
        stack.callback(move || {
            same.callback(noting(&inner, 2));
            noting(&inner, 1)()
        });
        Ok(())
    })
    .unwrap();
    assert_eq!(*log.borrow(), [1, 2, 3]);
}

#[wasm_bindgen_test(unsupported = test)]
fn exits_of_what_was_entered_elsewhere_can_be_pushed() {
    /// Notes that it was left; nobody enters it here.
    struct Left(Log);

    impl Context for Left {
        type Value = ();

        fn enter(&mut self) -> Result<()> {
            unreachable!("it was entered already")
        }

        fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
            self.0.borrow_mut().push(error.map_or(0, |error| error.message().len() as u32));
            Ok(Exit::Propagate)
        }
    }

    let log = Log::default();
    let failed = with(ExitStack::new(), |stack| {
        stack.push_context(Left(log.clone()));
        Err::<(), _>(Error::value("four"))
    });
    assert!(failed.is_err());
    let own = log.clone();
    VirtualLoop::new()
        .run(async move {
            let stack = AsyncExitStack::new();
            stack.push_context(Left(own.clone()));
            stack.push_async_context(Left(own).in_async());
            stack.aclose().await
        })
        .unwrap();
    assert_eq!(*log.borrow(), [4, 0, 0]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_stop_while_a_stack_is_left_is_told_to_the_exits_that_follow() {
    let log = Rc::new(RefCell::new(vec![]));
    let told = log.clone();
    let outcome = VirtualLoop::new().run(async move {
        let task = spawn(async move {
            async_with(AsyncExitStack::new(), async |stack| {
                for _ in 0..3 {
                    let log = log.clone();
                    stack.push_async_exit(async move |error| {
                        log.borrow_mut().push(error.map(Error::kind));
                        sleep(Duration::from_secs(2)).await?;
                        Ok(Exit::Propagate)
                    });
                }
                Ok(())
            })
            .await
        });
        sleep(Duration::from_secs(3)).await?;
        task.cancel();
        let error = task.await.unwrap_err();
        Ok((error.kind(), now().as_secs_f64()))
    });
    assert_eq!(outcome.unwrap(), (Kind::CancelledError, 5.0));
    assert_eq!(*told.borrow(), [None, None, Some(Kind::CancelledError)]);
}
