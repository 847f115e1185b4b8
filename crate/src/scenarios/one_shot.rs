//! Reads a generator twice: there is nothing left the second time, but a fresh one starts anew.

use loopscope::value::{Value, json};
use loopscope::{Gen, Result, print};

fn numbers(count: u64, name: &str) -> Gen<u64> {
    Gen::new(async move |co| {
        for number in 0..count {
            co.yield_(number).await?;
        }
        Ok(())
    })
    .named(name)
}

pub(super) async fn run(count: u64) -> Result<Value> {
    let once = numbers(count, "once");
    let first: Vec<u64> = once.by_ref().collect::<Result<_>>()?;
    print(format!("the first time it gave {} numbers", first.len()));

    let second: Vec<u64> = once.by_ref().collect::<Result<_>>()?;
    print(format!("the second time it gave {}", second.len()));

    let fresh: Vec<u64> = numbers(count, "fresh").collect()?;
    print(format!("a fresh one gave {}", fresh.len()));
    Ok(json!({ "first": first, "second": second, "fresh": fresh }))
}
