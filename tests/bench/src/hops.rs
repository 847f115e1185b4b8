//! One hop: a task gives way and goes on in the next turn; ours beside `spawn_local`'s.

use std::future::poll_fn;
use std::task::Poll;

use futures::channel::oneshot;
use loopscope::{Duration, sleep};
use wasm_bindgen_futures::spawn_local;

use crate::browser;

/// Hops so many times on a loop of ours.
pub async fn ours(hops: u32) {
    browser::run(async move {
        for _ in 0..hops {
            sleep(Duration::ZERO).await?;
        }
        Ok(())
    })
    .await;
}

/// Hops so many times in a task of `spawn_local` that wakes itself.
pub async fn spawn_local_self_wake(hops: u32) {
    let (sender, receiver) = oneshot::channel();
    spawn_local(async move {
        for _ in 0..hops {
            let mut yielded = false;
            poll_fn(|context| {
                if std::mem::replace(&mut yielded, true) {
                    return Poll::Ready(());
                }
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        }
        let _ = sender.send(());
    });
    let _ = receiver.await;
}
