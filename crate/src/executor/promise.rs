use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use super::core::Call;
use super::{Core, Message, Ready, TaskKey, Timed, Waitable, cancelled_error};
use crate::error::Error;

/// What happens when a promise is settled: in the next turn, in the order of asking.
pub(crate) enum Callback {
    /// A task goes on.
    Wake(TaskKey),
    /// Anything else.
    Call(Call),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Pending,
    Done,
    Cancelled,
    /// The one who waited is gone.
    Abandoned,
}

/// asyncio's `Future` without a value: what a task waits for, settled once.
pub(crate) struct Promise {
    state: Cell<State>,
    /// Why those who wait go on, for the trace.
    why: &'static str,
    /// What was said when it was cancelled, if anything was.
    message: OnceCell<Rc<str>>,
    /// Nearly every promise has one who waits: the first needs no list.
    first: Cell<Option<Callback>>,
    rest: Cell<Vec<Callback>>,
}

impl Promise {
    pub(crate) fn new(why: &'static str) -> Rc<Self> {
        Rc::new(Self::unshared(why))
    }

    pub(crate) fn unshared(why: &'static str) -> Self {
        Promise {
            state: Cell::new(State::Pending),
            why,
            message: OnceCell::new(),
            first: Cell::default(),
            rest: Cell::default(),
        }
    }

    pub(crate) fn state(&self) -> State {
        self.state.get()
    }

    pub(crate) fn is_pending(&self) -> bool {
        self.state.get() == State::Pending
    }

    pub(crate) fn is_done(&self) -> bool {
        self.state.get() == State::Done
    }

    /// Says whether it was cancelled, or left by the one who waited, so that it will never be done.
    pub(crate) fn is_cancelled(&self) -> bool {
        matches!(self.state.get(), State::Cancelled | State::Abandoned)
    }

    /// Asks to be called back; at once (in the next turn) when it is settled already.
    pub(crate) fn subscribe(&self, core: &Rc<Core>, callback: Callback) {
        if !self.is_pending() {
            return self.call(core, callback);
        }
        let first = self.first.take();
        if first.is_none() {
            return self.first.set(Some(callback));
        }
        self.first.set(first);
        let mut rest = self.rest.take();
        rest.push(callback);
        self.rest.set(rest);
    }

    /// Takes a callback back that was asked for last.
    #[cold]
    #[inline(never)]
    pub(super) fn forget(&self, is_it: impl Fn(&Callback) -> bool) {
        let (first, mut rest) = (self.first.take(), self.rest.take());
        let forgotten = rest.iter().rposition(&is_it).map(|place| rest.remove(place));
        // The next one takes its place: they are called in the order of asking.
        let (first, forgotten) = match first {
            Some(first) if forgotten.is_none() && is_it(&first) => {
                ((!rest.is_empty()).then(|| rest.remove(0)), Some(first))
            }
            first => (first, forgotten),
        };
        self.first.set(first);
        self.rest.set(rest);
        // With it may end what asked for it.
        drop(forgotten);
    }

    /// Settles it as done; false when it was settled before.
    pub(crate) fn resolve(&self, core: &Rc<Core>) -> bool {
        self.settle(core, State::Done)
    }

    /// Settles it without telling anyone: the one who waited is gone.
    pub(crate) fn abandon(&self) {
        if self.is_pending() {
            self.state.set(State::Abandoned);
        }
        drop((self.first.take(), self.rest.take()));
    }

    /// Keeps what is said with the request to stop that ends this: the first one does.
    pub(super) fn say(&self, message: &Message) {
        if let Some(message) = message {
            let _ = self.message.set(message.clone());
        }
    }

    /// Returns what was said when it was cancelled.
    pub(super) fn message(&self) -> Message {
        self.message.get().cloned()
    }

    /// Returns the error that those get who wait for a promise that was cancelled.
    pub(crate) fn cancelled_error(&self) -> Error {
        cancelled_error(&self.message())
    }

    fn settle(&self, core: &Rc<Core>, state: State) -> bool {
        if !self.is_pending() {
            return false;
        }
        self.state.set(state);
        for callback in self.first.take().into_iter().chain(self.rest.take()) {
            self.call(core, callback);
        }
        true
    }

    fn call(&self, core: &Rc<Core>, callback: Callback) {
        match callback {
            Callback::Wake(task) if self.state() == State::Cancelled => core.wake_because(task, "cancelled"),
            Callback::Wake(task) => core.wake_because(task, self.why),
            Callback::Call(call) => core.push(Ready::Call(call, core.doer())),
        }
    }
}

impl Waitable for Promise {
    fn cancel(&self, core: &Rc<Core>, message: &Message) -> bool {
        if self.is_pending() {
            self.say(message);
        }
        self.settle(core, State::Cancelled)
    }
}

impl Timed for Promise {
    fn is_live(&self) -> bool {
        self.is_pending()
    }

    fn fire(&self, core: &Rc<Core>) {
        self.resolve(core);
    }
}
