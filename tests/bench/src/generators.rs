//! Async generators that count, and the sum of what they yield: ours and the peers', flat and in chains.

use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures::{Stream, StreamExt, stream};
use loopscope::{AsyncGen, Result};

/// Reads a stream that never waits to its end.
///
/// The boxes are black: else the optimiser sees through the simple ones and leaves a formula to measure.
fn sum<T>(stream: impl Stream<Item = T>, mut add: impl FnMut(T) -> u64) -> u64 {
    let mut stream = pin!(black_box(stream));
    let mut context = Context::from_waker(Waker::noop());
    let mut sum = 0;
    while let Poll::Ready(Some(item)) = stream.as_mut().poll_next(&mut context) {
        sum += black_box(add(item));
    }
    sum
}

fn value(item: Result<u64>) -> u64 {
    item.unwrap_or_default()
}

fn ours(items: u64) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for item in 0..items {
            co.yield_(item).await?;
        }
        Ok(())
    })
}

/// Reads our generator.
pub fn ours_flat(items: u64) -> u64 {
    sum(ours(items), value)
}

/// Reads a chain of so many of our generators.
pub fn ours_chain<const DEPTH: usize>(items: u64) -> u64 {
    sum((1..DEPTH).fold(ours(items), |source, _| source.map(|item| item + 1)), value)
}

fn async_stream(items: u64) -> Pin<Box<dyn Stream<Item = u64>>> {
    Box::pin(async_stream::stream! {
        for item in 0..items {
            yield item;
        }
    })
}

/// Reads async-stream's.
pub fn async_stream_flat(items: u64) -> u64 {
    sum(async_stream(items), |item| item)
}

/// Reads a chain of so many of async-stream's.
pub fn async_stream_chain<const DEPTH: usize>(items: u64) -> u64 {
    let chain = (1..DEPTH).fold(async_stream(items), |mut source, _| {
        Box::pin(async_stream::stream! {
            while let Some(item) = source.next().await {
                yield item + 1;
            }
        })
    });
    sum(chain, |item| item)
}

/// Reads genawaiter's.
pub fn genawaiter_flat(items: u64) -> u64 {
    let generator = genawaiter::rc::Gen::new(|co: genawaiter::rc::Co<u64>| async move {
        for item in 0..items {
            co.yield_(item).await;
        }
    });
    black_box(generator).into_iter().map(black_box).sum()
}

/// Reads futures' `unfold`, which is no generator: a closure from state to state.
pub fn unfold_flat(items: u64) -> u64 {
    sum(stream::unfold(0, move |item| async move { (item < items).then_some((item, item + 1)) }), |item| item)
}
