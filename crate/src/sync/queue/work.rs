use std::panic::Location;

use super::{Inner, Queue};
use crate::error::Result;

impl<T> Queue<T> {
    /// Says that the work on an item is done; [`Queue::join`] waits for that.
    ///
    /// # Errors
    ///
    /// A `ValueError` when it was said of all items before.
    ///
    /// ```
    /// use loopscope::Queue;
    ///
    /// let queue = Queue::new(0);
    /// queue.put_nowait("a job")?;
    /// queue.get_nowait()?;
    /// queue.task_done()?;
    /// let once_more = queue.task_done().unwrap_err();
    /// assert_eq!(once_more.to_string(), "ValueError: task_done() called too many times");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn task_done(&self) -> Result<()> {
        self.0.backlog.done()
    }

    /// Waits until the work on all items is done.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    ///
    /// ```
    /// use loopscope::{Duration, Queue, VirtualLoop, now, sleep, spawn};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let queue = Queue::new(0);
    ///     for job in 1..=3 {
    ///         queue.put_nowait(job)?;
    ///     }
    ///     let worker = spawn::<()>({
    ///         let queue = queue.clone();
    ///         async move {
    ///             loop {
    ///                 sleep(Duration::from_secs(queue.get().await?)).await?;
    ///                 queue.task_done()?;
    ///             }
    ///         }
    ///     });
    ///     queue.join().await?;
    ///     worker.cancel();
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 6.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn join(&self) -> impl Future<Output = Result<()>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move { queue.0.backlog.join(&queue, |why| queue.wait_for(why, place)).await }
    }

    /// Lets nothing more in; what is in it can still be taken out, unless `immediate`: then it is dropped and done.
    ///
    /// ```
    /// use loopscope::{Kind, Queue};
    ///
    /// let queue = Queue::new(0);
    /// queue.put_nowait("last")?;
    /// queue.shutdown(false);
    /// assert!(queue.put_nowait("too late").unwrap_err().is(Kind::QueueShutDown));
    /// assert_eq!(queue.get_nowait()?, "last");
    /// assert!(queue.get_nowait().unwrap_err().is(Kind::QueueShutDown));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn shutdown(&self, immediate: bool) {
        let Inner { store, backlog, getters, putters, is_shut, .. } = &*self.0;
        is_shut.set(true);
        let mut dropped = Vec::new();
        if immediate {
            dropped.extend(std::iter::from_fn(|| store.borrow_mut().pop()));
            backlog.drop_some(dropped.len());
            if !dropped.is_empty() {
                self.tell_depth();
            }
        }
        while getters.let_go_next() {}
        while putters.let_go_next() {}
        // Items go last: their destructors may come back here.
        drop(dropped);
    }
}
