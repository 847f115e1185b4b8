//! Pulls a generator by hand: its body starts at the first pull and freezes at every yield.

use loopscope::value::{Value, json};
use loopscope::{Gen, Result, print};

fn count_up(count: u64) -> Gen<u64> {
    Gen::new(async move |co| {
        print("body: I start");
        for number in 1..=count {
            print(format!("body: I yield {number} and freeze"));
            co.yield_(number).await?;
            print(format!("body: I go on after {number}"));
        }
        print("body: I end");
        Ok(())
    })
    .named("count_up")
}

pub(super) async fn run(count: u64) -> Result<Value> {
    let mut numbers = count_up(count);
    print("made, and nothing of it has run");
    let mut produced = vec![];
    loop {
        print("pull");
        let Some(number) = numbers.next().transpose()? else { break };
        print(format!("got {number}"));
        produced.push(number);
    }
    print("exhausted");
    Ok(json!({ "produced": produced }))
}
