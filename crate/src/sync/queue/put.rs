use std::panic::Location;

use super::Queue;
use crate::error::{Error, Kind, Result};
use crate::trace::{Kind as Event, Place};

impl<T> Queue<T> {
    /// Waits for room and puts an item. An item that could not be put is dropped.
    ///
    /// # Errors
    ///
    /// A `QueueShutDown` when the queue is shut down, a `CancelledError` when the task is asked to stop meanwhile.
    ///
    /// ```
    /// use loopscope::{Duration, Queue, VirtualLoop, now, sleep, spawn};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let queue = Queue::new(1);
    ///     let slow = spawn({
    ///         let queue = queue.clone();
    ///         async move {
    ///             sleep(Duration::from_secs(2)).await?;
    ///             queue.get().await
    ///         }
    ///     });
    ///     queue.put("fits").await?;
    ///     queue.put("waits until there is room").await?;
    ///     slow.await?;
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 2.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn put(&self, item: T) -> impl Future<Output = Result<()>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move {
            while queue.is_full() {
                queue.check_open()?;
                queue.0.home.enter(&queue)?;
                let putters = &queue.0.putters;
                let why = || format!("room in the queue ({} of {})", queue.len(), queue.maxsize());
                let give_up = |woken: bool| {
                    if woken && !queue.is_full() {
                        putters.let_go_next();
                    }
                };
                putters.wait("there is room", || queue.wait_for(why(), place), give_up).await?;
            }
            queue.put_at(item, place)
        }
    }

    /// Puts an item if there is room for it. An item that could not be put is dropped.
    ///
    /// # Errors
    ///
    /// A `QueueFull` without room, a `QueueShutDown` when the queue is shut down.
    ///
    /// ```
    /// use loopscope::{Kind, Queue};
    ///
    /// let queue = Queue::new(1);
    /// queue.put_nowait(1)?;
    /// assert!(queue.put_nowait(2).unwrap_err().is(Kind::QueueFull));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn put_nowait(&self, item: T) -> Result<()> {
        self.put_at(item, Location::caller())
    }

    fn put_at(&self, item: T, place: Place) -> Result<()> {
        self.check_open()?;
        if self.is_full() {
            return Err(Error::new(Kind::QueueFull, ""));
        }
        self.tell(Event::Put, &item, place);
        self.0.store.borrow_mut().push(item);
        self.tell_depth();
        self.0.backlog.add();
        self.0.getters.let_go_next();
        Ok(())
    }
}
