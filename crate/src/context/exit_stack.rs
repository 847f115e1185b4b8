use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use super::unwinding::Unwinding;
use super::with::leave;
use super::{Context, Exit};
use crate::error::{Error, Result};
use crate::executor::Bracket;

/// What is called when a stack is left.
pub(super) type Leave = Box<dyn FnOnce(Option<&Error>) -> Result<Exit>>;

/// Any number of context managers, entered one by one and left together, the last one first.
///
/// Clones are the same stack. Like Python's, a stack that is neither left nor closed calls nothing.
///
/// ```
/// use loopscope::{ExitStack, context, with};
///
/// let file = |name: &'static str| context(async move |co| co.yield_(name).await.map(drop));
/// let names = with(ExitStack::new(), |stack| {
///     ["a.txt", "b.txt"].map(|name| stack.enter_context(file(name))).into_iter().collect::<Result<Vec<_>, _>>()
/// })?;
/// assert_eq!(names, Some(vec!["a.txt", "b.txt"]));
/// # Ok::<(), loopscope::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct ExitStack {
    exits: Rc<RefCell<Vec<Leave>>>,
}

impl ExitStack {
    /// Creates an empty stack.
    pub fn new() -> Self {
        Self::default()
    }

    /// Enters a manager, which is left with the stack.
    ///
    /// # Errors
    ///
    /// What entering raised; then nothing is added to the stack.
    #[track_caller]
    pub fn enter_context<M: Context + 'static>(&self, mut manager: M) -> Result<M::Value> {
        let bracket = Bracket::open(Location::caller(), || manager.name());
        let value = bracket.entered(manager.enter())?;
        self.push(move |error| leave(&mut manager, bracket, error));
        Ok(value)
    }

    /// Adds the exit of a manager that is entered already.
    ///
    /// ```
    /// use loopscope::{Context, Exit, ExitStack, Result};
    ///
    /// struct Door;
    ///
    /// impl Context for Door {
    ///     type Value = &'static str;
    ///
    ///     fn enter(&mut self) -> Result<Self::Value> {
    ///         Ok("open")
    ///     }
    ///
    ///     fn exit(&mut self, _: Option<&loopscope::Error>) -> Result<Exit> {
    ///         Err(loopscope::Error::runtime("the door is stuck"))
    ///     }
    /// }
    ///
    /// let mut door = Door;
    /// assert_eq!(door.enter()?, "open");
    /// let stack = ExitStack::new();
    /// stack.push_context(door);
    /// assert_eq!(stack.close().unwrap_err().message(), "the door is stuck");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn push_context<M: Context + 'static>(&self, mut manager: M) {
        self.push(move |error| manager.exit(error));
    }

    /// Adds a function that is called as an exit is: it may suppress the error.
    ///
    /// ```
    /// use loopscope::{Error, Exit, ExitStack, with};
    ///
    /// let calm = with(ExitStack::new(), |stack| {
    ///     stack.push(|error| {
    ///         assert_eq!(error.map(Error::message), Some("no"));
    ///         Ok(Exit::Suppress)
    ///     });
    ///     Err::<(), _>(Error::value("no"))
    /// });
    /// assert_eq!(calm?, None);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push(&self, exit: impl FnOnce(Option<&Error>) -> Result<Exit> + 'static) {
        self.exits.borrow_mut().push(Box::new(exit));
    }

    /// Adds a function that is only called: it cannot suppress an error.
    ///
    /// ```
    /// use std::{cell::RefCell, rc::Rc};
    ///
    /// use loopscope::{ExitStack, with};
    ///
    /// let order = Rc::new(RefCell::new(vec![]));
    /// let note = |text: &'static str| {
    ///     let order = order.clone();
    ///     move || Ok(order.borrow_mut().push(text))
    /// };
    /// with(ExitStack::new(), |stack| {
    ///     stack.callback(note("added first"));
    ///     stack.callback(note("added last"));
    ///     Ok(())
    /// })?;
    /// assert_eq!(*order.borrow(), ["added last", "added first"]);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn callback(&self, call: impl FnOnce() -> Result<()> + 'static) {
        self.push(move |_| call().map(|()| Exit::Propagate));
    }

    /// Moves all there is into a new stack, so that leaving this one does nothing.
    ///
    /// ```
    /// use loopscope::{Error, ExitStack, with};
    ///
    /// fn open_all() -> Result<ExitStack, Error> {
    ///     let kept = with(ExitStack::new(), |stack| {
    ///         stack.callback(|| Err(Error::value("closed")));
    ///         // Nothing has failed: who called takes care of them from here.
    ///         Ok(stack.pop_all())
    ///     })?;
    ///     Ok(kept.unwrap_or_default())
    /// }
    ///
    /// assert_eq!(open_all()?.close().unwrap_err().message(), "closed");
    /// # Ok::<(), Error>(())
    /// ```
    #[must_use = "what is on the stack is only left when this one is"]
    pub fn pop_all(&self) -> Self {
        ExitStack { exits: Rc::new(RefCell::new(self.exits.take())) }
    }

    /// Leaves all that was entered. What is left is gone: a second time does nothing.
    ///
    /// # Errors
    ///
    /// What an exit raised, if none that followed suppressed it.
    pub fn close(&self) -> Result<()> {
        self.unwind(None).map(drop)
    }

    fn unwind(&self, error: Option<&Error>) -> Result<Exit> {
        let mut unwinding = Unwinding::new(error);
        // An exit may add to the stack it is on: that is next.
        while let Some(exit) = { self.exits.borrow_mut().pop() } {
            unwinding.after(exit(unwinding.error()));
        }
        unwinding.end()
    }
}

impl Context for ExitStack {
    type Value = ExitStack;

    fn enter(&mut self) -> Result<ExitStack> {
        Ok(self.clone())
    }

    fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.unwind(error)
    }
}
