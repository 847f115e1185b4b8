use std::cell::RefCell;
use std::rc::Rc;

use super::{Core, Finish, Promise};
use crate::error::{Error, Kind, Result};

/// The result of a task, kept until someone takes it.
pub(super) struct Outcome<T> {
    pub(super) promise: Rc<Promise>,
    result: RefCell<Option<Result<T>>>,
}

impl<T> Outcome<T> {
    pub(super) fn new() -> Self {
        Outcome { promise: Promise::new("the task has ended"), result: RefCell::new(None) }
    }

    pub(super) fn put(&self, result: Result<T>) {
        *self.result.borrow_mut() = Some(result);
    }

    pub(super) fn take(&self) -> Option<Result<T>> {
        self.result.borrow_mut().take()
    }
}

impl<T> Finish for Outcome<T> {
    fn fail(&self, error: Error) {
        self.put(Err(error));
    }

    fn settle(&self, core: &Rc<Core>) {
        self.promise.resolve(core);
    }

    fn describe(&self) -> String {
        match &*self.result.borrow() {
            Some(Err(error)) if error.is(Kind::CancelledError) => "cancelled".to_owned(),
            Some(Err(error)) => format!("raised {error}"),
            _ => "returned".to_owned(),
        }
    }
}
