//! Many tasks at once, spawned and then waited for: ours beside `spawn_local`'s.

use futures::channel::oneshot;
use futures::future::join_all;
use loopscope::spawn;
use wasm_bindgen_futures::spawn_local;

use crate::browser;

/// Spawns so many tasks of ours and waits for each.
pub async fn ours(tasks: u32) {
    browser::run(async move {
        let tasks: Vec<_> = (0..tasks).map(|number| spawn(async move { Ok(number) })).collect();
        for task in tasks {
            task.await?;
        }
        Ok(())
    })
    .await;
}

/// Spawns so many with `spawn_local`, which has no handle to wait for: each tells when it ends.
pub async fn spawn_locals(tasks: u32) {
    let tasks = (0..tasks).map(|number| {
        let (sender, receiver) = oneshot::channel();
        spawn_local(async move {
            let _ = sender.send(number);
        });
        receiver
    });
    drop(join_all(tasks.collect::<Vec<_>>()).await);
}
