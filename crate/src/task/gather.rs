use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::current::need_loop;
use super::gathering::Gathering;
use super::outer::tasks;
use super::pledge::{Child, Pledge};
use crate::error::{Error, Result};
use crate::executor::{Core, Wait, WaitFor, Waitable};
use crate::trace::Place;

/// Runs futures beside each other and gives their values in the order of the futures: Python's `asyncio.gather`.
///
/// Each future becomes a task at once, unless it is one. The first error comes out as soon as it is there; the others
/// go on. Asking the task that waits to stop asks all of them. A value is moved to whoever takes it first: of a task that
/// is given twice, the second place has an error.
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
        let (children, mut pledges) = pledge(core, futures);
        (children, Box::new(move || pledges.iter_mut().map(Pledge::take).collect()))
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
        let (children, mut pledges) = pledge(core, futures);
        (children, Box::new(move || Ok(pledges.iter_mut().map(result).collect())))
    })
}

fn pledge<T, F>(core: &Rc<Core>, futures: impl IntoIterator<Item = F>) -> (Vec<Child>, Vec<Pledge<T>>)
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let pledges: Vec<_> = futures.into_iter().map(|future| Pledge::new(core, future)).collect();
    (pledges.iter().map(Pledge::child).collect(), pledges)
}

/// Takes a result as it stands in a list: a request to stop is not the one that ended the task, but a new one.
fn result<T: 'static>(pledge: &mut Pledge<T>) -> Result<T> {
    let child = pledge.child();
    if child.is_cancelled() { Err(child.outcome().promise().cancelled_error()) } else { pledge.take() }
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
    pub(super) fn start(each: bool, start: impl FnOnce(&Rc<Core>) -> (Vec<Child>, Take<O>)) -> Self {
        let place = Location::caller();
        let started = need_loop().and_then(|core| {
            let (children, take) = start(&core);
            children.iter().try_for_each(|child| child.check_home(&core))?;
            Ok((Gathering::start(&core, children, each), take))
        });
        match started {
            Ok((gathering, take)) => Gather { gathering: Ok(gathering), take: Some(take), wait: None, place },
            Err(error) => Gather { gathering: Err(error), take: None, wait: None, place },
        }
    }

    /// Asks all tasks that have not ended to stop; false when there are none.
    ///
    /// ```
    /// use loopscope::{Duration, VirtualLoop, gather, sleep, spawn};
    ///
    /// let counts = VirtualLoop::new().run(async {
    ///     let naps: Vec<_> = [1, 2, 3].map(|seconds| spawn(sleep(Duration::from_secs(seconds)))).into();
    ///     let all = gather(naps.clone());
    ///     sleep(Duration::from_millis(1500)).await?;
    ///     assert!(!all.is_finished() && all.cancel());
    ///     assert!(all.await.is_err());
    ///     Ok(naps.iter().filter(|nap| nap.is_cancelled()).count())
    /// });
    /// assert_eq!(counts?, 2);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn cancel(&self) -> bool {
        self.gathering().is_some_and(|gathering| {
            gathering.outer.core().is_some_and(|core| gathering.cancel(&core, &None))
        })
    }

    /// Says whether the results, or the error, are there.
    pub fn is_finished(&self) -> bool {
        self.gathering().is_some_and(|gathering| gathering.outer.outcome.is_finished())
    }

    /// Returns what the tasks' callbacks know, unless there was no loop.
    pub(super) fn gathering(&self) -> Option<&Rc<Gathering>> {
        self.gathering.as_ref().ok()
    }

    /// Takes the results, or gives the error, once they are there.
    pub(super) fn take(&mut self) -> Result<O> {
        self.gathering.as_ref().map_err(Error::clone)?.outer.outcome.check()?;
        self.take_values()
    }

    fn take_values(&mut self) -> Result<O> {
        let taken = || Error::runtime("the results of this gather were taken before");
        self.take.take().map_or_else(|| Err(taken()), |take| take())
    }
}

impl<O> Future for Gather<O> {
    type Output = Result<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<O>> {
        let Gather { gathering, wait, place, .. } = &mut *self;
        let gathering = match gathering {
            Ok(gathering) => gathering,
            Err(error) => return Poll::Ready(Err(error.clone())),
        };
        let outcome = &gathering.outer.outcome;
        let wait =
            wait.get_or_insert_with(|| Wait::with_target(outcome.promise().clone(), gathering.clone()));
        let ended = std::task::ready!(wait.poll(context, || {
            let why = format!("{} to end", tasks(gathering.left.get()));
            WaitFor { why, place: Some(*place), ..WaitFor::default() }
        }));
        Poll::Ready(outcome.heard(ended).and_then(|()| self.take_values()))
    }
}
