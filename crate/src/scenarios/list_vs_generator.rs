//! The same sum in three ways: over a list that holds all squares, and over generators that hold none.

// What the list and the generators weigh in Python is another matter: the twin leaves `peak_bytes` out.

use futures::TryStreamExt;
use loopscope::memory::Meter;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Gen, Instant, Result, now, print, seconds};

fn squares(items: u64) -> Gen<u64> {
    Gen::new(async move |co| {
        for number in 0..items {
            co.yield_(number * number).await?;
        }
        Ok(())
    })
    .named("squares")
}

fn async_squares(items: u64) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 0..items {
            co.yield_(number * number).await?;
        }
        Ok(())
    })
    .named("async_squares")
}

/// A sum, the time to its first number, and the most memory that was taken meanwhile.
struct Sum {
    total: u128,
    first: Option<Duration>,
    start: Instant,
    memory: Meter,
}

impl Sum {
    fn start() -> Self {
        Sum { total: 0, first: None, start: now(), memory: Meter::start() }
    }

    fn add(&mut self, number: u64) {
        if self.first.is_none() {
            self.first = Some(now() - self.start);
        }
        self.total += u128::from(number);
    }

    fn end(self, name: &str) -> Value {
        let (peak_bytes, first) = (self.memory.peak_bytes(), self.first.unwrap_or_default());
        print(format!("{name}: {}", self.total));
        // JSON has no whole numbers of that size.
        json!({ "peak_bytes": peak_bytes, "sum": self.total as f64, "first_s": seconds(first) })
    }
}

pub(super) async fn run(items: u64) -> Result<Value> {
    let mut sum = Sum::start();
    let list: Vec<u64> = (0..items).map(|number| number * number).collect();
    list.iter().for_each(|square| sum.add(*square));
    drop(list);
    let list = sum.end("list");

    let mut sum = Sum::start();
    for square in squares(items) {
        sum.add(square?);
    }
    let generator = sum.end("generator");

    let mut sum = Sum::start();
    let mut squares = async_squares(items);
    while let Some(square) = squares.try_next().await? {
        sum.add(square);
    }
    let async_generator = sum.end("async generator");
    Ok(json!({ "list": list, "generator": generator, "async_generator": async_generator }))
}
