use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{aside, ledger};

/// Those whose bytes are counted together: a run, or all that belongs to none.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// Below zero where more is given back than was taken, because others had taken it.
    live: Cell<i64>,
    /// Who wants to know how high it came.
    marks: RefCell<Vec<Rc<Mark>>>,
}

/// How high an account came since the mark was set.
#[derive(Debug)]
pub(super) struct Mark(Cell<i64>);

impl Account {
    pub(crate) fn new() -> Rc<Self> {
        aside(Rc::<Self>::default)
    }

    /// Calls `run`, and counts here what it takes and gives back.
    pub(crate) fn charge<R>(self: &Rc<Self>, run: impl FnOnce() -> R) -> R {
        ledger::charge(Some(self.clone()), run)
    }

    /// Returns how many bytes there are now.
    pub(super) fn live(&self) -> u64 {
        ledger::settle();
        self.live.get().max(0) as u64
    }

    /// Notes that it came higher by `rose`, and is at last higher by `grew`.
    pub(super) fn book(&self, grew: i64, rose: i64) {
        let live = self.live.get();
        self.live.set(live + grew);
        for mark in &*self.marks.borrow() {
            mark.0.set(mark.0.get().max(live + rose));
        }
    }

    /// Starts to watch how high it comes; gives where it stands.
    pub(super) fn mark(&self) -> (Rc<Mark>, i64) {
        ledger::settle();
        let live = self.live.get();
        let mark = aside(|| {
            let mark = Rc::new(Mark(Cell::new(live)));
            self.marks.borrow_mut().push(mark.clone());
            mark
        });
        (mark, live)
    }

    /// Returns how high it came since the mark was set, and where it stands.
    pub(super) fn read(&self, mark: &Mark) -> (i64, i64) {
        ledger::settle();
        (mark.0.get(), self.live.get())
    }

    /// Sets the mark anew.
    pub(super) fn reset(&self, mark: &Mark) {
        mark.0.set(self.read(mark).1);
    }

    /// Watches no longer.
    pub(super) fn remove(&self, mark: &Rc<Mark>) {
        aside(|| self.marks.borrow_mut().retain(|other| !Rc::ptr_eq(other, mark)));
    }
}
