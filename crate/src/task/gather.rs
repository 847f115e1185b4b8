use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::current::need_loop;
use super::gathering::Gathering;
use super::spawn::ensure_task;
use crate::error::{Error, Result};
use crate::executor::{Core, Task, TaskRef, Wait, WaitFor, Waitable};
use crate::trace::Place;

/// Runs futures beside each other and gives their values in the order of the futures: Python's `asyncio.gather`.
///
/// Each future becomes a task at once, unless it is one. The first error comes out as soon as it is there; the others
/// go on. Asking the task that waits to stop asks all of them.
///
/// # Errors
///
/// The first error, the `CancelledError` of one that was cancelled, or a `RuntimeError` outside of a loop.
///
/// ```
/// use loopscope::{Duration, VirtualLoop, gather, now, sleep};
///
/// let program = async {
///     let squares = gather((1..=3).map(|number| async move {
///         sleep(Duration::from_secs(number)).await?;
///         Ok(number * number)
///     }));
///     Ok((squares.await?, now().as_secs_f64()))
/// };
/// assert_eq!(VirtualLoop::new().run(program).unwrap(), (vec![1, 4, 9], 3.0));
/// ```
#[track_caller]
pub fn gather<T, F>(futures: impl IntoIterator<Item = F>) -> Gather<Vec<T>>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    Gather::start(false, |core| {
        let tasks: Vec<Task<T>> = futures.into_iter().map(|future| ensure_task(core, future)).collect();
        let handles = tasks.iter().map(|task| (**task).clone()).collect();
        Ok((handles, Box::new(move || tasks.iter().map(Task::take).collect())))
    })
}

/// As [`gather`], but gives what became of each: Python's `gather(…, return_exceptions=True)`.
///
/// # Errors
///
/// Only a `CancelledError` when it was asked to stop, and a `RuntimeError` outside of a loop.
///
/// ```
/// use loopscope::{Error, VirtualLoop, gather_results};
///
/// let odd = |number| async move { if number % 2 == 1 { Ok(number) } else { Err(Error::value("only odd")) } };
/// let program = async move { gather_results([1, 2].map(odd)).await };
/// let results = VirtualLoop::new().run(program).unwrap();
/// assert_eq!(*results[0].as_ref().unwrap(), 1);
/// assert_eq!(results[1].as_ref().unwrap_err().message(), "only odd");
/// ```
#[track_caller]
pub fn gather_results<T, F>(futures: impl IntoIterator<Item = F>) -> Gather<Vec<Result<T>>>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    Gather::start(true, |core| {
        let tasks: Vec<Task<T>> = futures.into_iter().map(|future| ensure_task(core, future)).collect();
        let handles = tasks.iter().map(|task| (**task).clone()).collect();
        let result = |task: &Task<T>| if task.is_cancelled() { Err(Error::cancelled()) } else { task.take() };
        Ok((handles, Box::new(move || Ok(tasks.iter().map(result).collect()))))
    })
}

/// Takes the values of tasks that have all ended.
pub(super) type Take<O> = Box<dyn FnOnce() -> Result<O>>;

/// The results of several tasks. Made by [`gather`], [`gather_results`] and [`gather_tuple`](super::gather_tuple).
#[must_use = "the tasks run without this, but nobody hears of their errors"]
pub struct Gather<O> {
    /// An error when there was no loop.
    gathering: Result<Rc<Gathering>>,
    take: Option<Take<O>>,
    wait: Option<Wait>,
    place: Place,
}

impl<O> Gather<O> {
    #[track_caller]
    pub(super) fn start(
        each: bool,
        start: impl FnOnce(&Rc<Core>) -> Result<(Vec<TaskRef>, Take<O>)>,
    ) -> Self {
        let place = Location::caller();
        let started = need_loop().and_then(|core| {
            let (children, take) = start(&core)?;
            Ok((Gathering::start(&core, children, each), take))
        });
        match started {
            Ok((gathering, take)) => Gather { gathering: Ok(gathering), take: Some(take), wait: None, place },
            Err(error) => Gather { gathering: Err(error), take: None, wait: None, place },
        }
    }

    /// Asks all tasks that have not ended to stop; false when there are none.
    pub fn cancel(&self) -> bool {
        let core =
            self.gathering.as_ref().ok().and_then(|gathering| gathering.children.first()?.cell().core());
        core.zip(self.gathering.as_ref().ok()).is_some_and(|(core, gathering)| gathering.cancel(&core, &None))
    }

    /// Says whether the results, or the error, are there.
    pub fn is_finished(&self) -> bool {
        self.gathering.as_ref().is_ok_and(|gathering| gathering.outer.outcome.is_finished())
    }
}

impl<O> Future for Gather<O> {
    type Output = Result<O>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<O>> {
        let Gather { gathering, take, wait, place } = &mut *self;
        let gathering = match gathering {
            Ok(gathering) => gathering,
            Err(error) => return Poll::Ready(Err(error.clone())),
        };
        let outcome = &gathering.outer.outcome;
        let wait =
            wait.get_or_insert_with(|| Wait::with_target(outcome.promise().clone(), gathering.clone()));
        let ended = std::task::ready!(wait.poll(|| {
            let why = format!("{} tasks to end", gathering.left.get());
            WaitFor { why, place: Some(*place), ..WaitFor::default() }
        }));
        if let Err(error) = ended {
            outcome.forgive();
            return Poll::Ready(Err(error));
        }
        outcome.check()?;
        let taken = || Error::runtime("the results of this gather were taken before");
        Poll::Ready(take.take().map_or_else(|| Err(taken()), |take| take()))
    }
}
