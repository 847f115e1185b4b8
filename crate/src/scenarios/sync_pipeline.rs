//! Three generators, each of which pulls at the one before: an item goes all the way before the next one is made.

use loopscope::value::{Value, json};
use loopscope::{Gen, Result, print};

fn source(count: u64) -> Gen<u64> {
    Gen::new(async move |co| {
        for number in 0..count {
            print(format!("source makes {number}"));
            co.yield_(number).await?;
        }
        Ok(())
    })
    .named("source")
}

fn keep_even(numbers: Gen<u64>) -> Gen<u64> {
    Gen::new(async |co| {
        for number in numbers {
            let number = number?;
            if number % 2 == 0 {
                co.yield_(number).await?;
            } else {
                print(format!("{number} is dropped"));
            }
        }
        Ok(())
    })
    .named("keep_even")
}

fn double(numbers: Gen<u64>) -> Gen<u64> {
    // What has no story of its own is shorter as an adapter: Python's `(number * 2 for number in numbers)`.
    numbers.map(|number| number * 2).named("double")
}

pub(super) async fn run(count: u64) -> Result<Value> {
    let mut results = vec![];
    for number in double(keep_even(source(count))) {
        let number = number?;
        print(format!("{number} arrives"));
        results.push(number);
    }
    Ok(json!(results))
}
