use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::fmt::{self, Debug};
use std::panic::Location;
use std::rc::Rc;

use super::backlog::Backlog;
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
    pub fn lifo(maxsize: usize) -> Self {
        Self::with_store(maxsize, Store::Lifo(Vec::new()))
    }

    /// Creates a queue out of which comes first what is least, as Python's `PriorityQueue`; of equal items the one that
    /// was put first. For the greatest first, put [`std::cmp::Reverse`].
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

    /// Waits for room and puts an item. An item that could not be put is dropped.
    ///
    /// # Errors
    ///
    /// A `QueueShutDown` when the queue is shut down, a `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn put(&self, item: T) -> impl Future<Output = Result<()>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move {
            while queue.is_full() {
                queue.check_open()?;
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

    /// Waits for an item and takes it out.
    ///
    /// # Errors
    ///
    /// A `QueueShutDown` when the queue is shut down and empty, a `CancelledError` when the task is asked to stop
    /// meanwhile.
    #[track_caller]
    pub fn get(&self) -> impl Future<Output = Result<T>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move {
            while queue.is_empty() {
                queue.check_open()?;
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

    /// Says that the work on an item is done; [`Queue::join`] waits for that.
    ///
    /// # Errors
    ///
    /// A `ValueError` when it was said of all items before.
    pub fn task_done(&self) -> Result<()> {
        self.0.backlog.done()
    }

    /// Waits until the work on all items is done.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn join(&self) -> impl Future<Output = Result<()>> + use<T> {
        let (queue, place) = (self.clone(), Location::caller());
        async move { queue.0.backlog.join(|why| queue.wait_for(why, place)).await }
    }

    /// Lets nothing more in; what is in it can still be taken out, unless `immediate`: then it is dropped and done.
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
