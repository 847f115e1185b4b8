//! Cleans up when the time is up, when it is cancelled, and when it is cancelled once more while it cleans up.

use std::cell::RefCell;
use std::rc::Rc;

use loopscope::context::AsyncGenContext;
use loopscope::value::{Value, json};
use loopscope::{
    Duration, Instant, Result, Task, async_context, async_with, gather_results, now, print, seconds, sleep,
    spawn_named, timeout,
};

/// The rooms that were cleaned, and those where the cleaning was interrupted.
#[derive(Clone, Default)]
struct Log {
    cleaned: Rc<RefCell<Vec<&'static str>>>,
    interrupted: Rc<RefCell<Vec<&'static str>>>,
}

/// A room that is cleaned when it is left, however that comes.
fn room(name: &'static str, cleanup: Duration, log: Log) -> AsyncGenContext<()> {
    async_context(async move |co| {
        let used = co.yield_(()).await;
        print(format!("cleaning the {name}"));
        if let Err(stop) = sleep(cleanup).await {
            print(format!("interrupted in the {name}"));
            log.interrupted.borrow_mut().push(name);
            return Err(stop);
        }
        print(format!("the {name} is clean"));
        log.cleaned.borrow_mut().push(name);
        used.map(drop)
    })
    .named(name)
}

async fn in_a_room(work: impl Future<Output = Result<()>>, cleanup: Duration, log: Log) -> Result<()> {
    async_with(room("room", cleanup, log), async |()| work.await).await.map(drop)
}

async fn work_in_two_rooms(work: Duration, cleanup: Duration, log: Log) -> Result<()> {
    let (outer, inner) = (room("outer room", cleanup, log.clone()), room("inner room", cleanup, log));
    async_with(outer, async |()| async_with(inner, async |()| sleep(work).await).await).await.map(drop)
}

/// Waits for the end of a task, and tells what it was.
async fn end(task: Task<()>, start: Instant, log: Log) -> Result<Value> {
    let name = task.name();
    let ended = gather_results([task]).await?.remove(0);
    let outcome = ended.map_or_else(|error| error.kind().name(), |()| "finished");
    print(format!("{name}: {outcome}"));
    let (cleaned, interrupted) = (log.cleaned.take(), log.interrupted.take());
    let total_s = seconds(now() - start);
    Ok(json!({ "outcome": outcome, "cleaned": cleaned, "interrupted": interrupted, "total_s": total_s }))
}

pub(super) async fn run(limit: Duration, work: Duration, cleanup: Duration) -> Result<Value> {
    let early = limit.min(work / 2); // the work is not done by then
    let log = Log::default();

    let start = now();
    let limited = timeout(limit, async move |_| sleep(work).await); // the cleaning has no limit
    let task = spawn_named("with a timeout", in_a_room(limited, cleanup, log.clone()));
    let timed_out = end(task, start, log.clone()).await?;

    let start = now();
    let task = spawn_named("cancelled", in_a_room(sleep(work), cleanup, log.clone()));
    sleep(early).await?;
    task.cancel();
    let cancelled = end(task, start, log.clone()).await?;

    let start = now();
    let task = spawn_named("cancelled twice", work_in_two_rooms(work, cleanup, log.clone()));
    sleep(early).await?;
    task.cancel();
    sleep(cleanup / 2).await?;
    task.cancel();
    let cancelled_twice = end(task, start, log).await?;
    Ok(json!({ "timeout": timed_out, "cancel": cancelled, "second_cancel": cancelled_twice }))
}
