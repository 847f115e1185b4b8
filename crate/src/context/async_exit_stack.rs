use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use futures::future::LocalBoxFuture;

use super::crossing::Crossing;
use super::exit_stack::Leave;
use super::unwinding::Unwinding;
use super::{AsyncContext, Context, Exit, async_with, with};
use crate::error::{Error, Result};
use crate::executor::Bracket;

/// What is awaited when a stack is left.
type LeaveAsync = Box<dyn FnOnce(Option<Error>) -> LocalBoxFuture<'static, Result<Exit>>>;

/// What is done when a stack is left.
enum Exiting {
    Call(Leave),
    Await(LeaveAsync),
}

type Exits = Rc<RefCell<Vec<Exiting>>>;

/// Any number of context managers, also async ones, entered one by one and left together, the last one first.
///
/// Clones are the same stack. Like Python's, a stack that is neither left nor closed calls nothing.
///
/// ```
/// use loopscope::{AsyncExitStack, Duration, VirtualLoop, async_context, async_with, now, sleep};
///
/// let connection = |number: u32| async_context(async move |co| {
///     sleep(Duration::from_secs(1)).await?;
///     co.yield_(number).await.map(drop)
/// });
/// let opened = VirtualLoop::new().run(async move {
///     async_with(AsyncExitStack::new(), async |stack| {
///         let first = stack.enter_async_context(connection(1)).await?;
///         let second = stack.enter_async_context(connection(2)).await?;
///         Ok((first, second, now().as_secs_f64()))
///     })
///     .await
/// });
/// assert_eq!(opened.unwrap(), Some((1, 2, 2.0)));
/// ```
#[derive(Clone, Default)]
pub struct AsyncExitStack {
    exits: Exits,
}

impl AsyncExitStack {
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
    pub fn enter_async_context<M: AsyncContext + 'static>(
        &self,
        manager: M,
    ) -> impl Future<Output = Result<M::Value>> {
        let place = Location::caller();
        async move {
            let (mut held, value) = async_with::enter(manager, place).await?;
            if let Some(entered) = held.release() {
                self.add_async(async move |error| entered.leave(error).await);
            }
            Ok(value)
        }
    }

    /// Enters a manager that does not wait, which is left with the stack.
    ///
    /// # Errors
    ///
    /// What entering raised; then nothing is added to the stack.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, VirtualLoop, async_with, nullcontext};
    ///
    /// let both = VirtualLoop::new().run(async {
    ///     async_with(AsyncExitStack::new(), async |stack| {
    ///         Ok((stack.enter_context(nullcontext(1))?, stack.enter_async_context(nullcontext(2)).await?))
    ///     })
    ///     .await
    /// });
    /// assert_eq!(both?, Some((1, 2)));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[track_caller]
    pub fn enter_context<M: Context + 'static>(&self, mut manager: M) -> Result<M::Value> {
        let bracket = Bracket::open(Location::caller(), || manager.name());
        let value = bracket.entered(manager.enter())?;
        self.push(move |error| with::leave(&mut manager, bracket, error));
        Ok(value)
    }

    /// Adds the exit of a manager that is entered already.
    ///
    /// ```
    /// use loopscope::{AsyncContext, AsyncExitStack, VirtualLoop, async_context, now, sleep, Duration};
    ///
    /// let left_at = VirtualLoop::new().run(async {
    ///     let mut slow = async_context(async |co| {
    ///         co.yield_("it").await?;
    ///         sleep(Duration::from_secs(2)).await
    ///     });
    ///     assert_eq!(slow.enter().await?, "it");
    ///     let stack = AsyncExitStack::new();
    ///     stack.push_async_context(slow);
    ///     stack.aclose().await?;
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(left_at?, 2.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn push_async_context<M: AsyncContext + 'static>(&self, mut manager: M) {
        self.add_async(async move |error: Option<Error>| manager.exit(error.as_ref()).await);
    }

    /// Adds the exit of a manager that is entered already and does not wait.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Context, Error, VirtualLoop, context};
    ///
    /// let raised = VirtualLoop::new().run(async {
    ///     let mut manager = context(async |co| {
    ///         co.yield_("it").await?;
    ///         Err(Error::value("on leaving"))
    ///     });
    ///     assert_eq!(manager.enter()?, "it");
    ///     let stack = AsyncExitStack::new();
    ///     stack.push_context(manager);
    ///     stack.aclose().await
    /// });
    /// assert_eq!(raised.unwrap_err().message(), "on leaving");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push_context<M: Context + 'static>(&self, mut manager: M) {
        self.push(move |error| manager.exit(error));
    }

    /// Adds an async function that is called as an exit is: it may suppress the error.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Error, Exit, VirtualLoop, async_with};
    ///
    /// let calm = VirtualLoop::new().run(async {
    ///     async_with(AsyncExitStack::new(), async |stack| {
    ///         stack.push_async_exit(async |error| {
    ///             assert_eq!(error.map(Error::message), Some("no"));
    ///             Ok(Exit::Suppress)
    ///         });
    ///         Err::<(), _>(Error::value("no"))
    ///     })
    ///     .await
    /// });
    /// assert_eq!(calm.unwrap(), None);
    /// ```
    pub fn push_async_exit(&self, exit: impl AsyncFnOnce(Option<&Error>) -> Result<Exit> + 'static) {
        self.add_async(async move |error: Option<Error>| exit(error.as_ref()).await);
    }

    /// Adds a function that is called as an exit is: it may suppress the error.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Error, Exit, VirtualLoop, async_with};
    ///
    /// let calm = VirtualLoop::new().run(async {
    ///     async_with(AsyncExitStack::new(), async |stack| {
    ///         stack.push(|error| Ok(if error.is_some() { Exit::Suppress } else { Exit::Propagate }));
    ///         Err::<(), _>(Error::value("no"))
    ///     })
    ///     .await
    /// });
    /// assert_eq!(calm?, None);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn push(&self, exit: impl FnOnce(Option<&Error>) -> Result<Exit> + 'static) {
        self.exits.borrow_mut().push(Exiting::Call(Box::new(exit)));
    }

    /// Adds an async function that is only called: it cannot suppress an error.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Duration, VirtualLoop, async_with, now, sleep};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     async_with(AsyncExitStack::new(), async |stack| {
    ///         stack.push_async_callback(async || sleep(Duration::from_secs(1)).await);
    ///         stack.push_async_callback(async || sleep(Duration::from_secs(2)).await);
    ///         Ok(())
    ///     })
    ///     .await?;
    ///     Ok(now().as_secs_f64())
    /// });
    /// assert_eq!(seconds?, 3.0);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn push_async_callback(&self, call: impl AsyncFnOnce() -> Result<()> + 'static) {
        self.push_async_exit(async move |_| call().await.map(|()| Exit::Propagate));
    }

    /// Adds a function that is only called: it cannot suppress an error.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Error, VirtualLoop, async_with};
    ///
    /// let raised = VirtualLoop::new().run(async {
    ///     async_with(AsyncExitStack::new(), async |stack| {
    ///         stack.callback(|| Err(Error::value("called last")));
    ///         stack.callback(|| Ok(println!("called first")));
    ///         Err::<(), _>(Error::key("body"))
    ///     })
    ///     .await
    /// });
    /// let told = "ValueError: called last, while handling KeyError: body";
    /// assert_eq!(raised.unwrap_err().to_string(), told);
    /// ```
    pub fn callback(&self, call: impl FnOnce() -> Result<()> + 'static) {
        self.push(move |_| call().map(|()| Exit::Propagate));
    }

    /// Moves all there is into a new stack, so that leaving this one does nothing.
    ///
    /// ```
    /// use loopscope::{AsyncExitStack, Duration, VirtualLoop, async_with, now, sleep};
    ///
    /// let seconds = VirtualLoop::new().run(async {
    ///     let kept = async_with(AsyncExitStack::new(), async |stack| {
    ///         stack.push_async_callback(async || sleep(Duration::from_secs(1)).await);
    ///         // Nothing has failed: whoever has the new stack leaves it.
    ///         Ok(stack.pop_all())
    ///     })
    ///     .await?
    ///     .unwrap_or_default();
    ///     let before = now().as_secs_f64();
    ///     kept.aclose().await?;
    ///     kept.aclose().await?; // does nothing
    ///     Ok((before, now().as_secs_f64()))
    /// });
    /// assert_eq!(seconds?, (0.0, 1.0));
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    #[must_use = "what is on the stack is only left when this one is"]
    pub fn pop_all(&self) -> Self {
        AsyncExitStack { exits: Rc::new(RefCell::new(self.exits.take())) }
    }

    /// Leaves all that was entered. What is left is gone: a second time does nothing.
    ///
    /// # Errors
    ///
    /// What an exit raised, if none that followed suppressed it.
    pub async fn aclose(&self) -> Result<()> {
        self.unwind(None).await.map(drop)
    }

    fn add_async(&self, exit: impl AsyncFnOnce(Option<Error>) -> Result<Exit> + 'static) {
        let exit: LeaveAsync = Box::new(move |error| Box::pin(async move { exit(error).await }));
        self.exits.borrow_mut().push(Exiting::Await(exit));
    }

    fn unwind(&self, error: Option<Error>) -> Crossing<Exit> {
        let exits = self.exits.clone();
        Crossing::new(async move {
            let mut unwinding = Unwinding::new(error.as_ref());
            // An exit may add to the stack it is on: that is next.
            while let Some(exit) = { exits.borrow_mut().pop() } {
                let exit = match exit {
                    Exiting::Call(exit) => exit(unwinding.error()),
                    Exiting::Await(exit) => exit(unwinding.error().cloned()).await,
                };
                unwinding.after(exit);
            }
            unwinding.end()
        })
    }
}

impl AsyncContext for AsyncExitStack {
    type Value = AsyncExitStack;

    async fn enter(&mut self) -> Result<AsyncExitStack> {
        Ok(self.clone())
    }

    async fn exit(&mut self, error: Option<&Error>) -> Result<Exit> {
        self.unwind(error.cloned()).await
    }
}
