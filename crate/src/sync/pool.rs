use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::panic::Location;
use std::rc::Rc;

use super::gauge::Gauge;
use super::line::Line;
use super::permits::Permits;
use crate::error::{Error, Result};
use crate::executor::WaitFor;
use crate::trace::Place;

/// Lends a few things to many tasks, such as connections. Strictly first come, first served; the one that lay idle the
/// longest is lent first.
///
/// ```
/// use loopscope::{Duration, Pool, VirtualLoop, now, sleep, spawn};
///
/// let took = VirtualLoop::new().run(async {
///     let pool = Pool::new(["first connection", "second connection"]);
///     let query = |pool: Pool<&'static str>| async move {
///         let connection = pool.acquire().await?;
///         sleep(Duration::from_millis(100)).await?;
///         Ok(connection.len())
///     };
///     let queries: Vec<_> = (0..5).map(|_| spawn(query(pool.clone()))).collect();
///     for query in queries {
///         query.await?;
///     }
///     assert_eq!(pool.drain().await?.len(), 2);
///     Ok(now())
/// });
/// assert_eq!(took.unwrap().as_secs_f64(), 0.3);
/// ```
pub struct Pool<T>(Rc<Inner<T>>);

struct Inner<T> {
    idle: RefCell<VecDeque<T>>,
    capacity: usize,
    permits: Permits,
    is_closed: Cell<bool>,
    /// Those who wait until everything is back.
    drainers: Line,
    gauge: Gauge,
}

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Self {
        Pool(self.0.clone())
    }
}

impl<T> Pool<T> {
    /// Creates a pool of these items.
    pub fn new(items: impl IntoIterator<Item = T>) -> Self {
        let idle: VecDeque<T> = items.into_iter().collect();
        let capacity = idle.len();
        Pool(Rc::new(Inner {
            idle: RefCell::new(idle),
            capacity,
            permits: Permits::new(capacity),
            is_closed: Cell::new(false),
            drainers: Line::default(),
            gauge: Gauge::new("pool", capacity),
        }))
    }

    /// Gives the pool a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.gauge.label.name(name);
        self
    }

    /// Returns how many items it was made of.
    pub fn capacity(&self) -> usize {
        self.0.capacity
    }

    /// Returns how many items are lent.
    ///
    /// ```
    /// use loopscope::{Pool, VirtualLoop};
    ///
    /// let counts = VirtualLoop::new().run(async {
    ///     let pool = Pool::new(["a", "b", "c"]).named("connections");
    ///     let lent = pool.acquire().await?;
    ///     let counts = (pool.held(), pool.capacity());
    ///     drop(lent);
    ///     assert_eq!(pool.held(), 0);
    ///     Ok(counts)
    /// });
    /// assert_eq!(counts?, (1, 3));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn held(&self) -> usize {
        self.0.gauge.held()
    }

    /// Says whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.0.is_closed.get()
    }

    /// Waits for an item, which is lent until the guard is dropped.
    ///
    /// # Errors
    ///
    /// A `RuntimeError` when the pool is closed, a `CancelledError` when the task is asked to stop meanwhile.
    ///
    /// ```
    /// use loopscope::{Pool, VirtualLoop};
    ///
    /// let items = VirtualLoop::new().run(async {
    ///     let pool = Pool::new(["fine", "broken"]);
    ///     let (first, mut second) = (pool.acquire().await?, pool.acquire().await?);
    ///     assert_eq!((*first, *second), ("fine", "broken"));
    ///     *second = "repaired";
    ///     drop(second);
    ///     drop(first);
    ///     pool.drain().await
    /// });
    /// assert_eq!(items?, ["repaired", "fine"]); // the one that came back first
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn acquire(&self) -> impl Future<Output = Result<Pooled<T>>> + use<T> {
        let (pool, place) = (self.clone(), Location::caller());
        async move {
            pool.check_open()?;
            pool.0.permits.acquire(&pool, "an item came back", || pool.describe(place)).await?;
            // Whom closing has woken there is nothing for.
            pool.check_open()?;
            let item = pool.0.idle.borrow_mut().pop_front();
            assert!(item.is_some(), "every permit of a pool stands for an item that is there");
            pool.0.gauge.up(place);
            Ok(Pooled { pool, item })
        }
    }

    /// Closes the pool: nothing is lent any longer, and those who wait are told. What is lent can still come back.
    ///
    /// ```
    /// use loopscope::{Duration, Pool, VirtualLoop, sleep, spawn};
    ///
    /// let told = VirtualLoop::new().run(async {
    ///     let pool = Pool::new([1]);
    ///     let lent = pool.acquire().await?;
    ///     let waiting = spawn({
    ///         let pool = pool.clone();
    ///         async move { pool.acquire().await.map(drop) }
    ///     });
    ///     sleep(Duration::ZERO).await?;
    ///     pool.close();
    ///     drop(lent); // can still come back
    ///     assert!(pool.is_closed());
    ///     Ok(waiting.await.unwrap_err())
    /// });
    /// assert_eq!(told?.to_string(), "RuntimeError: the pool is closed");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn close(&self) {
        if !self.0.is_closed.replace(true) {
            // Nobody takes a permit after this, so the counter may be wrong.
            self.0.permits.line.wake_all();
        }
    }

    /// Closes the pool, waits until all is back and hands it over, to be closed one by one.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile; the items stay where they are.
    ///
    /// ```
    /// use loopscope::{Duration, Pool, VirtualLoop, now, sleep, spawn};
    ///
    /// let (items, seconds) = VirtualLoop::new().run(async {
    ///     let pool = Pool::new(["a", "b"]);
    ///     let lent = pool.acquire().await?;
    ///     spawn(async move {
    ///         sleep(Duration::from_secs(3)).await?;
    ///         Ok(drop(lent))
    ///     });
    ///     Ok((pool.drain().await?, now().as_secs_f64()))
    /// })?;
    /// assert_eq!((items, seconds), (vec!["b", "a"], 3.0));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn drain(&self) -> impl Future<Output = Result<Vec<T>>> + use<T> {
        let (pool, place) = (self.clone(), Location::caller());
        async move {
            pool.close();
            while pool.held() > 0 {
                pool.0.permits.home.enter(&pool)?;
                let why = || format!("all items to come back ({} are lent)", pool.held());
                let on = pool.0.gauge.label.id();
                let describe = || WaitFor { on, until: None, why: why(), place: Some(place) };
                pool.0.drainers.wait("all items are back", describe, |_| ()).await?;
            }
            Ok(pool.0.idle.take().into())
        }
    }

    fn check_open(&self) -> Result<()> {
        if self.is_closed() { Err(Error::runtime("the pool is closed")) } else { Ok(()) }
    }

    fn describe(&self, place: Place) -> WaitFor {
        let why = format!("an item of the pool ({} of {} lent)", self.held(), self.capacity());
        WaitFor { on: self.0.gauge.label.id(), until: None, why, place: Some(place) }
    }

    fn take_back(&self, item: T) {
        let Inner { idle, permits, drainers, gauge, .. } = &*self.0;
        idle.borrow_mut().push_back(item);
        gauge.down();
        // Who still waits for one is told that there will be none.
        if !self.is_closed() {
            permits.release();
        }
        if self.held() == 0 {
            drainers.wake_all();
        }
    }
}

/// Tells how many items are lent and how many tasks wait.
impl<T> fmt::Debug for Pool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let closed = if self.is_closed() { ", closed" } else { "" };
        let Inner { capacity, permits, .. } = &*self.0;
        write!(f, "<Pool [{} of {capacity} lent{}{closed}]>", self.held(), permits.line)
    }
}

/// An item that is lent; dropping the guard gives it back. Made by [`Pool::acquire`].
#[must_use = "an item goes back to its pool when its guard is dropped: bind it to a name, and not to `_`"]
pub struct Pooled<T> {
    pool: Pool<T>,
    /// There until the guard is dropped.
    item: Option<T>,
}

const HERE: &str = "an item is with its guard until that is dropped";

impl<T> Deref for Pooled<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.item.as_ref().expect(HERE)
    }
}

/// A broken item can be replaced in place: `*connection = another`.
impl<T> DerefMut for Pooled<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.item.as_mut().expect(HERE)
    }
}

impl<T> Drop for Pooled<T> {
    fn drop(&mut self) {
        if let Some(item) = self.item.take() {
            self.pool.take_back(item);
        }
    }
}
