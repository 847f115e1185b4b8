//! Errors thrown into a body, and errors that come out of it.

use std::rc::Rc;

use futures::FutureExt;
use loopscope::{AsyncGen, Co, Duration, Error, Kind, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, moment, of, run, says, simple, slow};

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

/// Waits for something that knows nothing of the loop.
fn adrift() -> AsyncGen<i32> {
    of(async |co| {
        futures::future::pending::<()>().await;
        co.yield_(1).await.map(drop)
    })
}

#[wasm_bindgen_test(unsupported = test)]
fn a_throw_that_is_given_up_before_it_is_raised_is_not_raised_elsewhere() {
    run(async {
        let numbers = adrift();
        assert!(numbers.anext().now_or_never().is_none());
        assert!(numbers.athrow(Error::value("for the generator")).now_or_never().is_none());
        sleep(moment()).await?;
        assert!(numbers.aclose().now_or_never().is_none());
        sleep(moment()).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_throw_at_a_yield_that_is_given_up_does_not_outlive_the_call() {
    run(async {
        let gives_up = async |co: Co<i32>| {
            let mut polls = 0;
            let second = std::future::poll_fn(move |_| {
                polls += 1;
                if polls > 1 { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            });
            drop(futures::future::select(Box::pin(second), Box::pin(co.yield_(1))).await);
            Ok(())
        };
        let numbers = of(gives_up);
        numbers.anext().await?;
        ended(numbers.athrow(Error::value("x")).await);
        sleep(moment()).await?;

        let numbers = loopscope::Gen::new(gives_up);
        numbers.send(None)?;
        assert!(numbers.throw(Error::value("x")).unwrap_err().is(Kind::StopIteration));
        sleep(moment()).await
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn a_request_to_stop_stays_when_a_throw_is_taken_back() {
    run(async {
        let numbers = adrift();
        assert!(numbers.anext().now_or_never().is_none());
        let throw = numbers.athrow(Error::value("for the generator"));
        loopscope::current_task().unwrap().cancel();
        assert!(throw.now_or_never().is_none());
        assert!(sleep(moment()).await.unwrap_err().is(Kind::CancelledError));
        sleep(moment()).await
    });
}
