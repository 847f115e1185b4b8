//! Our loop on the browser's own, as the page waits for it.

use futures::channel::oneshot;
use loopscope::{BrowserLoop, Result};

/// Runs a program to its end on the browser's microtask pump and clock.
pub async fn run<T: 'static>(program: impl Future<Output = Result<T>> + 'static) -> Option<T> {
    let browser = BrowserLoop::new(1.0, None);
    let (sender, receiver) = oneshot::channel();
    drop(browser.start(async move {
        // The page waits for nothing else.
        let _ = sender.send(program.await?);
        Ok(())
    }));
    receiver.await.ok()
}
