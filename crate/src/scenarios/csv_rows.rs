//! Parses many rows as they are asked for, and gives way to the others now and then: parsing waits for nothing, and so
//! would never let anyone else run.

use std::cell::Cell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{AsyncGen, Duration, Error, Result, now, print, seconds, sleep, task_group};

/// Line `number` of the file: an article and how many of it are there. Some are damaged.
fn text(number: u64) -> String {
    match number % 1000 {
        7 => format!("article {number}"),
        507 => format!("article {number},many"),
        _ => format!("article {number},{}", number % 10),
    }
}

fn parse(text: &str) -> Result<u64> {
    let (_, amount) = text.split_once(',').ok_or_else(|| Error::value("there is no amount"))?;
    amount.parse().map_err(|_| Error::value(format!("\"{amount}\" is not a number")))
}

/// The amounts of the rows that can be read; of the others it tells the line and goes on.
fn amounts(rows: u64, give_way: u64, bad: Rc<Cell<u64>>) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for number in 1..=rows {
            match parse(&text(number)) {
                Ok(amount) => {
                    co.yield_(amount).await?;
                }
                Err(error) => {
                    print(format!("line {number}: {}", error.message()));
                    bad.set(bad.get() + 1);
                }
            }
            if number % give_way == 0 {
                sleep(Duration::ZERO).await?;
            }
        }
        Ok(())
    })
    .named("amounts")
}

/// Beats in every turn that it is given: how often, and the longest time from one beat to the next.
async fn heartbeat(beats: Rc<Cell<(u64, Duration)>>) -> Result<()> {
    let mut last = now();
    loop {
        sleep(Duration::ZERO).await?;
        let (count, max_gap) = beats.get();
        beats.set((count + 1, max_gap.max(now() - last)));
        last = now();
    }
}

pub(super) async fn run(rows: u64, give_way: u64) -> Result<Value> {
    let (bad, beats) = (Rc::new(Cell::new(0)), Rc::default());
    let (count, sum) = task_group(async |group| {
        let heart = group.spawn_named("heartbeat", heartbeat(Rc::clone(&beats)))?;
        sleep(Duration::ZERO).await?; // It starts.
        let (mut count, mut sum) = (0, 0);
        let mut amounts = amounts(rows, give_way, bad.clone());
        while let Some(amount) = amounts.try_next().await? {
            count += 1;
            sum += amount;
        }
        sleep(Duration::ZERO).await?; // It hears how long the last rows took.
        heart.cancel();
        Ok((count, sum))
    })
    .await?;
    let (beats, gap) = beats.get();
    let (bad, max_gap_s) = (bad.get(), seconds(gap));
    Ok(json!({ "rows": count, "sum": sum, "bad": bad, "beats": beats, "max_gap_s": max_gap_s }))
}
