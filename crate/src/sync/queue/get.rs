use std::panic::Location;

use super::Queue;
use crate::error::{Error, Kind, Result};
use crate::trace::{Kind as Event, Place};

impl<T> Queue<T> {
    /// Waits for an item and takes it out.
    ///
    /// # Errors
    ///
    /// A `QueueShutDown` when the queue is shut down and empty, a `CancelledError` when the task is asked to stop
    /// meanwhile.
    ///
    /// ```
    /// use loopscope::{Duration, Queue, VirtualLoop, now, sleep, spawn};
    ///
    /// let got = VirtualLoop::new().run(async {
    ///     let queue = Queue::new(0);
    ///     let waiting = spawn({
    ///         let queue = queue.clone();
    ///         async move { Ok((queue.get().await?, now().as_secs_f64())) }
    ///     });
    ///     sleep(Duration::from_secs(1)).await?;
    ///     queue.put("news").await?;
    ///     waiting.await
    /// });
    /// assert_eq!(got?, ("news", 1.0));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn get(&self) -> impl Future<Output = Result<T>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move {
            while queue.is_empty() {
                queue.check_open()?;
                queue.0.home.enter(&queue)?;
                let getters = &queue.0.getters;
                let why = || "an item in the queue".to_owned();
                let give_up = |woken: bool| {
                    if woken && !queue.is_empty() {
                        getters.let_go_next();
                    }
                };
                getters.wait("there is an item", || queue.wait_for(why(), place), give_up).await?;
            }
            queue.get_at(place)
        }
    }

    /// Takes an item out if there is one.
    ///
    /// # Errors
    ///
    /// A `QueueEmpty` without an item, or a `QueueShutDown` when the queue is shut down as well.
    ///
    /// ```
    /// use loopscope::{Kind, Queue};
    ///
    /// let queue = Queue::new(0);
    /// queue.put_nowait(1)?;
    /// assert_eq!(queue.get_nowait()?, 1);
    /// assert!(queue.get_nowait().unwrap_err().is(Kind::QueueEmpty));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn get_nowait(&self) -> Result<T> {
        self.get_at(Location::caller())
    }

    fn get_at(&self, place: Place) -> Result<T> {
        let popped = self.0.store.borrow_mut().pop();
        let Some(item) = popped else {
            self.check_open()?;
            return Err(Error::new(Kind::QueueEmpty, ""));
        };
        self.tell(Event::Get, &item, place);
        self.tell_depth();
        self.0.putters.let_go_next();
        Ok(item)
    }
}
