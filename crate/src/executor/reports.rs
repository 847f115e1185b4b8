use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use super::console::complain;
use super::{Core, current};
use crate::error::Error;
use crate::memory::aside;
use crate::trace::{Entry, Kind};

/// An error that nobody was there to take, as the loop reports it.
///
/// ```
/// use std::cell::RefCell;
/// use std::rc::Rc;
/// use loopscope::{Duration, Error, VirtualLoop, sleep, spawn};
///
/// let told = Rc::new(RefCell::new(vec![]));
/// let notes = told.clone();
/// let virtual_loop = VirtualLoop::new();
/// virtual_loop.on_unhandled(move |unhandled| {
///     assert_eq!(unhandled.message(), "Task exception was never retrieved");
///     assert_eq!((unhandled.task(), unhandled.error().message()), ("task 2", "nobody looks"));
///     notes.borrow_mut().push(unhandled.to_string());
/// });
/// virtual_loop.run(async {
///     drop(spawn::<()>(async { Err(Error::value("nobody looks")) }));
///     sleep(Duration::from_secs(1)).await
/// }).unwrap();
/// assert_eq!(*told.borrow(), ["Task exception was never retrieved (task 2): ValueError: nobody looks"]);
/// ```
#[derive(Clone, Debug)]
pub struct Unhandled {
    message: String,
    error: Error,
    task: String,
}

impl Unhandled {
    /// Returns what happened, in Python's words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the error.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Returns the name of the task that it is about; empty when it is about none.
    pub fn task(&self) -> &str {
        &self.task
    }
}

impl fmt::Display for Unhandled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.task.is_empty() {
            write!(f, " ({})", self.task)?;
        }
        write!(f, ": {}", self.error)
    }
}

type Handler = Rc<dyn Fn(&Unhandled)>;

/// Where a loop reports errors that nobody takes: asyncio's exception handler. It may outlive the loop, since tasks do.
pub(crate) struct Reports {
    core: Weak<Core>,
    handler: RefCell<Option<Handler>>,
}

impl Reports {
    pub(super) fn new(core: Weak<Core>) -> Rc<Self> {
        Rc::new(Reports { core, handler: RefCell::new(None) })
    }

    pub(crate) fn set_handler(&self, handler: impl Fn(&Unhandled) + 'static) {
        *self.handler.borrow_mut() = Some(Rc::new(handler));
    }

    /// Tells the handler, or the terminal or the browser's console if there is neither a handler nor a trace in which it
    /// stands.
    #[cold]
    pub(crate) fn report(&self, message: &str, error: Error, task: u32, name: &str) {
        let report = Unhandled { message: message.to_owned(), error, task: name.to_owned() };
        let core = self.core.upgrade().filter(|core| core.recorder().is_some());
        if let Some(core) = &core {
            let entry = Entry::new(Kind::Unhandled).on(task);
            let text = || format!("{message}: {}", report.error);
            aside(|| core.record(current::task_id(), entry.text(&text())));
        }
        let handler = self.handler.borrow().clone();
        match handler {
            Some(handler) => handler(&report),
            None if core.is_none() => complain(&report.to_string()),
            None => {}
        }
    }
}
