//! Bodies and drivers that do what Python has no words for.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::{join, poll_immediate};
use futures::stream::FusedStream;
use futures::{FutureExt, TryStreamExt};
use loopscope::trace::{Kind as Event, Recorder};
use loopscope::{AsyncGen, Co, Error, Gen, Kind, Result, VirtualLoop, sleep};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, moment, of, run, says, slow};

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

#[wasm_bindgen_test(unsupported = test)]
fn a_stream_is_terminated_when_its_generator_has_ended() {
    run(async {
        let mut numbers = of(async |co| co.yield_(1).await.map(drop));
        assert!(!numbers.is_terminated());
        assert_eq!(numbers.try_next().await?, Some(1));
        assert!(!numbers.is_terminated());
        assert_eq!(numbers.try_next().await?, None);
        assert!(numbers.is_terminated());
        Ok(())
    });
}

/// As a stream, one that has ended goes on saying so; what is asked of it by name is told off.
#[wasm_bindgen_test(unsupported = test)]
fn a_stream_that_has_ended_stays_so_also_one_that_is_borrowed() {
    run(async {
        let mut numbers = of(async |co| co.yield_(1).await.map(drop));
        assert_eq!(numbers.by_ref().try_next().await?, Some(1));
        assert_eq!(numbers.by_ref().try_next().await?, None);
        for _ in 0..2 {
            assert_eq!(numbers.by_ref().try_next().await?, None);
            assert_eq!(numbers.try_next().await?, None);
        }
        ended(numbers.anext().await);
        Ok(())
    });
}

/// Whoever asks again, and in whatever way, hears of the end; the trace has it once.
#[wasm_bindgen_test(unsupported = test)]
fn an_end_is_told_once() {
    let recorder = Rc::new(Recorder::default());
    let program = async {
        let mut numbers = of(async |co| co.yield_(1).await.map(drop));
        numbers.anext().await?;
        ended(numbers.anext().await);
        for _ in 0..2 {
            assert_eq!(numbers.try_next().await?, None);
            ended(numbers.anext().await);
        }
        let mut letters = Gen::new(async |co: Co<_>| co.yield_('a').await.map(|_| "all"));
        assert_eq!(letters.by_ref().collect::<Result<Vec<_>>>()?, ['a']);
        assert!(letters.next().is_none() && letters.send(None).is_err());
        assert_eq!(
            (letters.take_return(), letters.next().is_none(), letters.take_return()),
            (Some("all"), true, None)
        );
        Ok(())
    };
    VirtualLoop::with_recorder(recorder.clone()).run(program).unwrap();
    let events = recorder.take().events;
    let ends = events.iter().filter(|event| event.kind == Event::Return).count();
    assert_eq!(ends, 2, "one of each generator: {events:#?}");
}
