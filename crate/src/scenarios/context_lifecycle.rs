//! Enters a context manager, uses it and leaves it: first the blocking way, then the awaiting way.

use std::cell::Cell;
use std::rc::Rc;

use loopscope::value::{Value, json};
use loopscope::{
    AsyncContext, Context, Duration, Error, Exit, Result, async_with, block, now, print, seconds, sleep,
    spawn_named, with,
};

/// A workshop takes a while to open and to close.
#[derive(Clone)]
struct Workshop {
    opening: Duration,
    closing: Duration,
}

impl Context for Workshop {
    type Value = ();

    fn enter(&mut self) -> Result<()> {
        block(self.opening);
        Ok(())
    }

    fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        block(self.closing);
        Ok(Exit::Propagate)
    }
}

impl AsyncContext for Workshop {
    type Value = ();

    async fn enter(&mut self) -> Result<()> {
        sleep(self.opening).await
    }

    async fn exit(&mut self, _: Option<&Error>) -> Result<Exit> {
        sleep(self.closing).await?;
        Ok(Exit::Propagate)
    }
}

/// Beats ten times a second, if the loop lets it.
async fn heartbeat(beats: Rc<Cell<u64>>) -> Result<()> {
    loop {
        sleep(Duration::from_millis(100)).await?;
        beats.set(beats.get() + 1);
    }
}

pub(super) async fn run(enter: Duration, body: Duration, exit: Duration) -> Result<Value> {
    let workshop = Workshop { opening: enter, closing: exit };
    let beats = Rc::new(Cell::new(0));
    let heart = spawn_named("heartbeat", heartbeat(beats.clone()));
    sleep(Duration::ZERO).await?; // the heart sets its first timer

    let start = now();
    with(workshop.clone(), |()| {
        print("blocking: the workshop is open");
        block(body);
        Ok(())
    })?;
    let sync_s = seconds(now() - start);
    print(format!("blocking: {} heartbeats meanwhile", beats.take()));

    let start = now();
    async_with(workshop, async |()| {
        print("awaiting: the workshop is open");
        sleep(body).await
    })
    .await?;
    let async_s = seconds(now() - start);
    print(format!("awaiting: {} heartbeats meanwhile", beats.take()));

    heart.cancel();
    Ok(json!({ "sync_s": sync_s, "async_s": async_s }))
}
