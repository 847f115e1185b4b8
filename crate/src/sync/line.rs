use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll};

use crate::error::Result;
use crate::executor::{Core, Promise, Wait, WaitFor, current, no_loop};

/// Those who wait for the same thing, the one who came first in front.
///
/// Who was woken stays in line until its task goes on, so that newcomers see it; a queue lets go of it at once.
///
/// Nobody is woken, and nothing dropped, while the list is borrowed: whatever that leads to may come back here.
#[derive(Default)]
pub(super) struct Line {
    waiters: RefCell<VecDeque<Waiter>>,
}

#[derive(Clone)]
struct Waiter {
    promise: Rc<Promise>,
    /// Not held: a task that waits for ever must not keep its loop.
    core: Weak<Core>,
}

impl Waiter {
    /// Lets it go on; false when it was woken or cancelled before, or its loop is gone.
    fn wake(&self) -> bool {
        self.core.upgrade().is_some_and(|core| self.promise.resolve(&core))
    }

    fn is_cancelled(&self) -> bool {
        !self.promise.is_pending() && !self.promise.is_done()
    }
}

impl Line {
    /// Waits at the end of the line until woken; `why` is what the trace says of the wake-up.
    ///
    /// Whoever leaves the line in another way, by an error or by being dropped, calls `give_up` and says whether it had
    /// been woken: then somebody else must be.
    pub(super) async fn wait(
        &self,
        why: &'static str,
        describe: impl FnOnce() -> WaitFor,
        give_up: impl FnOnce(bool),
    ) -> Result<()> {
        let promise = {
            let core = current().ok_or_else(no_loop)?.core;
            let promise = Promise::new(why);
            let waiter = Waiter { promise: promise.clone(), core: Rc::downgrade(&core) };
            self.waiters.borrow_mut().push_back(waiter);
            promise
        };
        Turn { line: self, wait: Wait::new(promise), describe: Some(describe), give_up: Some(give_up) }.await
    }

    /// Returns how many stand in line, with those who were woken or cancelled and have not gone on yet.
    pub(super) fn len(&self) -> usize {
        self.waiters.borrow().len()
    }

    /// Says whether anybody stands in line who was not cancelled.
    pub(super) fn is_wanted(&self) -> bool {
        self.waiters.borrow().iter().any(|waiter| !waiter.is_cancelled())
    }

    /// Wakes the one in front, and nobody if it was woken or cancelled before: when it goes on it sees to the rest.
    pub(super) fn wake_front(&self) {
        if let Some(waiter) = self.all().next() {
            waiter.wake();
        }
    }

    /// Wakes the first one who can be woken; false when nobody can.
    pub(super) fn wake_next(&self) -> bool {
        self.all().any(|waiter| waiter.wake())
    }

    /// As [`Line::wake_next`], and takes it out of the line with all before it.
    pub(super) fn let_go_next(&self) -> bool {
        let mut gone = std::iter::from_fn(|| self.waiters.borrow_mut().pop_front());
        gone.any(|waiter| waiter.wake())
    }

    /// Wakes so many of those who can be woken, the ones in front.
    pub(super) fn wake(&self, count: usize) {
        self.all().filter(Waiter::wake).take(count).for_each(drop);
    }

    /// Wakes everybody.
    pub(super) fn wake_all(&self) {
        for waiter in self.all() {
            waiter.wake();
        }
    }

    /// Returns all who stand in line, one at a time.
    fn all(&self) -> impl Iterator<Item = Waiter> {
        (0..).map_while(|index| self.waiters.borrow().get(index).cloned())
    }

    fn remove(&self, promise: &Rc<Promise>) {
        let find = |waiters: &VecDeque<Waiter>| {
            waiters.iter().position(|waiter| Rc::ptr_eq(&waiter.promise, promise))
        };
        let index = find(&self.waiters.borrow());
        let gone = index.and_then(|index| self.waiters.borrow_mut().remove(index));
        drop(gone);
    }
}

/// What Python's `repr` tells of those who wait.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            0 => Ok(()),
            count => write!(f, ", waiters:{count}"),
        }
    }
}

/// A place in a line.
///
/// - waiting: in line, `give_up` is there;
/// - over: out of the line, and `give_up` is gone, called or not needed.
struct Turn<'l, D, G: FnOnce(bool)> {
    line: &'l Line,
    wait: Wait,
    describe: Option<D>,
    give_up: Option<G>,
}

/// Nothing in it refers to itself: the closures are moved out and called, never pinned.
impl<D, G: FnOnce(bool)> Unpin for Turn<'_, D, G> {}

impl<D: FnOnce() -> WaitFor, G: FnOnce(bool)> Future for Turn<'_, D, G> {
    type Output = Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        let polled = this
            .wait
            .poll(context, || this.describe.take().map_or_else(WaitFor::default, |describe| describe()));
        match polled {
            Poll::Pending => {}
            Poll::Ready(Ok(())) => {
                this.line.remove(this.wait.promise());
                this.give_up = None;
            }
            Poll::Ready(Err(_)) => this.leave(),
        }
        polled
    }
}

impl<D, G: FnOnce(bool)> Turn<'_, D, G> {
    fn leave(&mut self) {
        if let Some(give_up) = self.give_up.take() {
            let promise = self.wait.promise();
            self.line.remove(promise);
            let woken = promise.is_done();
            if promise.is_pending() {
                // Its task must not think any longer that it waits for this.
                promise.abandon();
            }
            give_up(woken);
        }
    }
}

impl<D, G: FnOnce(bool)> Drop for Turn<'_, D, G> {
    fn drop(&mut self) {
        self.leave();
    }
}
