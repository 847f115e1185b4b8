//! How a generator is closed, by hand and when it is dropped.

use std::rc::Rc;

use futures::StreamExt;
use loopscope::{Duration, Error, Kind, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, moment, of, run, says, simple, slow};

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
fn row_10_a_generator_that_yielded_instead_of_closing_can_be_read_but_is_not_asked_again() {
    run(async {
        let numbers = of(async |co| {
            if co.yield_(1).await.is_err() {
                co.yield_(2).await?;
                co.yield_(3).await?;
            }
            Ok(())
        });
        numbers.anext().await?;
        assert!(numbers.aclose().await.unwrap_err().is(Kind::RuntimeError));
        let refused = |error: Error| error.is(Kind::StopAsyncIteration);
        assert!(numbers.aclose().await.is_err_and(refused));
        assert!(numbers.athrow(Error::value("late")).await.is_err_and(refused));
        assert_eq!(numbers.anext().await?, 3);
        ended(numbers.anext().await);
        numbers.aclose().await?;
        assert_eq!(numbers.athrow(Error::value("late")).await?, None);
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
fn row_20_a_generator_that_is_left_stays_open_and_is_closed_by_a_task_when_dropped() {
    let log = Log::default();
    let noted = log.clone();
    run(async move {
        let mut numbers = slow(&noted);
        // As a loop that breaks off at its first value.
        assert_eq!(numbers.next().await.transpose()?, Some(1));
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
