use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::panic::Location;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures::stream::{FusedStream, Stream};

use super::current::need_loop;
use super::outer::tasks;
use super::pledge::Pledge;
use super::timer::Timer;
use crate::error::{Error, Result};
use crate::executor::{Core, Promise, Subscription, Task, Wait, WaitFor};
use crate::shelf::Shelf;
use crate::time::Duration;
use crate::trace::Place;

/// Gives tasks in the order in which they end: Python's `asyncio.as_completed`.
///
/// Each future becomes a task at once, unless it is one; one that was given twice comes once. The tasks go on when this
/// is dropped, and a wait that was cancelled may be made again. With a timeout, each task that has not ended by then
/// comes as a `TimeoutError`.
///
/// ```
/// use futures::TryStreamExt;
/// use loopscope::{Duration, VirtualLoop, as_completed, sleep};
///
/// let order = VirtualLoop::new().run(async {
///     let mut completed = as_completed(
///         [30, 10, 20].map(|millis| async move {
///             sleep(Duration::from_millis(millis)).await?;
///             Ok(millis)
///         }),
///         None,
///     );
///     let mut order = vec![];
///     while let Some(task) = completed.try_next().await? {
///         order.push(task.await?);
///     }
///     Ok(order)
/// });
/// assert_eq!(order.unwrap(), [10, 20, 30]);
/// ```
#[track_caller]
pub fn as_completed<T, F>(
    futures: impl IntoIterator<Item = F>,
    timeout: impl Into<Option<Duration>>,
) -> AsCompleted<T>
where
    T: 'static,
    F: Future<Output = Result<T>> + 'static,
{
    let place = Location::caller();
    let completing = need_loop().and_then(|core| {
        let pledges: Vec<_> = futures.into_iter().map(|future| Pledge::new(&core, future)).collect();
        pledges.iter().try_for_each(|pledge| pledge.child().check_home(&core))?;
        Ok(Completing::start(&core, pledges, timeout.into()))
    });
    AsCompleted { completing, wait: None, place }
}

/// A stream of tasks that have ended. Made by [`as_completed`].
#[must_use = "the tasks run without this"]
pub struct AsCompleted<T> {
    /// An error when there was no loop.
    completing: Result<Rc<Completing<T>>>,
    wait: Option<Wait>,
    place: Place,
}

/// A task that has not ended, and the callback that tells when it has.
struct Todo<T> {
    task: Task<T>,
    _watch: Subscription,
}

/// What the tasks' callbacks know.
struct Completing<T> {
    /// By the number of the task.
    todo: RefCell<Shelf<Todo<T>>>,
    /// `None` stands for one that was too slow.
    done: RefCell<VecDeque<Option<Task<T>>>>,
    /// What the one who asks waits for.
    asked: RefCell<Option<Rc<Promise>>>,
    timer: OnceCell<Rc<Timer>>,
}

impl<T: 'static> Completing<T> {
    fn start(core: &Rc<Core>, pledges: Vec<Pledge<T>>, timeout: Option<Duration>) -> Rc<Self> {
        let completing = Rc::new(Completing {
            todo: RefCell::default(),
            done: RefCell::default(),
            asked: RefCell::default(),
            timer: OnceCell::new(),
        });
        let mut todo = Shelf::default();
        for pledge in pledges {
            // What is no task comes when it ends itself; the task that stands for it has ended when it is asked for.
            let (child, task) = (pledge.child(), pledge.into_task(core));
            let (id, completing) = (task.id(), Rc::downgrade(&completing));
            if todo.get(id).is_some() {
                continue;
            }
            let watch = child.watch(core, move |core| {
                if let Some(completing) = completing.upgrade() {
                    completing.ended(core, id);
                }
            });
            todo.insert(id, Todo { task, _watch: watch });
        }
        if let Some(timeout) = timeout.filter(|_| !todo.is_empty()) {
            let late = Rc::downgrade(&completing);
            let timer = Timer::at(core, core.now() + timeout, move |core| {
                if let Some(completing) = late.upgrade() {
                    completing.time_out(core);
                }
            });
            completing.timer.get_or_init(|| timer);
        }
        *completing.todo.borrow_mut() = todo;
        completing
    }
}

impl<T> Completing<T> {
    fn ended(&self, core: &Rc<Core>, id: u32) {
        // It is not there any more when the time was up first.
        let Some(ended) = self.todo.borrow_mut().remove(id) else { return };
        self.put(core, Some(ended.task));
        if self.todo.borrow().is_empty() {
            self.stop_timer();
        }
    }

    fn time_out(&self, core: &Rc<Core>) {
        let late = std::mem::take(&mut *self.todo.borrow_mut());
        late.iter().for_each(|_| self.put(core, None));
    }

    fn put(&self, core: &Rc<Core>, task: Option<Task<T>>) {
        self.done.borrow_mut().push_back(task);
        if let Some(asked) = self.asked.borrow_mut().take() {
            asked.resolve(core);
        }
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.get() {
            timer.cancel();
        }
    }
}

impl<T> Drop for Completing<T> {
    fn drop(&mut self) {
        self.stop_timer();
    }
}

impl<T> AsCompleted<T> {
    /// Returns how many are still to come.
    ///
    /// ```
    /// use futures::TryStreamExt;
    /// use loopscope::{Duration, VirtualLoop, as_completed, sleep};
    ///
    /// let left = VirtualLoop::new().run(async {
    ///     let mut naps = as_completed([3, 1, 2].map(|seconds| sleep(Duration::from_secs(seconds))), None);
    ///     let mut left = vec![naps.left()];
    ///     while naps.try_next().await?.is_some() {
    ///         left.push(naps.left());
    ///     }
    ///     Ok(left)
    /// });
    /// assert_eq!(left?, [3, 2, 1, 0]);
    /// # Ok::<(), loopscope::Error>(())
    /// ```
    pub fn left(&self) -> usize {
        self.completing
            .as_ref()
            .map_or(0, |completing| completing.todo.borrow().len() + completing.done.borrow().len())
    }
}

impl<T: 'static> Stream for AsCompleted<T> {
    type Item = Result<Task<T>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Task<T>>>> {
        let AsCompleted { completing, wait, place } = &mut *self;
        let completing = match completing {
            Ok(completing) => completing,
            Err(error) => return Poll::Ready(Some(Err(error.clone()))),
        };
        loop {
            if let Some(asking) = wait {
                let why = || match completing.todo.borrow().len() {
                    1 => "the last task to end".to_owned(),
                    left => format!("one of {} to end", tasks(left)),
                };
                let place = Some(*place);
                let asked = asking.poll(context, || WaitFor { why: why(), place, ..WaitFor::default() });
                let asked = std::task::ready!(asked);
                *wait = None;
                if let Err(error) = asked {
                    return Poll::Ready(Some(Err(error)));
                }
            }
            let next = completing.done.borrow_mut().pop_front();
            if let Some(task) = next {
                return Poll::Ready(Some(task.ok_or_else(Error::timeout)));
            }
            if completing.todo.borrow().is_empty() {
                return Poll::Ready(None);
            }
            let promise = Promise::new("a task has ended");
            *completing.asked.borrow_mut() = Some(promise.clone());
            *wait = Some(Wait::new(promise));
        }
    }
}

impl<T: 'static> FusedStream for AsCompleted<T> {
    fn is_terminated(&self) -> bool {
        self.completing.is_ok() && self.left() == 0
    }
}
