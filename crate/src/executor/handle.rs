use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::program_line::program_line;
use super::{Core, Current, Ready, TaskRef, Wait, WaitFor, current, take_injection};
use crate::error::{Error, Result};
use crate::trace::Place;

/// A task that was started: a [`TaskRef`] that also has a result. Dropping the handle lets the task go on.
///
/// Awaiting it gives the result and takes it: of several handles, which are made with `clone`, one gets a value, while
/// an error is there for all of them. [`Task::join`] gives a value that can be cloned to each.
/// Asking a task to stop while it awaits this one asks this one to stop, as in asyncio.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, sleep, spawn};
///
/// let outcome = VirtualLoop::new().run(async {
///     let slow = spawn(async { sleep(Duration::from_secs(60)).await });
///     sleep(Duration::from_secs(1)).await?;
///     slow.cancel();
///     Ok(slow.await)
/// });
/// assert_eq!(outcome.unwrap().unwrap_err().to_string(), "CancelledError");
/// ```
pub struct Task<T> {
    handle: TaskRef,
    value: Rc<Cell<Option<T>>>,
    end: End,
}

/// Starts a task on a loop.
pub(crate) fn spawn_on<T: 'static>(
    core: &Rc<Core>,
    name: Option<&str>,
    program: impl Future<Output = Result<T>> + 'static,
) -> Task<T> {
    spawn_at(core, None, name, program)
}

/// As [`spawn_on`], from a place in the program.
pub(crate) fn spawn_at<T: 'static>(
    core: &Rc<Core>,
    place: Option<Place>,
    name: Option<&str>,
    program: impl Future<Output = Result<T>> + 'static,
) -> Task<T> {
    core.charge(|| {
        let value = Rc::new(Cell::new(None));
        let result = value.clone();
        let frame = Box::pin(Program { program, result });
        let handle = TaskRef::new(core.spawn(place, name, frame));
        Task { handle, value, end: End::default() }
    })
}

pin_project! {
    /// A task's program, which leaves its result for the handles. Not an async block: that has its future twice, as what it
    /// captures and as what it awaits.
    struct Program<F, T> {
        #[pin]
        program: F,
        result: Rc<Cell<Option<T>>>,
    }
}

impl<F: Future<Output = Result<T>>, T> Future for Program<F, T> {
    type Output = Result<()>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let this = self.project();
        this.program.poll(context).map_ok(|value| this.result.set(Some(value)))
    }
}

/// Starts a task, in the next turn, that closes something the program has left open. It hears itself of a request to
/// stop that comes before its first step: `close` gets it, as a generator's body does in asyncio.
pub(crate) fn spawn_closer<F>(core: &Rc<Core>, close: impl FnOnce(Option<Error>) -> F + 'static)
where
    F: Future<Output = Result<()>> + 'static,
{
    let start = |core: &Rc<Core>| {
        let program = async move { close(take_injection()).await };
        spawn_on(core, Some("aclose"), program).cell().started.set(true);
    };
    core.push(Ready::Call(Box::new(start), 0));
}

/// Starts the task that is the program: when it ends, all others are asked to stop, as `asyncio.run` does.
pub(crate) fn spawn_main<T: 'static>(
    core: &Rc<Core>,
    program: impl Future<Output = Result<T>> + 'static,
) -> Task<T> {
    let main = spawn_on(core, Some("main"), program);
    main.when_done(|core| core.stop());
    main
}

impl<T> Task<T> {
    /// Takes the result if the task has ended.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, sleep};
    ///
    /// let virtual_loop = VirtualLoop::new();
    /// let slow = virtual_loop.spawn("slow", async {
    ///     sleep(Duration::from_secs(2)).await?;
    ///     Ok("done")
    /// });
    /// virtual_loop.advance(Duration::from_secs(1));
    /// assert!(slow.result().is_none());
    /// virtual_loop.advance(Duration::from_secs(1));
    /// assert_eq!(slow.result().unwrap()?, "done");
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn result(&self) -> Option<Result<T>> {
        self.is_finished().then(|| self.take())
    }

    /// Takes the value, or gives the error; a `RuntimeError` when the value was taken before.
    pub(crate) fn take(&self) -> Result<T> {
        self.cell().outcome().check()?;
        self.take_value()
    }

    fn take_value(&self) -> Result<T> {
        let taken = || Error::runtime(format!("the result of {} was taken before", self.name()));
        self.value.take().ok_or_else(taken)
    }

    /// Waits for the end and gives a clone of the result: any number of tasks can do so.
    ///
    /// # Errors
    ///
    /// The task's own error, or a `CancelledError` when the one who waits is asked to stop.
    ///
    /// ```
    /// use loopscope::{VirtualLoop, spawn};
    ///
    /// let both = VirtualLoop::new().run(async {
    ///     let number = spawn(async { Ok(5) });
    ///     Ok((number.join().await?, number.join().await?))
    /// });
    /// assert_eq!(both.unwrap(), (5, 5));
    /// ```
    #[track_caller]
    pub fn join(&self) -> Join<T>
    where
        T: Clone,
    {
        Join { task: self.clone(), place: Location::caller() }
    }
}

/// Another handle of the same task.
impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Task { handle: self.handle.clone(), value: self.value.clone(), end: End::default() }
    }
}

impl<T> Deref for Task<T> {
    type Target = TaskRef;

    fn deref(&self) -> &TaskRef {
        &self.handle
    }
}

impl<T> AsRef<TaskRef> for Task<T> {
    fn as_ref(&self) -> &TaskRef {
        &self.handle
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handle.fmt(f)
    }
}

/// The wait for the end of a task.
#[derive(Default)]
enum End {
    #[default]
    Unasked,
    /// It cannot be waited for: this error is on its way.
    Refused(Error),
    Waiting(Wait),
}

impl End {
    fn poll(&mut self, context: &Context<'_>, task: &TaskRef, place: Place) -> Poll<Result<()>> {
        if let End::Unasked = self {
            *self = match current().and_then(|own| Some((refusal(&own, task)?, own))) {
                Some((message, own)) => {
                    let error = Error::runtime(message);
                    own.task.inject(error.clone());
                    own.core.wake(own.task.key());
                    *self = End::Refused(error);
                    return Poll::Pending;
                }
                None => {
                    let promise = task.cell().outcome().promise().clone();
                    End::Waiting(Wait::with_target(promise, Rc::new(task.clone())))
                }
            };
        }
        match self {
            End::Waiting(wait) => wait.poll(context, || {
                let why = format!("{} to end", task.name());
                WaitFor { why, place: program_line(place), ..WaitFor::default() }
            }),
            End::Refused(own) => match take_injection() {
                Some(error) => {
                    // A request to stop comes in its place, and no other await has to do with it.
                    let _ = current().map(|current| current.task.take_back(own));
                    Poll::Ready(Err(error))
                }
                None => Poll::Pending,
            },
            End::Unasked => Poll::Pending,
        }
    }
}

/// Says why the one that runs cannot wait for a task, as asyncio does.
fn refusal(own: &Current, task: &TaskRef) -> Option<String> {
    if Rc::ptr_eq(&own.task, task.cell()) {
        Some(format!("Task cannot await on itself: {}", task.name()))
    } else if !task.is_finished() && !task.cell().is_of(&own.core) {
        Some(format!("Task {} got Future {} attached to a different loop", own.task.name(), task.name()))
    } else {
        None
    }
}

impl<T> Future for Task<T> {
    type Output = Result<T>;

    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let this = &mut *self;
        let ended = std::task::ready!(this.end.poll(context, &this.handle, Location::caller()));
        Poll::Ready(this.cell().outcome().heard(ended).and_then(|()| this.take_value()))
    }
}

/// A future that gives a clone of a task's result. Made by [`Task::join`].
#[must_use = "nothing is waited for until this is awaited"]
pub struct Join<T> {
    task: Task<T>,
    place: Place,
}

impl<T: Clone> Future for Join<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let Join { task, place } = &mut *self;
        let ended = std::task::ready!(task.end.poll(context, &task.handle, place));
        Poll::Ready(task.cell().outcome().heard(ended).and_then(|()| {
            let value = task.take_value()?;
            task.value.set(Some(value.clone()));
            Ok(value)
        }))
    }
}
