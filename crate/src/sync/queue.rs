mod get;
mod put;
mod work;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::fmt::{self, Debug};
use std::rc::Rc;

use super::backlog::Backlog;
use super::home::Home;
use super::line::Line;
use super::store::Store;
use crate::error::{Error, Kind, Result};
use crate::executor::{Label, WaitFor, record};
use crate::memory::aside;
use crate::trace::{Entry, Kind as Event, Place};

/// Hands items from tasks to tasks: Python's `asyncio.Queue`, `LifoQueue` and `PriorityQueue`.
///
/// Who waits is woken first come, first served. As in asyncio, a task that asks between the waking of another one and
/// its turn is served first, and the other one waits again.
///
/// ```
/// use loopscope::{Kind, Queue, VirtualLoop, spawn};
///
/// let sum = VirtualLoop::new().run(async {
///     let queue = Queue::new(2);
///     let producer = spawn({
///         let queue = queue.clone();
///         async move {
///             for number in 1..=10 {
///                 queue.put(number).await?;
///             }
///             queue.shutdown(false);
///             Ok(())
///         }
///     });
///     let mut sum = 0;
///     loop {
///         match queue.get().await {
///             Ok(number) => sum += number,
///             Err(error) if error.is(Kind::QueueShutDown) => break,
///             Err(error) => return Err(error),
///         }
///     }
///     producer.await?;
///     Ok(sum)
/// });
/// assert_eq!(sum.unwrap(), 55);
/// ```
pub struct Queue<T>(Rc<Inner<T>>);

struct Inner<T> {
    store: RefCell<Store<T>>,
    maxsize: usize,
    getters: Line,
    putters: Line,
    home: Home,
    backlog: Backlog,
    is_shut: Cell<bool>,
    label: Label,
    show: OnceCell<fn(&T) -> String>,
}

impl<T> Clone for Queue<T> {
    fn clone(&self) -> Self {
        Queue(self.0.clone())
    }
}

impl<T> Queue<T> {
    /// Creates a queue out of which comes first what was put first. It has room for `maxsize` items; 0 is no limit.
    pub fn new(maxsize: usize) -> Self {
        Self::with_store(maxsize, Store::Fifo(VecDeque::new()))
    }

    /// Creates a queue out of which comes first what was put last, as Python's `LifoQueue`.
    ///
    /// ```
    /// use loopscope::{Queue, Result};
    ///
    /// let stack = Queue::lifo(0);
    /// for plate in ["large", "small"] {
    ///     stack.put_nowait(plate)?;
    /// }
    /// assert_eq!((stack.get_nowait()?, stack.get_nowait()?), ("small", "large"));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn lifo(maxsize: usize) -> Self {
        Self::with_store(maxsize, Store::Lifo(Vec::new()))
    }

    /// Creates a queue out of which comes first what is least, as Python's `PriorityQueue`; of equal items the one that
    /// was put first. For the greatest first, put [`std::cmp::Reverse`].
    ///
    /// ```
    /// use std::cmp::Reverse;
    ///
    /// use loopscope::Queue;
    ///
    /// let (least_first, greatest_first) = (Queue::priority(0), Queue::priority(0));
    /// for number in [2, 3, 1] {
    ///     least_first.put_nowait(number)?;
    ///     greatest_first.put_nowait(Reverse(number))?;
    /// }
    /// assert_eq!((least_first.get_nowait()?, greatest_first.get_nowait()?), (1, Reverse(3)));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn priority(maxsize: usize) -> Self
    where
        T: Ord,
    {
        Self::with_store(maxsize, Store::priority())
    }

    fn with_store(maxsize: usize, store: Store<T>) -> Self {
        Queue(Rc::new(Inner {
            store: RefCell::new(store),
            maxsize,
            getters: Line::default(),
            putters: Line::default(),
            home: Home::default(),
            backlog: Backlog::default(),
            is_shut: Cell::new(false),
            label: Label::new("queue", maxsize),
            show: OnceCell::new(),
        }))
    }

    /// Gives the queue a name, and its items a text, in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self
    where
        T: Debug,
    {
        self.0.label.name(name);
        self.0.show.get_or_init(|| |item| format!("{item:?}"));
        self
    }

    /// Returns how many items are in it.
    ///
    /// ```
    /// use loopscope::Queue;
    ///
    /// let queue = Queue::new(2).named("orders");
    /// assert!(queue.is_empty());
    /// queue.put_nowait("tea")?;
    /// queue.put_nowait("cake")?;
    /// assert_eq!((queue.len(), queue.maxsize(), queue.is_full()), (2, 2, true));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn len(&self) -> usize {
        self.0.store.borrow().len()
    }

    /// Says whether no item is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Says whether it has no room; never so without a limit.
    pub fn is_full(&self) -> bool {
        self.0.maxsize > 0 && self.len() >= self.0.maxsize
    }

    /// Returns how many items it has room for; 0 is no limit.
    pub fn maxsize(&self) -> usize {
        self.0.maxsize
    }

    fn check_open(&self) -> Result<()> {
        if self.0.is_shut.get() { Err(Error::new(Kind::QueueShutDown, "")) } else { Ok(()) }
    }

    fn wait_for(&self, why: String, place: Place) -> WaitFor {
        WaitFor { on: self.0.label.id(), until: None, why, place: Some(place) }
    }

    fn tell(&self, kind: Event, item: &T, place: Place) {
        let id = self.0.label.id();
        if id != 0 {
            let text = || self.0.show.get().map(|show| show(item)).unwrap_or_default();
            aside(|| record(Entry::new(kind).on(id).text(&text()).at(place)));
        }
    }

    fn tell_depth(&self) {
        record(Entry::new(Event::Depth).on(self.0.label.id()).value(self.len() as i64));
    }
}

/// Tells what Python's `repr` tells, and the number of items in place of them.
impl<T> Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { maxsize, getters, putters, backlog, is_shut, .. } = &*self.0;
        write!(f, "<Queue maxsize={maxsize}")?;
        let counts = [
            (" len=", self.len()),
            (" getters=", getters.len()),
            (" putters=", putters.len()),
            (" tasks=", backlog.len()),
        ];
        for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            write!(f, "{name}{count}")?;
        }
        f.write_str(if is_shut.get() { " shutdown>" } else { ">" })
    }
}
