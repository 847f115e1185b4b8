//! What comes out, and what is made of it.

use std::cell::Cell;
use std::rc::Rc;

use futures::{Stream, StreamExt};
use loopscope::{AsyncGen, Co, Error, Kind, Result, sleep};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{Log, ended, moment, of, run, says, simple};

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
