//! Async generators, row by row as CPython has them.
#![allow(clippy::unwrap_used)] // A test that unwraps an error fails with it, which is what it is for.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::future::{join, poll_immediate};
use futures::{FutureExt, Stream, StreamExt};
use loopscope::{AsyncGen, Co, Duration, Error, Kind, Result, VirtualLoop, sleep, spawn};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What the bodies below leave behind.
type Log = Rc<RefCell<Vec<&'static str>>>;

fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> T {
    VirtualLoop::new().run(program).unwrap()
}

fn moment() -> Duration {
    Duration::from_millis(10)
}

/// Yields 1 and 2 and takes note of its clean-up.
fn simple(log: &Log) -> AsyncGen<i32, i32> {
    let log = log.clone();
    AsyncGen::receiving(async move |co| {
        let body = async {
            co.yield_(1).await?;
            co.yield_(2).await?;
            Ok(())
        };
        let ended = body.await;
        log.borrow_mut().push("finally");
        ended
    })
}

/// Waits, yields 1, and waits in its clean-up.
fn slow(log: &Log) -> AsyncGen<i32> {
    let log = log.clone();
    AsyncGen::new(async move |co| {
        let body = async {
            sleep(moment()).await?;
            co.yield_(1).await?;
            Ok(())
        };
        let ended = body.await;
        let cleaned = sleep(moment()).await;
        if let Err(error) = cleaned {
            return Err(match ended {
                Err(handled) => error.while_handling(&handled),
                Ok(()) => error,
            });
        }
        log.borrow_mut().push("slow finally");
        ended
    })
}

fn of(body: impl AsyncFnOnce(Co<i32>) -> Result<()> + 'static) -> AsyncGen<i32> {
    AsyncGen::new(move |co| async move { body(co).await })
}

#[track_caller]
fn says(error: &Error, kind: Kind, message: &str) {
    assert_eq!((error.kind(), error.message()), (kind, message), "{error}");
}

#[track_caller]
fn ended<T: std::fmt::Debug>(result: Result<T>) {
    says(&result.unwrap_err(), Kind::StopAsyncIteration, "");
}

#[wasm_bindgen_test(unsupported = test)]
fn row_01_a_value_sent_before_the_start_is_a_type_error_and_does_no_harm() {
    run(async {
        let numbers = simple(&Log::default());
        let error = numbers.asend(5).await.unwrap_err();
        says(&error, Kind::TypeError, "can't send non-None value to a just-started async generator");
        assert_eq!(numbers.asend(None).await?, 1);
        numbers.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_02_an_error_thrown_before_the_start_comes_back_and_the_body_never_runs() {
    run(async {
        let log = Log::default();
        let numbers = simple(&log);
        let thrown = Error::value("x");
        assert!(numbers.athrow(thrown.clone()).await.unwrap_err().is_same(&thrown));
        ended(numbers.anext().await);
        assert!(log.borrow().is_empty());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_03_closing_before_the_start_runs_nothing() {
    run(async {
        let log = Log::default();
        let numbers = simple(&log);
        numbers.aclose().await?;
        ended(numbers.anext().await);
        assert!(log.borrow().is_empty());
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_04_a_second_call_while_one_runs_is_refused_and_the_first_is_unharmed() {
    run(async {
        let numbers = Rc::new(slow(&Log::default()));
        let first = spawn({
            let numbers = numbers.clone();
            async move { numbers.anext().await }
        });
        sleep(Duration::ZERO).await?;
        let running = |name: &str| format!("{name}: asynchronous generator is already running");
        says(&numbers.anext().await.unwrap_err(), Kind::RuntimeError, &running("anext()"));
        says(&numbers.asend(None).await.unwrap_err(), Kind::RuntimeError, &running("anext()"));
        says(&numbers.aclose().await.unwrap_err(), Kind::RuntimeError, &running("aclose()"));
        let thrown = numbers.athrow(Error::value("x")).await;
        says(&thrown.unwrap_err(), Kind::RuntimeError, &running("athrow()"));
        assert_eq!(first.await?, 1);
        numbers.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_04_nothing_may_be_asked_while_it_closes() {
    run(async {
        let numbers = Rc::new(slow(&Log::default()));
        numbers.anext().await?;
        let closing = spawn({
            let numbers = numbers.clone();
            async move { numbers.aclose().await }
        });
        sleep(Duration::ZERO).await?;
        let running = |name: &str| format!("{name}: asynchronous generator is already running");
        says(&numbers.anext().await.unwrap_err(), Kind::RuntimeError, &running("anext()"));
        says(&numbers.aclose().await.unwrap_err(), Kind::RuntimeError, &running("aclose()"));
        closing.await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_05_a_generator_that_asks_itself_is_refused() {
    run(async {
        let itself: Rc<RefCell<Option<Rc<AsyncGen<i32>>>>> = Rc::default();
        let inner = itself.clone();
        let numbers = Rc::new(of(async move |co| {
            let own = inner.borrow().clone().unwrap();
            co.yield_(own.anext().await?).await?;
            Ok(())
        }));
        *itself.borrow_mut() = Some(numbers.clone());
        let error = numbers.anext().await.unwrap_err();
        says(&error, Kind::RuntimeError, "anext(): asynchronous generator is already running");
        itself.borrow_mut().take();
        ended(numbers.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_06_a_call_cannot_be_awaited_twice() {
    run(async {
        let numbers = simple(&Log::default());
        let mut next = numbers.anext();
        assert_eq!((&mut next).await?, 1);
        let again = (&mut next).await.unwrap_err();
        says(&again, Kind::RuntimeError, "cannot reuse already awaited __anext__()/asend()");
        let mut close = numbers.aclose();
        (&mut close).await?;
        let again = (&mut close).await.unwrap_err();
        says(&again, Kind::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
        let mut throw = numbers.athrow(Error::value("x"));
        assert_eq!((&mut throw).await?, None);
        let again = (&mut throw).await.unwrap_err();
        says(&again, Kind::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_07_closing_twice_and_after_the_end_does_nothing() {
    run(async {
        let log = Log::default();
        let numbers = simple(&log);
        numbers.anext().await?;
        numbers.aclose().await?;
        numbers.aclose().await?;
        assert_eq!(*log.borrow(), ["finally"]);
        let numbers = simple(&log);
        while numbers.anext().await.is_ok() {}
        numbers.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_08_after_the_end_there_is_nothing_more_and_a_throw_gives_nothing() {
    run(async {
        let numbers = simple(&Log::default());
        while numbers.anext().await.is_ok() {}
        ended(numbers.anext().await);
        ended(numbers.asend(1).await);
        assert_eq!(numbers.athrow(Error::value("z")).await?, None);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_09_a_cancel_during_the_close_leaves_the_generator_ended() {
    run(async {
        let log = Log::default();
        let numbers = Rc::new(slow(&log));
        numbers.anext().await?;
        let closing = spawn({
            let numbers = numbers.clone();
            async move { numbers.aclose().await }
        });
        sleep(Duration::ZERO).await?;
        closing.cancel();
        let error = closing.await.unwrap_err();
        says(&error, Kind::CancelledError, "");
        assert!(error.context().unwrap().is(Kind::GeneratorExit));
        assert!(log.borrow().is_empty());
        numbers.aclose().await?;
        ended(numbers.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_10_a_generator_that_yields_instead_of_closing_is_told_off() {
    run(async {
        let numbers = of(async |co| {
            if co.yield_(1).await.is_err() {
                co.yield_(2).await?;
            }
            Ok(())
        });
        numbers.anext().await?;
        let error = numbers.aclose().await.unwrap_err();
        says(&error, Kind::RuntimeError, "async generator ignored GeneratorExit");
        ended(numbers.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_11_a_close_may_be_swallowed_and_waits_for_the_clean_up() {
    run(async {
        let swallowing = of(async |co| {
            let _ = co.yield_(1).await;
            Ok(())
        });
        swallowing.anext().await?;
        swallowing.aclose().await?;
        let log = Log::default();
        let waiting = slow(&log);
        waiting.anext().await?;
        waiting.aclose().await?;
        assert_eq!(*log.borrow(), ["slow finally"]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_12_another_error_during_the_close_comes_out_with_its_context() {
    run(async {
        let numbers = of(async |co| co.yield_(1).await.map(drop).map_err(|_| Error::value("cleanup failed")));
        numbers.anext().await?;
        let error = numbers.aclose().await.unwrap_err();
        says(&error, Kind::ValueError, "cleanup failed");
        assert!(error.context().unwrap().is(Kind::GeneratorExit));
        ended(numbers.anext().await);
        numbers.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_13_a_thrown_error_that_is_caught_gives_the_next_value() {
    run(async {
        let words = AsyncGen::new(async |co: Co<String>| {
            let mut word = "v".to_owned();
            loop {
                word = match co.yield_(word).await {
                    Ok(_) => "v".to_owned(),
                    Err(error) if error.is(Kind::ValueError) => format!("caught {}", error.message()),
                    Err(error) => return Err(error),
                };
            }
        });
        words.anext().await?;
        assert_eq!(words.athrow(Error::value("q")).await?.unwrap(), "caught q");
        assert_eq!(words.anext().await?, "v");
        words.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_14_a_thrown_error_that_is_swallowed_ends_the_generator() {
    run(async {
        let numbers = of(async |co| {
            let _ = co.yield_(1).await;
            Ok(())
        });
        numbers.anext().await?;
        ended(numbers.athrow(Error::value("x")).await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_15_a_thrown_error_that_is_not_caught_comes_back_itself_after_the_clean_up() {
    run(async {
        let log = Log::default();
        for waits in [false, true] {
            let thrown = Error::value("id");
            let error = if waits {
                let numbers = slow(&log);
                numbers.anext().await?;
                numbers.athrow(thrown.clone()).await.unwrap_err()
            } else {
                let numbers = simple(&log);
                numbers.anext().await?;
                numbers.athrow(thrown.clone()).await.unwrap_err()
            };
            assert!(error.is_same(&thrown));
            assert!(error.context().is_none());
        }
        assert_eq!(*log.borrow(), ["finally", "slow finally"]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_15_a_cancel_in_the_handler_of_a_throw_takes_its_place() {
    run(async {
        let numbers = Rc::new(slow(&Log::default()));
        numbers.anext().await?;
        let throwing = spawn({
            let numbers = numbers.clone();
            async move { numbers.athrow(Error::value("x")).await }
        });
        sleep(Duration::ZERO).await?;
        throwing.cancel();
        let error = throwing.await.unwrap_err();
        assert!(error.is(Kind::CancelledError));
        assert!(error.context().unwrap().is(Kind::ValueError));
        ended(numbers.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_16_an_end_raised_by_the_body_is_a_mistake() {
    run(async {
        for (raised, message) in [
            (Error::stop_iteration(), "async generator raised StopIteration"),
            (Error::stop_async_iteration(), "async generator raised StopAsyncIteration"),
        ] {
            let cause = raised.clone();
            let numbers = of(async move |co| {
                co.yield_(1).await?;
                Err(raised)
            });
            numbers.anext().await?;
            let error = numbers.anext().await.unwrap_err();
            says(&error, Kind::RuntimeError, message);
            assert!(error.cause().unwrap().is_same(&cause));
            assert!(error.context().unwrap().is_same(&cause));
            ended(numbers.anext().await);
        }
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_17_requests_to_stop_pass_through() {
    run(async {
        for raised in [Error::generator_exit(), Error::cancelled()] {
            let same = raised.clone();
            let numbers = of(async move |co| {
                co.yield_(1).await?;
                Err(raised)
            });
            numbers.anext().await?;
            assert!(numbers.anext().await.unwrap_err().is_same(&same));
            ended(numbers.anext().await);
        }
        let numbers = simple(&Log::default());
        numbers.anext().await?;
        let exit = Error::generator_exit();
        assert!(numbers.athrow(exit.clone()).await.unwrap_err().is_same(&exit));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_18_errors_and_tuples_are_ordinary_values() {
    run(async {
        let stop = Error::stop_iteration();
        let yielded = stop.clone();
        let errors = AsyncGen::new(async move |co: Co<Error>| {
            let _ = co.yield_(yielded).await;
            co.yield_(Error::stop_async_iteration()).await?;
            Ok(())
        });
        assert!(errors.anext().await?.is_same(&stop));
        let next = errors.athrow(Error::value("x")).await?.unwrap();
        assert!(next.is(Kind::StopAsyncIteration));
        errors.aclose().await?;
        let pairs = AsyncGen::new(async |co: Co<(i32, i32)>| co.yield_((1, 2)).await.map(drop));
        assert_eq!(pairs.anext().await?, (1, 2));
        pairs.aclose().await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_19_a_value_yielded_in_the_clean_up_comes_first_and_the_error_after_it() {
    run(async {
        let numbers = of(async |co| {
            let error = Error::value("after");
            co.yield_(10).await?;
            co.yield_(11).await?;
            Err(error)
        });
        assert_eq!(numbers.anext().await?, 10);
        assert_eq!(numbers.anext().await?, 11);
        says(&numbers.anext().await.unwrap_err(), Kind::ValueError, "after");
        let unwinding = of(async |co| {
            let thrown = co.yield_(1).await;
            co.yield_(99).await?;
            thrown.map(drop)
        });
        unwinding.anext().await?;
        let thrown = Error::key("k");
        assert_eq!(unwinding.athrow(thrown.clone()).await?, Some(99));
        assert!(unwinding.anext().await.unwrap_err().is_same(&thrown));
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_20_a_generator_that_is_left_stays_open_and_is_closed_by_a_task_when_dropped() {
    let log = Log::default();
    let noted = log.clone();
    run(async move {
        let mut numbers = slow(&noted);
        while let Some(number) = numbers.next().await {
            assert_eq!(number?, 1);
            break;
        }
        assert!(!numbers.is_closed());
        drop(numbers);
        assert!(noted.borrow().is_empty());
        sleep(moment() * 2).await?;
        assert_eq!(*noted.borrow(), ["slow finally"]);
        Ok(())
    });
    // Also when the program ends before the task has closed it, as shutdown_asyncgens does.
    let noted = log.clone();
    run(async move {
        let numbers = slow(&noted);
        numbers.anext().await?;
        Ok(())
    });
    assert_eq!(*log.borrow(), ["slow finally", "slow finally"]);
}

#[wasm_bindgen_test(unsupported = test)]
fn row_22_the_next_value_or_a_default() {
    run(async {
        let numbers = simple(&Log::default());
        assert_eq!(numbers.anext_or(7).await?, 1);
        assert_eq!(numbers.anext_or(7).await?, 2);
        assert_eq!(numbers.anext_or(7).await?, 7);
        let failing = of(async |_| Err(Error::value("not the end")));
        says(&failing.anext_or(7).await.unwrap_err(), Kind::ValueError, "not the end");
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_22_comprehensions_are_generators() {
    run(async {
        let count = || {
            of(async |co| {
                for number in 0..5 {
                    sleep(moment()).await?;
                    co.yield_(number).await?;
                }
                Ok(())
            })
        };
        let even = count().filter(|number| number % 2 == 0).map(|number| number * 10);
        assert_eq!(even.collect::<Vec<_>>().await?, [0, 20, 40]);
        let pairs = count().zip(count().map(|number| number * number)).take_while(|(number, _)| *number < 3);
        assert_eq!(pairs.collect::<Vec<_>>().await?, [(0, 0), (1, 1), (2, 4)]);
        assert_eq!(count().batch(2).collect::<Vec<_>>().await?, [vec![0, 1], vec![2, 3], vec![4]]);
        let chained = count().take(1).chain(count().take(2)).enumerate();
        assert_eq!(chained.collect::<Vec<_>>().await?, [(0, 0), (1, 0), (2, 1)]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn row_23_a_cancel_during_the_wait_for_a_value_ends_the_generator_after_its_clean_up() {
    run(async {
        let log = Log::default();
        let numbers = Rc::new(slow(&log));
        let asking = spawn({
            let numbers = numbers.clone();
            async move { numbers.anext().await }
        });
        sleep(Duration::ZERO).await?;
        asking.cancel();
        says(&asking.await.unwrap_err(), Kind::CancelledError, "");
        assert_eq!(*log.borrow(), ["slow finally"]);
        ended(numbers.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn values_sent_arrive_at_the_yield_where_the_body_stands() {
    run(async {
        let seen = Rc::new(Cell::new(None));
        let noted = seen.clone();
        let echo = AsyncGen::receiving(async move |co: Co<i32, &'static str>| {
            noted.set(co.yield_(1).await?);
            assert_eq!(co.yield_(2).await?, None);
            Ok(())
        });
        echo.anext().await?;
        assert_eq!(echo.asend("hello").await?, 2);
        assert_eq!(seen.get(), Some("hello"));
        ended(echo.anext().await);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn two_yields_at_once_are_handed_out_one_after_the_other() {
    run(async {
        let numbers = of(async |co| {
            let (one, two) = join(co.yield_(1), co.yield_(2)).await;
            one.and(two).map(drop)
        });
        assert_eq!(numbers.collect::<Vec<_>>().await?, [1, 2]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_yield_that_is_given_up_is_not_handed_out() {
    run(async {
        let numbers = of(async |co| {
            assert!(poll_immediate(co.yield_(1)).await.is_none());
            co.yield_(2).await?;
            Ok(())
        });
        assert_eq!(numbers.collect::<Vec<_>>().await?, [2]);
        Ok(())
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_driver_that_is_given_up_leaves_the_body_at_its_await() {
    run(async {
        let log = Log::default();
        // Asked again, the body goes on where it stands.
        let numbers = slow(&log);
        assert!(poll_immediate(numbers.anext()).await.is_none());
        assert_eq!(numbers.anext().await?, 1);
        numbers.aclose().await?;
        // An error thrown arrives at that await.
        let numbers = slow(&log);
        assert!(poll_immediate(numbers.anext()).await.is_none());
        let thrown = Error::value("x");
        assert!(numbers.athrow(thrown.clone()).await.unwrap_err().is_same(&thrown));
        // So does a close.
        let numbers = slow(&log);
        assert!(poll_immediate(numbers.anext()).await.is_none());
        numbers.aclose().await?;
        // And a drop, through the task that closes it.
        let numbers = slow(&log);
        assert!(poll_immediate(numbers.anext()).await.is_none());
        drop(numbers);
        sleep(moment() * 3).await?;
        assert_eq!(*log.borrow(), ["slow finally"; 4]);
        // There is no yield that could take a value.
        let waiting: AsyncGen<i32, i32> = AsyncGen::receiving(async |co: Co<i32, i32>| {
            sleep(moment()).await?;
            co.yield_(1).await.map(drop)
        });
        assert!(poll_immediate(waiting.anext()).await.is_none());
        assert!(waiting.asend(1).await.unwrap_err().is(Kind::TypeError));
        assert_eq!(waiting.anext().await?, 1);
        Ok(())
    });
}

/// An async iterator written by hand as a type.
struct Countdown(u32);

impl Stream for Countdown {
    type Item = Result<u32>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<u32>>> {
        let left = self.0;
        self.0 = left.saturating_sub(1);
        std::task::Poll::Ready((left > 0).then_some(Ok(left)))
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_iterator_written_by_hand_and_a_generator_go_together() {
    run(async {
        let mut both = Countdown(2).chain(AsyncGen::new(async |co| co.yield_(10).await.map(drop)));
        let mut seen = vec![];
        while let Some(number) = both.next().await {
            seen.push(number?);
        }
        assert_eq!(seen, [2, 1, 10]);
        Ok(())
    });
}

/// Asks the generator that holds it for a value when it is dropped, and takes note of the answer.
struct Asks {
    generator: Rc<RefCell<Option<Rc<AsyncGen<i32>>>>>,
    answer: Rc<RefCell<Option<Error>>>,
}

impl Drop for Asks {
    fn drop(&mut self) {
        if let Some(generator) = &*self.generator.borrow() {
            *self.answer.borrow_mut() = generator.anext().now_or_never().and_then(Result::err);
        }
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn destructors_in_the_body_may_ask_the_generator_itself() {
    run(async {
        let (itself, answer) = (Rc::new(RefCell::new(None)), Rc::new(RefCell::new(None)));
        let asking = || {
            let asks = Asks { generator: itself.clone(), answer: answer.clone() };
            let numbers = Rc::new(of(async move |co| {
                let _asks = asks;
                co.yield_(1).await.map(drop)
            }));
            *itself.borrow_mut() = Some(numbers.clone());
            numbers
        };
        let numbers = asking();
        numbers.anext().await?;
        ended(numbers.anext().await);
        let running = "anext(): asynchronous generator is already running";
        says(&answer.borrow_mut().take().unwrap(), Kind::RuntimeError, running);
        // A body that never began goes with the frame, and the generator has ended by then.
        asking().aclose().await?;
        says(&answer.borrow_mut().take().unwrap(), Kind::StopAsyncIteration, "");
        itself.borrow_mut().take();
        Ok(())
    });
}
