//! Calls an async function without awaiting it: nothing of it runs. Then the same call is awaited.

// Python tells of the forgotten one with a warning, this crate with a note in the trace, at the place of the call.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::value::{Value, json};
use loopscope::{Duration, Result, coroutine, print, sleep};

/// Waters a plant. A call only makes the coroutine; it runs when it is awaited.
#[track_caller]
fn water(plant: &'static str, watered: Rc<Cell<bool>>) -> impl Future<Output = Result<()>> {
    coroutine("water", async move {
        print(format!("{plant}: here comes the water"));
        sleep(Duration::from_millis(500)).await?;
        watered.set(true);
        print(format!("{plant}: watered"));
        Ok(())
    })
}

pub(super) async fn run() -> Result<Value> {
    let (fern, palm) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(false)));

    let forgotten = water("fern", fern.clone());
    print("the fern will be watered, or so it seems");
    sleep(Duration::from_secs(1)).await?;
    drop(forgotten);
    print("a second later the fern is as dry as before");

    water("palm", palm.clone()).await?;
    Ok(json!({ "forgotten_ran": fern.get(), "awaited_ran": palm.get() }))
}
