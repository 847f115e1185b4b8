use std::cell::Cell;
use std::fmt;
use std::panic::Location;
use std::rc::Rc;

use super::home::Home;
use super::line::Line;
use crate::error::Result;
use crate::executor::{Label, WaitFor};

/// A flag that tasks can wait for: Python's `asyncio.Event`.
///
/// ```
/// use loopscope::{Duration, Event, VirtualLoop, now, sleep, spawn};
///
/// let woken = VirtualLoop::new().run(async {
///     let event = Event::new();
///     let waiter = spawn({
///         let event = event.clone();
///         async move {
///             event.wait().await?;
///             Ok(now())
///         }
///     });
///     sleep(Duration::from_secs(3)).await?;
///     event.set();
///     waiter.await
/// });
/// assert_eq!(woken.unwrap().as_secs_f64(), 3.0);
/// ```
#[derive(Clone)]
pub struct Event(Rc<Inner>);

struct Inner {
    is_set: Cell<bool>,
    line: Line,
    home: Home,
    label: Label,
}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}

impl Event {
    /// Creates an event that is not set.
    pub fn new() -> Self {
        Event(Rc::new(Inner {
            is_set: Cell::new(false),
            line: Line::default(),
            home: Home::default(),
            label: Label::new("event", 0),
        }))
    }

    /// Gives the event a name in the trace.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.0.label.name(name);
        self
    }

    /// Says whether it is set.
    pub fn is_set(&self) -> bool {
        self.0.is_set.get()
    }

    /// Sets it, and wakes all who wait: they go on even if it is cleared before their turn comes.
    pub fn set(&self) {
        if !self.0.is_set.replace(true) {
            self.0.line.wake_all();
        }
    }

    /// Clears it: from now on [`Event::wait`] waits again.
    ///
    /// ```
    /// use loopscope::{Event, VirtualLoop};
    ///
    /// VirtualLoop::new().run(async {
    ///     let event = Event::new().named("ready");
    ///     event.set();
    ///     event.wait().await?; // at once
    ///     event.clear();
    ///     assert!(!event.is_set());
    ///     Ok(())
    /// })?;
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn clear(&self) {
        self.0.is_set.set(false);
    }

    /// Waits until it is set; goes on at once if it is.
    ///
    /// # Errors
    ///
    /// A `CancelledError` when the task is asked to stop meanwhile.
    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = Result<()>> + use<> {
        let (event, place) = (self.clone(), Location::caller());
        async move {
            let Inner { is_set, line, home, label } = &*event.0;
            if is_set.get() {
                return Ok(());
            }
            home.enter(&event)?;
            let why = || "the event to be set".to_owned();
            let describe = || WaitFor { on: label.id(), until: None, why: why(), place: Some(place) };
            // Setting wakes everybody: who gives up owes nothing to the others.
            line.wait("the event was set", describe, |_| ()).await
        }
    }
}

/// Tells what Python's `repr` tells.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<Event [{}{}]>", if self.is_set() { "set" } else { "unset" }, self.0.line)
    }
}
