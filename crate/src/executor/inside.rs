use std::cell::RefCell;
use std::rc::Rc;
use std::task::Waker;

use super::{Promise, Waitable};

/// The awaits of a task that stand inside of something with wakers of its own, as `FuturesUnordered` and all that is built
/// on it: it polls only those whose waker was called, and not what its task stands at.
#[derive(Default)]
pub(super) struct Inside(RefCell<Vec<Stand>>);

struct Stand {
    /// Without one it goes on in the task's next step.
    wait: Option<(Rc<Promise>, Rc<dyn Waitable>)>,
    waker: Waker,
}

impl Inside {
    /// An await stands until its promise is settled, and a request to stop goes to what is beside that; without them it goes
    /// on in the task's next step.
    pub(super) fn enter(&self, waker: &Waker, wait: Option<(&Rc<Promise>, &Rc<dyn Waitable>)>) {
        if let Some((promise, _)) = wait {
            self.leave(promise);
        }
        let wait = wait.map(|(promise, what)| (promise.clone(), what.clone()));
        self.0.borrow_mut().push(Stand { wait, waker: waker.clone() });
    }

    /// The await of this promise is over, or was given up.
    pub(super) fn leave(&self, promise: &Rc<Promise>) {
        let is_it = |stand: &Stand| stand.wait.as_ref().is_some_and(|(own, _)| Rc::ptr_eq(own, promise));
        let place = self.0.borrow().iter().rposition(is_it);
        // Out of the borrow: whoever owns a waker may end with it.
        let left = place.map(|place| self.0.borrow_mut().remove(place));
        drop(left);
    }

    /// Returns what a request to stop goes to: the await that was polled last.
    pub(super) fn last(&self) -> Option<Rc<dyn Waitable>> {
        self.0.borrow().iter().rev().find_map(|stand| Some(stand.wait.as_ref()?.1.clone()))
    }

    /// Calls the wakers of those that can go on; of all, if an error was left for whoever is polled first.
    #[cold]
    #[inline(never)]
    pub(super) fn wake(&self, all: bool) {
        let can =
            |stand: &mut Stand| all || stand.wait.as_ref().is_none_or(|(promise, _)| !promise.is_pending());
        let stands: Vec<_> = self.0.borrow_mut().extract_if(.., can).collect();
        stands.into_iter().for_each(|stand| stand.waker.wake());
    }
}
