//! What is asked of a generator, when, and how often.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::{AsyncGen, Duration, Error, Kind, sleep, spawn};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, of, run, says, simple, slow};

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
