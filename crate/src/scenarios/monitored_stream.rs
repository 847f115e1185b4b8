//! Wraps any async generator to count its items and to time the waits for them, however the reading ends.

use std::cell::Cell;
use std::rc::Rc;

use futures::TryStreamExt;
use loopscope::value::{Value, json};
use loopscope::{
    AsyncGen, Duration, Error, Kind, Result, aclosing, async_with, gather, now, print, seconds, sleep,
    spawn_named,
};

#[derive(Default)]
struct Monitor {
    items: Cell<u64>,
    total: Cell<Duration>,
}

fn monitored<T: 'static>(mut source: AsyncGen<T>, monitor: Rc<Monitor>) -> AsyncGen<T> {
    AsyncGen::new(async move |co| {
        loop {
            let asked = now();
            let next = source.try_next().await;
            monitor.total.set(monitor.total.get() + (now() - asked));
            let Some(item) = next? else { return Ok(()) };
            monitor.items.set(monitor.items.get() + 1);
            co.yield_(item).await?;
        }
    })
}

/// Takes longer for each item than for the one before.
fn slower_and_slower(items: u64, mut pause: Duration, step: Duration) -> AsyncGen<u64> {
    AsyncGen::new(async move |co| {
        for item in 1..=items {
            sleep(pause).await?;
            co.yield_(item).await?;
            pause += step;
        }
        Ok(())
    })
    .named("slower_and_slower")
}

#[derive(Clone, Copy, Debug)]
enum Reader {
    ReadsAll,
    BreaksOff,
    Fails,
}

/// Reads a monitored source, to its end or to the middle, and tells what the monitor has seen.
async fn read(source: AsyncGen<u64>, middle: u64, reader: Reader) -> Result<Value> {
    let monitor = Rc::new(Monitor::default());
    let stream = monitored(source, monitor.clone()).named("monitored");
    let reading = async_with(aclosing(stream), async |stream| {
        while let Some(item) = stream.by_ref().try_next().await? {
            match reader {
                Reader::BreaksOff if item == middle => break,
                Reader::Fails if item == middle => return Err(Error::value("no use for it")),
                _ => {}
            }
        }
        Ok(())
    });
    match reading.await {
        Err(error) if error.is(Kind::ValueError) => {}
        other => drop(other?),
    }
    let (items, total) = (monitor.items.get(), monitor.total.get());
    print(format!("{reader:?}: {items} items"));
    Ok(json!({ "items": items, "total_s": seconds(total) }))
}

pub(super) async fn run(items: u64, base: Duration, step: Duration) -> Result<Value> {
    let source = || slower_and_slower(items, base, step);
    let start = |reader| spawn_named(&format!("{reader:?}"), read(source(), items.div_ceil(2), reader));
    let seen = gather([Reader::ReadsAll, Reader::BreaksOff, Reader::Fails].map(start)).await?;
    let (items, total) = (&seen[0]["items"], &seen[0]["total_s"]);
    Ok(json!({ "items": items, "total_s": total, "broken_off": &seen[1], "failed": &seen[2] }))
}
