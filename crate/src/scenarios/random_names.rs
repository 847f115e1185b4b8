//! Fetches names that chance picks: in a loop, in a comprehension, and all together.

use std::cell::RefCell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{
    AsyncGen, Duration, Instant, Random, Result, gather, now, print, seconds, sleep, spawn_named,
};

const NAMES: [&str; 8] = ["Ada", "Bela", "Chidi", "Dorit", "Emre", "Freya", "Goro", "Hana"];

/// The chance that all of them share.
type Chance = Rc<RefCell<Random>>;

async fn fetch_name(delay: Duration, chance: Chance) -> Result<&'static str> {
    sleep(delay).await?;
    let picked = chance.borrow_mut().below(NAMES.len() as u64);
    Ok(NAMES[picked as usize])
}

fn names(total: u64, delay: Duration, chance: Chance) -> AsyncGen<&'static str> {
    AsyncGen::new(async move |co| {
        for _ in 0..total {
            co.yield_(fetch_name(delay, chance.clone()).await?).await?;
        }
        Ok(())
    })
    .named("names")
}

/// Tells what was fetched, and how long it took.
fn fetched(how: &str, names: Vec<&str>, start: Instant) -> Value {
    print(format!("{how}: {}", names.join(", ")));
    json!({ "names": names, "total_s": seconds(now() - start) })
}

pub(super) async fn run(total: u64, delay: Duration, seed: u64) -> Result<Value> {
    let chance = Rc::new(RefCell::new(Random::new(seed)));

    let start = now();
    let mut in_loop = vec![];
    let mut stream = names(total, delay, chance.clone());
    while let Some(name) = stream.try_next().await? {
        in_loop.push(name);
    }
    let in_loop = fetched("loop", in_loop, start);

    let start = now();
    let comprehension = names(total, delay, chance.clone()).collect().await?;
    let comprehension = fetched("comprehension", comprehension, start);

    let start = now();
    let fetches = (1..=total).map(|n| spawn_named(&format!("fetch {n}"), fetch_name(delay, chance.clone())));
    let together = gather(fetches).await?;
    let together = fetched("together", together, start);

    Ok(json!({ "loop": in_loop, "comprehension": comprehension, "together": together }))
}
